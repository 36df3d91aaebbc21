// Shows the description of the addresses, which lies beside them.
"use strict";

window.SwaggerUIBundle({
  url: new URL("../api/openapi.json", document.baseURI).href,
  dom_id: "#docs",
  deepLinking: true,
  // The badge would ask a stranger's server.
  validatorUrl: null,
  defaultModelsExpandDepth: -1,
  tryItOutEnabled: true,
});

// The stylesheet that plotly.js would inject at run time, as a file, because the page's security
// policy lets no script write styles into the document.

import { createRequire } from "node:module";
import Module from "node:module";

const require = createRequire(import.meta.url);

/** The rules plotly.js keeps in `build/plotcss.js`: abbreviated selector -> declarations. */
function collectedRules() {
  const rules = [];
  // That file adds each rule through the library itself; only this one call is wanted of it.
  const lib = { addStyleRule: (selector, declarations) => rules.push([selector, declarations]) };
  const file = require.resolve("plotly.js/build/plotcss.js");
  const module = new Module(file);
  module.require = () => lib;
  module._compile(require("node:fs").readFileSync(file, "utf8"), file);
  return rules;
}

/** The finished stylesheet. */
export function plotlyStylesheet() {
  // plotly.js inserts every rule before the ones already there, so the last one comes first.
  return collectedRules()
    .reverse()
    .map(([selector, declarations]) => `${selector}{${declarations}}\n`)
    .join("");
}

// Cloudflare Workers: variables, secrets and the ASSETS binding come in `env` as they are. With a
// bucket bound as DATA, the data comes from there.
import { withBucket } from "./r2-files.js";
import { answer } from "./shim.js";

export default {
  fetch(request, env) {
    if (!env.DATA) return answer(request, env);
    return answer(request, { ...env, ASSETS: withBucket(env.ASSETS, env.DATA, env.BASE_PATH) });
  },
};

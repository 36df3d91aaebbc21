// Cloudflare Workers: variables, secrets and the ASSETS binding come in `env` as they are.
import { answer } from "./shim.js";

export default { fetch: answer };

// The edge in Deno before the host that answers as no files' host should.
import { answer } from "./shim.js";
import { answer as fetch } from "./upstream.js";

const env = { ...Deno.env.toObject(), ASSETS: { fetch } };

Deno.serve({ hostname: "127.0.0.1", port: Number(Deno.env.get("PORT")) }, (request) => answer(request, env));

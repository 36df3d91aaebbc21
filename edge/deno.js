// Deno and Deno Deploy: variables from the environment, static files from the folder in DIST.
import { answer } from "./shim.js";
import { folder } from "./deno-files.js";

const dist = Deno.env.get("DIST") ?? `${import.meta.dirname}/../dist`;
const env = { ...Deno.env.toObject(), ASSETS: folder(dist) };
const [hostname, port] = [Deno.env.get("HOST") ?? "0.0.0.0", Number(Deno.env.get("PORT") ?? 8000)];

Deno.serve({ hostname, port }, (request) => answer(request, env));

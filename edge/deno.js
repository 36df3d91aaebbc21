// Deno and Deno Deploy: variables from the environment, static files from the folder in DIST.
import { answer } from "./shim.js";
import { folder } from "./deno-files.js";

// An empty variable counts as absent: the empty folder would be the machine's root.
const dist = Deno.env.get("DIST") || `${import.meta.dirname}/../dist`;
const env = { ...Deno.env.toObject(), ASSETS: folder(dist) };
const address = { hostname: Deno.env.get("HOST") || "0.0.0.0", port: Number(Deno.env.get("PORT") || 8000) };

const listen = () => Deno.serve(address, (request) => answer(request, env)).finished.catch(listenAgain);
/** Deno stops listening for good when a connection cannot be taken, as while too many are open. */
const listenAgain = () => setTimeout(() => Promise.try(listen).catch(listenAgain), 200);
listen();

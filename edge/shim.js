// Answers requests with the edge's WebAssembly, and survives its failures: a panic answers 500 to
// what was under way, and the next request gets a fresh instance.
import { __wbg_reset_state as renew, handle } from "./built/edge.js";

const underWay = new Set();
let broken = false;

globalThis.edgeAborted = () => {
  broken = true;
  for (const fail of underWay) fail();
};
// The trap itself, and callbacks into the instance that is gone, would end a Deno process.
for (const kind of ["error", "unhandledrejection"]) {
  globalThis.addEventListener(kind, (event) => event.preventDefault());
}

export async function answer(request, env) {
  let fail;
  const failed = new Promise((resolve) => (fail = () => resolve(internal())));
  underWay.add(fail);
  try {
    if (broken) renew();
    broken = false;
    return await Promise.race([handle(request, env), failed]);
  } catch {
    return internal();
  } finally {
    underWay.delete(fail);
  }
}

function internal() {
  console.log(JSON.stringify({ event: "failed", status: 500 }));
  const headers = { "cache-control": "private, no-store", "content-type": "application/json" };
  const body = { error: "The edge function failed.", code: "internal" };
  return new Response(JSON.stringify(body), { status: 500, headers });
}

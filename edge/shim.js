// Answers requests with the edge's WebAssembly, and survives its failures: a panic answers 500 to
// what was under way, and the next request gets a fresh instance.
import { __wbg_reset_state as renew, handle } from "./built/edge.js";

const underWay = new Set();
let broken = false;

globalThis.edgeAborted = () => {
  broken = true;
  for (const fail of underWay) fail();
};
// Called by the module for a range of a file whose host ignores ranges.
globalThis.edgePart = (body, skip, count) => {
  const part = cut(body.getReader(), skip, count);
  // Without it, workerd does not say how long a part is.
  return globalThis.FixedLengthStream ? part.pipeThrough(new FixedLengthStream(count)) : part;
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

/** Pieces without a byte after which a body is given up: they would never end. */
const MOST_EMPTY = 1000;

/** Hands on bytes as they are asked for, and reads none behind them. */
function cut(reader, skip, count) {
  let empty = 0;
  const next = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (value?.length === 0) empty += 1;
      if (done || empty > MOST_EMPTY) throw new Error("the file is shorter than its host says");
      const start = Math.min(skip, value.length);
      skip -= start;
      if (start < value.length) return value.subarray(start, start + count);
    }
  };
  return new ReadableStream({
    async pull(controller) {
      const piece = await next();
      count -= piece.length;
      controller.enqueue(piece);
      if (count > 0) return;
      controller.close();
      reader.cancel().catch(() => {});
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
}

function internal() {
  console.log(JSON.stringify({ event: "failed", status: 500 }));
  const headers = { "cache-control": "private, no-store", "content-type": "application/json" };
  const body = { error: "The edge function failed.", code: "internal" };
  return new Response(JSON.stringify(body), { status: 500, headers });
}

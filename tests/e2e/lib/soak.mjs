// What a page holds on to, counted after its garbage is gone.

/** Before the page opens: notes what can be counted only by whoever saw it made. */
export async function countWhatIsMade(page) {
  await page.addInitScript(() => {
    const made = (globalThis.made = { contexts: [], memories: new Set() });
    const { getContext } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.getContext = function (kind, ...how) {
      const context = getContext.call(this, kind, ...how);
      const isNew = context && /webgl/.test(kind) && !made.contexts.some((one) => one.deref() === context);
      if (isNew) made.contexts.push(new WeakRef(context));
      return context;
    };
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const original = WebAssembly[name];
      WebAssembly[name] = async (...how) => {
        const result = await original.apply(WebAssembly, how);
        const { memory } = (result.instance ?? result).exports;
        if (memory) made.memories.add(memory);
        return result;
      };
    }
  });
}

/** Everything that must not grow: bytes after a collection, and how many there are of what. */
export async function held(page, client) {
  // What a finalizer lets go is collected the second time.
  for (let round = 0; round < 3; round += 1) await client.send("HeapProfiler.collectGarbage");
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners, documents } = await client.send("Memory.getDOMCounters");
  const inPage = await page.evaluate(() => ({
    wasm: [...globalThis.made.memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
    contexts: globalThis.made.contexts.filter((one) => one.deref()?.isContextLost() === false).length,
    plots: document.querySelectorAll(".js-plotly-plot").length,
  }));
  return { heap: usedSize, ...inPage, nodes, listeners: jsEventListeners, documents, workers: page.workers().length };
}

/** What has grown by more than a tenth, or, of what is counted one by one, by more than a few. */
export function grown(before, after) {
  const most = {
    heap: (bytes) => bytes * 1.1,
    wasm: (bytes) => bytes * 1.1,
    nodes: (count) => count * 1.1,
    listeners: (count) => count * 1.1,
  };
  return Object.keys(before).filter((name) => after[name] > (most[name] ?? ((count) => count))(before[name]));
}

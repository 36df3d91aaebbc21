// A worker that runs the page's own program once more, where it holds up nobody.
//
// The page sends the address of the program's JavaScript, the program itself, compiled, and the files
// that its reader has handed to it. What it sends next is kept until the program listens.
const kept = [];
const keep = (event) => kept.push(event);

async function begin({ glue, module, held }) {
  globalThis.hubHeld = held;
  const { default: init } = await import(glue);
  await init({ module_or_path: module });
  while (!self.onmessage) await new Promise((again) => setTimeout(again));
  removeEventListener("message", keep);
  for (const event of kept) self.onmessage?.(event);
}

addEventListener(
  "message",
  ({ data }) => {
    addEventListener("message", keep);
    begin(data).catch((error) => {
      const failed = { code: "worker-failed", texts: [String(error)], numbers: [] };
      postMessage(JSON.stringify({ Failed: failed }));
    });
  },
  { once: true },
);

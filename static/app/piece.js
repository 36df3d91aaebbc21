// Fetches a piece of the app: as fast as a browser can where all is well, and again, by other rules,
// where it did not come as it should.

/** How long a first try may take, in milliseconds: then the next one looks at what comes. */
const [FIRST, SILENCE] = [20_000, 12_000];
const KIND = "application/wasm";

/** What each piece wants for its next try: a look at how it comes, a way past what the browser has kept. */
const tries = new Map();

/** Begins to fetch a piece; gives what makes an instance of it, with what it imports. */
export function piece(url) {
  const coming = compiled(url);
  // Whoever waits for it hears of a failure.
  coming.catch(() => {});
  return async (imports) => {
    const module = await coming;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
}

async function compiled({ href }) {
  const how = tries.get(href) ?? {};
  const control = new AbortController();
  let timer = setTimeout(() => control.abort(), how.isWatched ? SILENCE : FIRST);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => control.abort(), SILENCE);
  };
  try {
    const answer = await fetch(href, { signal: control.signal, cache: how.cache ?? "default" });
    if (!answer.ok) throw new Error(`${href} was answered by ${answer.status}`);
    const isPlain = !how.isWatched && answer.headers.get("content-type")?.startsWith(KIND);
    // Only what comes straight from the host is compiled once for all visits.
    const [copy, program] = [answer.clone(), isPlain ? answer : watched(answer, heard)];
    const [module] = await Promise.all([WebAssembly.compileStreaming(program), prove(href, copy)]);
    tries.delete(href);
    return module;
  } catch (error) {
    // What came and is no program may have been kept like that.
    const cache = control.signal.aborted ? how.cache : "reload";
    tries.set(href, { isWatched: true, cache });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The same answer as a program, each part of which is heard. */
function watched(answer, heard) {
  const parts = new TransformStream({
    transform(part, into) {
      heard();
      into.enqueue(part);
    },
  });
  return new Response(answer.body.pipeThrough(parts), { headers: { "content-type": KIND } });
}

/**
 * Fails if what has come is not what the file's name says: a bit that is wrong may make another
 * program, which works, and lies. Where the line is not safe anyhow, browsers do not compute it.
 */
async function prove(href, answer) {
  const [, name] = /-([\da-f]{16})\.wasm$/.exec(href) ?? [];
  if (!name || !globalThis.crypto?.subtle) return;
  const hash = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
  const found = Array.from(new Uint8Array(hash, 0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== name) throw new Error(`${href} is damaged`);
}

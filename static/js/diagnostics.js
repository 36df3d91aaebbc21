// What this visit has cost and how it went, as the browser tells it; and, where the host asks for it,
// a summary without anything personal, sent once the page is put aside.

/** Longest wait for what an observer has kept, in milliseconds. */
const KEPT_WITHIN = 300;

/** Kinds of files, by what their paths end in or hold; the first that fits counts. */
const KINDS = [
  ["program", /\.(wasm|m?js)$/],
  ["data", /\/data\//],
  ["page", /./],
];

const kindOf = (url) => KINDS.find(([, pattern]) => pattern.test(new URL(url).pathname))?.[0] ?? "page";

/** True for what came out of the browser's cache without a word to the host. */
const isCached = ({ transferSize, decodedBodySize }) => transferSize === 0 && decodedBodySize > 0;

/** Requests of this page by kind: `{ kind, requests, bytes, cached }`. */
function requests() {
  const entries = ["navigation", "resource"].flatMap((type) => performance.getEntriesByType(type));
  return KINDS.map(([kind]) => {
    const own = entries.filter(({ name }) => /^https?:/.test(name) && kindOf(name) === kind);
    const bytes = own.reduce((sum, { transferSize = 0 }) => sum + transferSize, 0);
    return { kind, requests: own.length, bytes, cached: own.filter(isCached).length };
  });
}

/** What the browser has kept of one type of entries; none where it keeps none of them. */
function kept(type) {
  if (!PerformanceObserver.supportedEntryTypes?.includes(type)) return Promise.resolve([]);
  return new Promise((settle) => {
    const observer = new PerformanceObserver((list) => end(list.getEntries()));
    const timer = setTimeout(() => end([]), KEPT_WITHIN);
    function end(entries) {
      clearTimeout(timer);
      observer.disconnect();
      settle(entries);
    }
    observer.observe({ type, buffered: true });
  });
}

const whole = (number) => (Number.isFinite(number) ? Math.round(number) : null);

/** Milliseconds since the visit began: `{ firstNumber, usable, ready, longest, longTasks }`. */
async function times() {
  const [elements, tasks] = [await kept("element"), await kept("longtask")];
  const mark = (name) => performance.getEntriesByName(name, "mark")[0]?.startTime;
  const first = elements.find(({ identifier }) => identifier === "kpi");
  return {
    first_number: whole(first?.renderTime || first?.loadTime),
    usable: whole(mark("hub:usable")),
    ready: whole(mark("hub:ready")),
    longest_task: whole(Math.max(0, ...tasks.map(({ duration }) => duration))),
    long_tasks: tasks.length,
  };
}

/** What the browser keeps for this host, in bytes: `{ used, most }`. */
async function storage() {
  try {
    const { usage, quota } = await navigator.storage.estimate();
    return { used: whole(usage), most: whole(quota) };
  } catch {
    return { used: null, most: null };
  }
}

/** Seconds by which this machine's clock is ahead of the host's; nothing where that is not known. */
async function clock() {
  try {
    const answer = await fetch("config.json", { method: "HEAD", cache: "no-store" });
    const told = Date.parse(answer.headers.get("date"));
    return Number.isFinite(told) ? whole((Date.now() - told) / 1000) : null;
  } catch {
    return null;
  }
}

function hasWebGl() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl"));
  } catch {
    return false;
  }
}

/** All of it. */
export async function collect() {
  const { userAgent, language, onLine, hardwareConcurrency = null, connection } = navigator;
  return {
    requests: requests(),
    times: await times(),
    storage: await storage(),
    clock: await clock(),
    program: globalThis.hub?.glue?.split("/").pop() ?? "",
    browser: {
      name: userAgent,
      language,
      online: onLine,
      processors: hardwareConcurrency,
      line: connection?.effectiveType ?? null,
      width: innerWidth,
      height: innerHeight,
      pixels: devicePixelRatio,
      webgl: hasWebGl(),
    },
  };
}

/** Errors by kind, `{ kind: count }`: what was said in them may name a place or a person. */
function counted(errors) {
  const counts = {};
  for (const { kind } of errors) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

let told;

/**
 * Sends a summary to `url` when the page is put aside, and again if there were more errors since.
 * `facts` are `{ version, snapshot, format }`; `errors` gives those of the visit as JSON.
 */
export async function report(url, facts, errors) {
  const isFirst = told === undefined;
  told = JSON.parse(facts);
  if (!isFirst) return;
  let [measured, sent] = [await times(), -1];
  // What comes later is measured while there is time to.
  const settle = setInterval(async () => {
    measured = await times();
    if (measured.ready !== null) clearInterval(settle);
  }, 2_000);
  addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    const all = errors();
    if (all.length <= sent) return;
    sent = all.length;
    const summary = { ...told, times: measured, requests: requests(), errors: counted(all) };
    // As text it needs no leave of another host beforehand.
    navigator.sendBeacon(url, new Blob([JSON.stringify(summary)], { type: "text/plain" }));
  });
}

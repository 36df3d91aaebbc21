// What went wrong on this visit, and the page that stands when the program itself has ended.
//
// A panic, and whatever else traps, ends a WebAssembly program for good: nothing of it may be called
// again. So this is JavaScript, comes with the program's own script, and needs nothing of it. In a
// worker, where there is no page, the end is told to the page instead.

/** Errors that are remembered, and the characters of each. */
const [MOST, LONGEST] = [50, 400];
/** Within so many milliseconds of an end the page does not begin anew by itself again. */
const AGAIN_WITHIN = 10 * 60_000;
/** How long it is said that the page begins anew, in milliseconds. */
const SAID_FOR = 6_000;
/** How the page is laid out: the styles of the page itself have better to do. */
const [WHOLE, ROW, TEXT] = [
  { minBlockSize: "100dvh" },
  { display: "flex", flexWrap: "wrap", justifyContent: "center", gap: "8px" },
  { maxInlineSize: "min(60ch, 100%)", overflowWrap: "anywhere", whiteSpace: "pre-wrap", textAlign: "start", marginInline: "auto" },
];
/** Where this tab remembers ends, and that preferences are set aside. */
const [ENDS, ASIDE] = ["hub.ends", "hub.aside"];

const inPage = typeof document !== "undefined";
const noted = [];
/** As src/app/ended has them for readers of any language. */
let words = {
  title: "This page has stopped",
  kept: "A fault in the page itself has ended it. Nothing of the data is changed; the address and your preferences are kept.",
  soon: "The same view is loaded again in a moment.",
  repeated:
    "It has stopped more than once by now, so it does not begin again by itself. Try it again, or without your preferences and filters.",
  reload: "Reload",
  aside: "Start without preferences and filters",
  copy: "Copy details",
  copied: "Copied",
  details: "Details",
};
let ended = false;

/** What this tab remembers under a name; nothing where it may not. */
function tab(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Has the tab remember something; true if it does. */
function setTab(name, text) {
  try {
    if (text === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
    return true;
  } catch {
    return false;
  }
}

/** Ends of the program in this tab, the last one last: `{ at, text }`. */
function ends() {
  try {
    const kept = JSON.parse(tab(ENDS) ?? "[]");
    return kept.filter(({ at, text }) => typeof at === "number" && typeof text === "string").slice(-5);
  } catch {
    return [];
  }
}

/** Remembers an error of this visit. */
export function note(kind, text) {
  noted.push({ at: Math.round(performance.now()), kind, text: String(text).slice(0, LONGEST) });
  if (noted.length > MOST) noted.shift();
}

/** The errors of this visit, `[{ at, kind, text }]`; ends before it have no time. */
export function errors() {
  const before = ends().map(({ text }) => ({ at: null, kind: "ended", text }));
  return [...before, ...noted];
}

/** True if this tab shows the page without what the reader prefers. */
export const isAside = () => tab(ASIDE) !== null;

/** The preferences are in force again: the page begins anew. */
export function takeBack() {
  setTab(ASIDE, null);
  location.reload();
}

/** The words of the page that stands after an end, as JSON, in the reader's language. */
export function speak(told) {
  words = JSON.parse(told);
}

/** Listens for what nobody catches. */
export function watch() {
  addEventListener("error", ({ error, message }) => heard(error ?? message));
  addEventListener("unhandledrejection", ({ reason }) => heard(reason));
}

function heard(error) {
  const text = error?.message ?? String(error);
  if (isEnd(error)) end(text);
  // What browsers say of sizes that follow each other is no error.
  else if (!/ResizeObserver loop/.test(text)) note("script", text);
}

/** True for a trap of the program: after it nothing of it may be called. */
function isEnd(error) {
  const tooDeep = error instanceof RangeError && /wasm/.test(error.stack ?? "");
  return error instanceof WebAssembly.RuntimeError || tooDeep;
}

/** The program has ended. Of what follows from that, nothing is news. */
export function end(text) {
  if (ended) return;
  ended = true;
  console.error(text);
  if (inPage) {
    note("ended", text);
    stand(text);
    return;
  }
  postMessage(JSON.stringify({ Failed: { code: "worker-failed", texts: [text], numbers: [] } }));
  close();
}

/** The page that says so. */
function stand(text) {
  const before = ends();
  const now = Date.now();
  const kept = setTab(ENDS, JSON.stringify([...before, { at: now, text: text.slice(0, LONGEST) }].slice(-5)));
  const isRepeated = !kept || before.some(({ at }) => Math.abs(now - at) < AGAIN_WITHIN);
  // A new body: nothing in it is heard by the program.
  const body = document.createElement("body");
  const main = make("main", "state", body, "", WHOLE);
  main.dataset.error = "ended";
  const title = make("h1", "state__title", main, words.title);
  title.tabIndex = -1;
  make("p", "state__text", main, words.kept);
  const then = make("p", "state__text", main, isRepeated ? words.repeated : words.soon);
  then.setAttribute("role", "status");
  const buttons = make("div", "", main, "", ROW);
  button(buttons, words.reload, () => location.reload(), "button button--primary");
  if (isRepeated) button(buttons, words.aside, setAside);
  const details = `${text}\n${location.pathname}\n${navigator.userAgent}`;
  const more = make("details", "", main);
  button(buttons, words.copy, (pressed) => copy(details, pressed, more));
  make("summary", "", more, words.details);
  make("pre", "", more, details, TEXT);
  document.documentElement.replaceChild(body, document.body);
  document.title = words.title;
  title.focus();
  // The address is the view: Back and Forward show theirs.
  addEventListener("popstate", () => location.reload());
  if (!isRepeated) soon(more, then);
}

/** Begins anew after a while, as soon as there is a connection, unless the reader looks into it. */
function soon(details, said) {
  const again = () => location.reload();
  const timer = setTimeout(() => {
    if (navigator.onLine) again();
    else addEventListener("online", again, { once: true });
  }, SAID_FOR);
  details.addEventListener("toggle", () => {
    clearTimeout(timer);
    said.remove();
  });
}

/** Begins anew at the default view, without what the reader prefers. */
function setAside() {
  setTab(ASIDE, "1");
  location.assign(new URL("dashboard", document.baseURI));
}

async function copy(text, pressed, more) {
  try {
    await navigator.clipboard.writeText(text);
    pressed.textContent = words.copied;
  } catch {
    // They can be selected below.
    more.open = true;
  }
}

function make(name, className, into, text = "", style = {}) {
  const element = Object.assign(document.createElement(name), { className, textContent: text });
  Object.assign(element.style, style);
  into.append(element);
  return element;
}

function button(into, text, press, className = "button") {
  const element = make("button", className, into, text);
  element.type = "button";
  element.addEventListener("click", () => press(element));
}

// The first numbers of the page, before the app is there; then the app.
//
// `finish.mjs` puts this, minified, into the head of the page: it asks for what is needed first,
// lays out the page while that is on its way, shows the headline that the manifest carries, and
// starts the app, whose first drawing replaces what stands here. It never guesses: where anything
// is unusual (a filter in the address, a sign-in, another language, a choice of the reader's) the
// app draws the first view.
//
// The app takes over `window.hub`: `config` and `manifest`, promises of `{ url, status, text }`;
// `wasm`, a promise of the compiled module; `glue`, the address of the script that starts it.

/* global APP_AHEAD, APP_GLUE, APP_WASM, BUILT_LOCALE */

/** Milliseconds after which a host that says nothing is not waited for. */
const PATIENCE = 12_000;
/** Milliseconds after which the app is asked for, whatever the manifest does. */
const APP_WAITS = 2_000;
/** Milliseconds after which a reader is shown where the numbers will be. */
const SHORT = 150;

const resolve = (path) => new URL(path, document.baseURI).href;
const attribute = (name) => document.querySelector(`meta[name=${name}]`)?.content;

/** An answer as text; one that did not come has status 0. Tells when it begins to come. */
async function ask(path, begins = () => {}) {
  const url = resolve(path);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    begins();
    return { url, status: response.status, text: response.ok ? await response.text() : "" };
  } catch {
    return { url, status: 0, text: "" };
  }
}

const first = attribute("hub-snapshot");
const config = ask("config.json");
let manifest = Promise.resolve(undefined);
/** Settled when the wire is free for the app. */
const described = new Promise((begins) => {
  if (!first) return begins();
  manifest = ask(first, begins);
  manifest.then(begins);
  return setTimeout(begins, APP_WAITS);
});
const hub = (window.hub = { config, manifest, glue: resolve(APP_GLUE) });

/** What the browser keeps under a key; nothing where it keeps nothing. */
function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** The reader's preferences, as far as they change the first view. */
function preferences() {
  try {
    const { theme, layout, language } = JSON.parse(kept("hub.preferences") ?? "{}");
    return { theme, ownKpis: Boolean(layout?.kpis), language };
  } catch {
    return {};
  }
}

const { theme, ownKpis, language } = preferences();
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;

// The tags that are written as the record is, and the languages with words of their own: as in
// src/language.
const PLAIN_ENGLISH = ["en", "en-US", "en-GB", "en-AU", "en-CA", "en-NZ", "en-IE"];
const WITH_WORDS = ["en", "de"];

/** True if numbers and words are written for this reader as in the record. */
function isPlainEnglish(configured) {
  const auto = (tag) => !tag || tag === "auto";
  const spoken = () => navigator.languages.find((tag) => WITH_WORDS.includes(tag.split("-")[0]));
  const host = auto(configured) ? (spoken() ?? "en-US") : configured;
  return PLAIN_ENGLISH.includes(auto(language) ? host : language);
}

/** True if the address is the dashboard's, with or without a filter. */
const isDashboard = () => location.pathname === new URL("dashboard", document.baseURI).pathname;

/** True if a value is of the form that the page shows. */
function isHeadline({ kpi, label, text, exact, trend, spark }) {
  const texts = [kpi, label, text, ...(exact === null ? [] : [exact])];
  if (trend) texts.push(trend.text, trend.exact);
  const sparks = spark === null || /^M[\d.]+ [\d.]+(C[\d. ]+)+$/.test(spark);
  const turns = !trend || ["up", "down", "level"].includes(trend.direction);
  return sparks && turns && texts.every((text) => typeof text === "string" && text.length < 200);
}

/** The record to show: `{ brand, view, meta }`, or nothing if the app must decide. */
function record(configured, described) {
  if (configured.status !== 200 || described?.status !== 200) return undefined;
  const settings = JSON.parse(configured.text);
  const { first_view: view, meta } = JSON.parse(described.text);
  const asUsual =
    !("signIn" in settings) &&
    resolve(settings.snapshot ?? "data/manifest.json") === described.url &&
    view?.snapshot_id === meta.snapshot_id &&
    view.locale === "en-US" &&
    isPlainEnglish(settings.locale) &&
    view.headline.length > 0 &&
    view.headline.every(isHeadline);
  return asUsual ? { brand: settings.brand ?? {}, view, meta } : undefined;
}

function fillCard(card, { kpi, label, text, exact, trend, spark }) {
  const part = (name) => card.querySelector(name);
  card.dataset.kpi = kpi;
  part(".kpi__label").textContent = label;
  const value = part(".kpi__value data");
  value.textContent = text;
  if (exact === null) value.replaceWith(text);
  else value.value = exact;
  if (trend) {
    for (const change of card.querySelectorAll(".kpi__change")) {
      if (change.dataset.way !== trend.direction) change.remove();
    }
    const change = part(".kpi__change");
    change.removeAttribute("data-way");
    part(".kpi__change data").value = trend.exact;
    part(".kpi__change data").textContent = trend.text;
  } else {
    part(".kpi__trend").textContent = "Nothing to compare with";
  }
  if (spark === null) part(".kpi__spark").remove();
  else {
    part(".kpi__area").setAttribute("d", `${spark}V40H0Z`);
    part(".kpi__line").setAttribute("d", spark);
  }
  part(".kpi__more").ariaLabel = `${label}: details`;
}

/** The page without its numbers: laid out while they are on their way, so that they show at once. */
function layOut() {
  const page = document.querySelector("#first-view").content.cloneNode(true);
  const [card, blank] = page.querySelectorAll(".kpi");
  card.remove();
  for (let count = 1; count < 4; count += 1) blank.after(blank.cloneNode(true));
  const narrow = kept("insights-hub.sidebar-narrow") ?? String(innerWidth < 1200);
  if (narrow === "true") page.querySelector(".sidebar").classList.add("sidebar--narrow");
  const shell = page.firstElementChild;
  // To draw places that are filled in the next moment would only hold the numbers up.
  shell.dataset.stage = "laid";
  setTimeout(() => {
    if (shell.dataset.stage === "laid") shell.dataset.stage = "waiting";
  }, SHORT);
  document.body.append(page);
  return { shell, card };
}

/** The first view on the page that was laid out: numbers first, places for charts after them. */
function paint({ shell, card }, { brand, view, meta }) {
  const part = (name) => shell.querySelector(name);
  const { range, partial, as_of: asOf } = view.period;
  part(".brand__name").textContent = brand.name ?? "E-Commerce Insights Hub";
  part(".brand__logo").src = resolve(brand.logo ?? "icons/logo.svg");
  part(".tag").textContent = meta.demo ? "Sample data" : meta.source;
  part("strong").textContent = range;
  part("[data-as-of]").textContent = `Data as of ${asOf}`;
  if (partial) part("[data-partial]").textContent = `${partial} is partial`;
  else part("[data-partial]").remove();
  const filled = view.headline.map((headline) => {
    const copy = card.cloneNode(true);
    fillCard(copy, headline);
    return copy;
  });
  part(".kpi").parentElement.replaceChildren(...filled);
  shell.dataset.stage = "numbers";
  painted().then(() => delete shell.dataset.stage);
  if (/^#[\da-f]{6}$/i.test(brand.accent)) {
    document.documentElement.style.setProperty("--accent", brand.accent);
  }
}

/** Resolves when the numbers have been painted; soon, where the browser does not tell. */
function painted() {
  return new Promise((done) => {
    setTimeout(done, 1000);
    if (!window.PerformanceObserver?.supportedEntryTypes?.includes("element")) {
      requestAnimationFrame(() => setTimeout(done));
      return;
    }
    new PerformanceObserver(done).observe({ type: "element", buffered: true });
  });
}

/** Resolves when the template is there. */
function parsed() {
  if (document.readyState !== "loading") return undefined;
  return new Promise((done) => addEventListener("DOMContentLoaded", done, { once: true }));
}

/** Shows the record if there is one; true if it stands on the page. */
async function showFirst() {
  if (!first || !isDashboard() || location.search !== "" || ownKpis) return false;
  if (!isPlainEnglish(BUILT_LOCALE)) return false;
  await parsed();
  const page = layOut();
  try {
    const found = record(await config, await manifest);
    if (!found) return false;
    paint(page, found);
    return true;
  } catch {
    // A manifest of another form: the app tells the reader what is wrong with it.
    return false;
  }
}

async function compile() {
  const response = await fetch(resolve(APP_WASM));
  if (!response.ok) throw new Error(`${response.url}: status ${response.status}`);
  const streams = response.headers.get("content-type") === "application/wasm";
  if (streams) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

/** Asks for what the dashboard will need after the app. */
function askAhead() {
  for (const [path, isModule] of isDashboard() ? APP_AHEAD : []) {
    const link = document.createElement("link");
    link.rel = isModule ? "modulepreload" : "preload";
    if (!isModule) [link.as, link.crossOrigin] = ["fetch", ""];
    link.href = resolve(path);
    document.head.append(link);
  }
}

function tell(error) {
  const text = document.createElement("p");
  text.role = "alert";
  text.className = "start-failed";
  text.textContent = `This page could not be started (${error.message}). Check the connection and reload it.`;
  document.body.prepend(text);
}

async function start() {
  const showing = showFirst();
  // The app's bytes come a round trip after they are asked for: by then the first numbers are here.
  await described;
  hub.wasm = compile();
  const glue = import(hub.glue);
  hub.wasm.then(askAhead, () => {});
  try {
    const { default: init } = await glue;
    const module = await hub.wasm;
    // The app would keep the processor from the first numbers.
    if (await showing) await painted();
    await parsed();
    await init({ module_or_path: module });
  } catch (error) {
    await parsed();
    // Numbers stay; places for numbers that nobody will fill do not.
    if (!(await showing)) document.querySelector(".shell")?.remove();
    tell(error);
    throw error;
  }
}

start();

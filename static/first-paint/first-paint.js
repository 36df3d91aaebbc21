// The first numbers of the page, before the app is there; then the app.
//
// `finish.mjs` puts this, minified, into the head of the page: it asks for what is needed first,
// shows the headline that the manifest carries, and only then fetches the app, whose first
// drawing replaces what stands here. It never guesses: where anything is unusual (a filter in the
// address, a sign-in, another language, a choice of the reader's) the app draws the first view.
//
// The app takes over `window.hub`: `config` and `manifest`, promises of `{ url, status, text }`;
// `wasm`, a promise of the compiled module; `glue`, the address of the script that starts it.

/* global APP_GLUE, APP_WASM */

const resolve = (path) => new URL(path, document.baseURI).href;
const attribute = (name) => document.querySelector(`meta[name=${name}]`)?.content;

/** An answer as text; one that did not come has status 0. */
async function ask(path) {
  const url = resolve(path);
  try {
    const response = await fetch(url);
    return { url, status: response.status, text: response.ok ? await response.text() : "" };
  } catch {
    return { url, status: 0, text: "" };
  }
}

const first = attribute("hub-snapshot");
const config = ask("config.json");
const manifest = first ? ask(first) : Promise.resolve(undefined);
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

/** True on the dashboard without a filter. */
function isDefaultView() {
  const { pathname, search } = location;
  return search === "" && pathname === new URL("dashboard", document.baseURI).pathname;
}

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

/** The first view on the page. */
function paint({ brand, view, meta }) {
  const page = document.querySelector("#first-view").content.cloneNode(true);
  const part = (name) => page.querySelector(name);
  const { range, partial, as_of: asOf } = view.period;
  part(".brand__name").textContent = brand.name ?? "E-Commerce Insights Hub";
  part(".brand__logo").src = resolve(brand.logo ?? "icons/logo.svg");
  part(".tag").textContent = meta.demo ? "Sample data" : meta.source;
  part("strong").textContent = range;
  part("[data-as-of]").textContent = `Data as of ${asOf}`;
  if (partial) part("[data-partial]").textContent = `${partial} is partial`;
  else part("[data-partial]").remove();
  const card = part(".kpi");
  card.replaceWith(
    ...view.headline.map((headline) => {
      const filled = card.cloneNode(true);
      fillCard(filled, headline);
      return filled;
    }),
  );
  const narrow = kept("insights-hub.sidebar-narrow") ?? String(innerWidth < 1200);
  if (narrow === "true") part(".sidebar").classList.add("sidebar--narrow");
  if (/^#[\da-f]{6}$/i.test(brand.accent)) {
    document.documentElement.style.setProperty("--accent", brand.accent);
  }
  document.body.append(page);
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
  if (!isDefaultView() || ownKpis) return false;
  try {
    const found = record(await config, await manifest);
    if (!found) return false;
    await parsed();
    paint(found);
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

function tell(error) {
  const text = document.createElement("p");
  text.role = "alert";
  text.className = "start-failed";
  text.textContent = `This page could not be started (${error.message}). Check the connection and reload it.`;
  document.body.prepend(text);
}

async function start() {
  const shown = await showFirst();
  // The app would share the wire and the processor with the first numbers.
  if (shown) await painted();
  hub.wasm = compile();
  const glue = import(hub.glue);
  const there = parsed();
  try {
    const { default: init } = await glue;
    const module = await hub.wasm;
    await there;
    await init({ module_or_path: module });
  } catch (error) {
    await parsed();
    tell(error);
    throw error;
  }
}

start();

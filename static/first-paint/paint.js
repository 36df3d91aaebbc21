// Puts the first view on the page: laid out first, numbers when they are here.

import { resolve } from "./ask.js";
import { stored } from "./reader.js";

/** Milliseconds after which a reader is shown where the numbers will be. */
const SHORT = 150;

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
    const moved = part(".kpi__change data");
    moved.textContent = trend.text;
    if (trend.exact) moved.value = trend.exact;
    else moved.replaceWith(trend.text);
  } else {
    part(".kpi__trend").textContent = "Nothing to compare with";
  }
  if (spark === null) part(".kpi__spark").remove();
  else {
    part(".kpi__area").setAttribute("d", below(spark));
    part(".kpi__line").setAttribute("d", spark);
  }
  part(".kpi__more").ariaLabel = `${label}: details`;
}

/** The area below each unbroken line of a path, as `widgets::spark::area`. */
function below(path) {
  const lines = path.split("M").filter(Boolean);
  return lines.map((line) => `M${line}V40H${line.split(" ")[0]}Z`).join("");
}

/** The page without its numbers: laid out while they are on their way, so that they show at once. */
export function layOut() {
  const page = document.querySelector("#first-view").content.cloneNode(true);
  const [card, blank] = page.querySelectorAll(".kpi");
  card.remove();
  for (let count = 1; count < 4; count += 1) blank.after(blank.cloneNode(true));
  const narrow = stored("insights-hub.sidebar-narrow") ?? String(innerWidth < 1200);
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

/** A record on the page that was laid out: numbers first, places for charts after them. */
export function paint({ shell, card }, { brand, period, headline, source }) {
  const part = (name) => shell.querySelector(name);
  const { range, against = "", partial, as_of: asOf } = period;
  part(".brand__name").textContent = brand.name ?? "E-Commerce Insights Hub";
  part(".brand__logo").src = resolve(brand.logo ?? "icons/logo.svg");
  part(".tag").textContent = source;
  part("strong").textContent = range;
  part("[data-against]").textContent = against;
  part("[data-as-of]").textContent = `Data as of ${asOf}`;
  part("[data-partial]").textContent = `${partial} is partial`;
  part("[data-partial]").hidden = !partial;
  const filled = headline.map((shown) => {
    const copy = card.cloneNode(true);
    fillCard(copy, shown);
    return copy;
  });
  part(".grid").replaceChildren(...filled);
  if (/^#[\da-f]{6}$/i.test(brand.accent)) {
    document.documentElement.style.setProperty("--accent", brand.accent);
  }
  if (!shell.dataset.stage) return;
  shell.dataset.stage = "numbers";
  painted().then(() => delete shell.dataset.stage);
}

/** Resolves when numbers have been painted; soon, where the browser does not tell. */
export function painted() {
  return new Promise((done) => {
    setTimeout(done, 1000);
    if (!window.PerformanceObserver?.supportedEntryTypes?.includes("element")) {
      requestAnimationFrame(() => setTimeout(done));
      return;
    }
    new PerformanceObserver(done).observe({ type: "element", buffered: true });
  });
}

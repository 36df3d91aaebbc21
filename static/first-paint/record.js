// The manifest's record of the first view, believed only as far as it is as usual.

import { resolve } from "./ask.js";
import { isPlainEnglish, preferences } from "./reader.js";

/** True if a value is of the form that the page shows. */
function isHeadline({ kpi, label, text, exact, trend, spark }) {
  const texts = [kpi, label, text, ...(exact === null ? [] : [exact])];
  if (trend) texts.push(trend.text, trend.exact);
  const sparks = spark === null || /^M[\d.]+ [\d.]+(C[\d. ]+)+$/.test(spark);
  const turns = !trend || ["up", "down", "level"].includes(trend.direction);
  return sparks && turns && texts.every((text) => typeof text === "string" && text.length < 200);
}

/** The record to show: `{ brand, view, meta }`, or nothing if the app must decide. */
export function record(configured, described) {
  if (configured.status !== 200 || described?.status !== 200) return undefined;
  try {
    return usual(described.url, JSON.parse(configured.text), JSON.parse(described.text));
  } catch {
    // A manifest of another form: the app tells the reader what is wrong with it.
    return undefined;
  }
}

function usual(address, settings, { first_view: view, meta }) {
  const asUsual =
    !("signIn" in settings) &&
    resolve(settings.snapshot ?? "data/manifest.json") === address &&
    view?.snapshot_id === meta.snapshot_id &&
    view.locale === "en-US" &&
    isPlainEnglish(settings.locale, preferences().language) &&
    view.headline.length > 0 &&
    view.headline.every(isHeadline);
  return asUsual ? { brand: settings.brand ?? {}, view, meta } : undefined;
}

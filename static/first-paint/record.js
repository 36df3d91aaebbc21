// The manifest's record of the first view, believed only as far as it is as usual.

import { resolve } from "./ask.js";
import { isBeside } from "./beside.js";
import { isPlainEnglish } from "./reader.js";

/** The format of the manifests that are read, as in crates/snapshot. */
export const FORMAT = 6;
/** Most key figures, longest text and longest sparkline, as in crates/snapshot. */
const [MOST, LONGEST, LONGEST_SPARK] = [24, 200, 20_000];
/** A number as programs read it, as in crates/snapshot. */
const DECIMAL = /^-?\d+(\.\d+)?$/;
/** A path beside the page, or a picture written out. */
const PICTURE = /^(data:image\/|\/?[\w.-])[^:\\\s]*$/;

const isText = (value) => typeof value === "string" && value.length <= LONGEST;
const isTextOrNone = (value) => value === undefined || value === null || isText(value);

/** True if a value is of the form that the page shows. */
function isHeadline({ kpi, label, text, exact, trend, spark }) {
  const texts = [kpi, label, text, ...(exact === null ? [] : [exact])];
  if (trend) texts.push(trend.text, trend.exact);
  const short = typeof spark === "string" && spark.length <= LONGEST_SPARK;
  const sparks = spark === null || (short && /^M[\d.MCh ]+$/.test(spark));
  const turns = !trend || ["up", "down", "level"].includes(trend.direction);
  // How far a number moved is not always known.
  const moved = !trend || trend.exact === "" || DECIMAL.test(trend.exact);
  const numbers = moved && (exact === null || DECIMAL.test(exact));
  return sparks && turns && numbers && texts.every(isText);
}

const isPeriod = ({ range, against, partial, as_of: asOf }) =>
  isText(range) && isTextOrNone(against) && isTextOrNone(partial) && isText(asOf);

/** True for a brand that can be shown; what is wrong with another one the app tells. */
const isBrand = ({ name, logo, accent }) =>
  isTextOrNone(name) &&
  name?.trim() !== "" &&
  isTextOrNone(accent) &&
  (logo === undefined || (typeof logo === "string" && PICTURE.test(logo)));

/**
 * The record to show: `{ brand, period, headline, source, rest }`, or nothing if the app must decide.
 * `language` is the one that the reader has chosen.
 */
export function record({ settings }, described, language) {
  if (!settings || described?.status !== 200) return undefined;
  try {
    return usual(described.url, settings, JSON.parse(described.text), language);
  } catch {
    // A manifest of another form: the app tells the reader what is wrong with it.
    return undefined;
  }
}

function usual(address, settings, { format_version: format, first_view: view, meta }, language) {
  const brand = settings.brand ?? {};
  const source = meta.demo ? "Sample data" : meta.source;
  const asUsual =
    resolve(settings.snapshot ?? "data/manifest.json") === address &&
    format === FORMAT &&
    view?.snapshot_id === meta.snapshot_id &&
    view.locale === "en-US" &&
    isPlainEnglish(settings.locale, language) &&
    Array.isArray(view.headline) &&
    view.headline.length > 0 &&
    view.headline.length <= MOST &&
    view.headline.every(isHeadline) &&
    isPeriod(view.period) &&
    (!view.more || isBeside(view.more.path)) &&
    isBrand(brand) &&
    isTextOrNone(source);
  if (!asUsual) return undefined;
  const { period, headline, more } = view;
  return { brand, period, headline, source, rest: more && new URL(more.path, address).href };
}

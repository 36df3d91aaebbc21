// The manifest's record of the first view, believed only as far as it is as usual.

import { resolve } from "./ask.js";
import { isPlainEnglish, preferences } from "./reader.js";
import { asksForSignIn } from "./sign-in.js";

/** More than there are key figures. */
const MOST = 24;
/** More than the path of any sparkline has characters. */
const LONGEST_SPARK = 20_000;
/** A path beside the page, or a picture written out. */
const PICTURE = /^(data:image\/|\/?[\w.-])[^:\\\s]*$/;

const isText = (value) => typeof value === "string" && value.length < 200;
const isTextOrNone = (value) => value === undefined || value === null || isText(value);

/** True if a value is of the form that the page shows. */
function isHeadline({ kpi, label, text, exact, trend, spark }) {
  const texts = [kpi, label, text, ...(exact === null ? [] : [exact])];
  if (trend) texts.push(trend.text, trend.exact);
  const short = typeof spark === "string" && spark.length < LONGEST_SPARK;
  const sparks = spark === null || (short && /^M[\d.MCh ]+$/.test(spark));
  const turns = !trend || ["up", "down", "level"].includes(trend.direction);
  return sparks && turns && texts.every(isText);
}

const isPeriod = ({ range, against, partial, as_of: asOf }) =>
  isText(range) && isTextOrNone(against) && isTextOrNone(partial) && isText(asOf);

/** True for a brand that can be shown; what is wrong with another one the app tells. */
const isBrand = ({ name, logo, accent }) =>
  isTextOrNone(name) &&
  name?.trim() !== "" &&
  isTextOrNone(accent) &&
  (logo === undefined || (typeof logo === "string" && PICTURE.test(logo)));

/** The record to show: `{ brand, period, headline, source, rest }`, or nothing if the app must decide. */
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
  const brand = settings.brand ?? {};
  const source = meta.demo ? "Sample data" : meta.source;
  const asUsual =
    !asksForSignIn(settings) &&
    resolve(settings.snapshot ?? "data/manifest.json") === address &&
    view?.snapshot_id === meta.snapshot_id &&
    view.locale === "en-US" &&
    isPlainEnglish(settings.locale, preferences().language) &&
    Array.isArray(view.headline) &&
    view.headline.length > 0 &&
    view.headline.length <= MOST &&
    view.headline.every(isHeadline) &&
    isPeriod(view.period) &&
    isBrand(brand) &&
    isTextOrNone(source);
  if (!asUsual) return undefined;
  const { period, headline, more } = view;
  return { brand, period, headline, source, rest: beside(more?.path, address) };
}

/** The address of a file beside the manifest; none for a path that leads elsewhere. */
function beside(path, address) {
  const isName = typeof path === "string" && /^[\w-]+(\.[\w-]+)*$/.test(path);
  return isName ? new URL(path, address).href : undefined;
}

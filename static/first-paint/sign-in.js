// Whether a configuration asks for a sign-in: judged as in crates/door, by the same cases.

/** What the file may hold: nothing else is sure to be no slip in a setting of the sign-in. */
const SETTINGS = {
  brand: { name: "", logo: "", accent: "" },
  locale: "",
  snapshot: "",
  live: "",
  edits: "",
  refresh: 0,
  freshness: 0,
  links: { documentation: "", support: "" },
  diagnostics: { beacon: "" },
  offline: { keep: "" },
};

/** Names that were probably meant to ask for a sign-in, rightly spelt or not. */
const MEANT = new RegExp(
  "account|allow|auth(?!or(?!i))|clientid|credential|endpoint|^hd$|hosteddomain|jwks|login|logon|logout|" +
    "member|oidc|openid|password|private|protect|restrict|saml|secret|session|signin|signon|singin|sso|token",
);
/** How client ids of Google end, folded. */
const CLIENT = "appsgoogleusercontentcom";

/** The letters of a text, in lower case. */
const folded = (text) => text.replace(/[^a-z]/gi, "").toLowerCase();
const isClient = (text) => folded(text).includes(CLIENT);

/** All that is written in quotes, keys among it. */
const TEXTS = /"(?:[^"\\]|\\.)*"/g;

/** True as soon as something, however deep, was probably meant to ask for a sign-in. */
export function asksForSignIn(settings) {
  if (typeof settings === "string") return isClient(settings);
  const isMeant = ([key, value]) => MEANT.test(folded(key)) || isClient(key) || asksForSignIn(value);
  return typeof settings === "object" && Object.entries(settings ?? {}).some(isMeant);
}

/** The settings in the text of a configuration, if it is whole and surely asks for none. */
export function openSettings(text) {
  const settings = understood(text);
  return settings && !("signIn" in settings) ? settings : undefined;
}

/**
 * True if what is read may be kept in this browser: where nobody has to sign in, unless the host wants
 * nothing kept; behind a sign-in only where the host says so.
 */
export function mayBeKept(text) {
  const settings = understood(text);
  if (!settings) return false;
  const kept = settings.offline?.keep ?? "open";
  return kept === "always" || (kept === "open" && !("signIn" in settings));
}

/** The settings of a text that is whole, but for those of a sign-in wholly understood. */
function understood(text) {
  try {
    const settings = JSON.parse(text);
    // Of two settings of one name the first would not be seen.
    const count = (written) => written.match(TEXTS)?.length;
    const { signIn, ...others } = settings;
    const fit = settings.constructor === Object && fits(others, SETTINGS) && (!("signIn" in settings) || signIn.constructor === Object);
    return fit && count(JSON.stringify(settings)) === count(text) ? settings : undefined;
  } catch {
    return undefined;
  }
}

/** True if everybody may come in, by the text of a configuration. */
export const isOpen = (text) => openSettings(text) !== undefined;

function fits(value, known) {
  if (known === 0) return typeof value === "number" || value === false;
  if (typeof known === "string") return typeof value === "string" && !isClient(value);
  const knows = ([key, inner]) => Object.hasOwn(known, key) && fits(inner, known[key]);
  return value.constructor === Object && Object.entries(value).every(knows);
}

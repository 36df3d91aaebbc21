// Whether a configuration asks for a sign-in.

/** What the file may hold: nothing else is sure to be no slip in a setting of the sign-in. */
const SETTINGS = {
  brand: { name: "", logo: "", accent: "" },
  locale: "",
  snapshot: "",
  links: { documentation: "", support: "" },
};

/** Names that were probably meant to ask for a sign-in, rightly spelt or not: as in src/session/config. */
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

/** True if the text of a configuration is whole and surely asks for none. */
export function isOpen(text) {
  try {
    const settings = JSON.parse(text);
    // Of two settings of one name the first would not be seen.
    const count = (written) => written.match(TEXTS)?.length;
    return fits(settings, SETTINGS) && count(JSON.stringify(settings)) === count(text);
  } catch {
    return false;
  }
}

function fits(value, known) {
  if (typeof known === "string") return typeof value === "string" && !isClient(value);
  const knows = ([key, inner]) => Object.hasOwn(known, key) && fits(inner, known[key]);
  return value.constructor === Object && Object.entries(value).every(knows);
}

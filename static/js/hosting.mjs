// `_headers` and `_redirects`, in the form that Netlify, Cloudflare Pages and others read.

import { FAMILIES } from "./programs.mjs";

const FOREVER = "public, max-age=31536000, immutable";
const ASK_EVERY_TIME = "no-cache";

/** What keeps its name when its content changes. */
const CHANGING = [
  "",
  "index.html",
  "404.html",
  "app.webmanifest",
  "config.json",
  "service-worker.js",
  "data/manifest.json",
  "icons/*",
];

/** Names that trunk made from a file's content: `app-0123456789abcdef.js`. */
export const HASHED = /-[0-9a-f]{8,}(_bg)?\.[a-z0-9]+$/;

/** Nothing of what a browser can do for a page is needed, but Google's sign-in where it is asked. */
function permissions(signIn) {
  const unused = ["camera", "geolocation", "microphone", "payment", "usb"];
  const google = signIn ? '(self "https://accounts.google.com")' : "()";
  return [...unused.map((name) => `${name}=()`), `identity-credentials-get=${google}`].join(", ");
}

/** Response headers for a page under `base`, whose folder holds the files `names`. */
export function headersFile(base, policy, names, signIn = false) {
  const always = [
    // A header can also say who may frame the page, which the <meta> cannot.
    `Content-Security-Policy: ${policy}; frame-ancestors 'self'`,
    // A page with readers' own data shares no process with the page that opened it; Google's
    // window must be able to answer. Without a sign-in there is nothing to part, and a browser
    // would begin anew with another process before it reads the page.
    ...(signIn ? ["Cross-Origin-Opener-Policy: same-origin-allow-popups"] : []),
    `Permissions-Policy: ${permissions(signIn)}`,
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: strict-origin-when-cross-origin",
  ];
  const cached = (value) => [`Cache-Control: ${value}`];
  const rules = [
    ["*", always],
    ...CHANGING.map((name) => [name, cached(ASK_EVERY_TIME)]),
    ["app.webmanifest", ["Content-Type: application/manifest+json"]],
    ...names.filter((name) => HASHED.test(name)).map((name) => [name, cached(FOREVER)]),
    // Whatever a page without a sign-in shows is everybody's, other pages' scripts included.
    ...FAMILIES.filter((name) => names.includes(name)).map((name) => [
      `${name}/*`,
      [...cached(ASK_EVERY_TIME), "Access-Control-Allow-Origin: *"],
    ]),
    ["js/*", cached(FOREVER)],
    ["data/events-*", cached(FOREVER)],
    ["data/first-view-*", cached(FOREVER)],
    ["data/manifest-*", cached(FOREVER)],
    ["data/places-*", cached(FOREVER)],
    // A snapshot is read by byte ranges, so no one on the way may compress it.
    ["data/snapshot-*", cached(`${FOREVER}, no-transform`)],
  ];
  return rules
    .map(([name, lines]) => `${base}${name}\n${lines.map((line) => `  ${line}\n`).join("")}`)
    .join("");
}

/** The answers for programs have rules of their own; every other address that is no file is the page's. */
export function redirectsFile(base, rules = []) {
  return [...rules, `${base}* ${base}index.html 200`].map((rule) => `${rule}\n`).join("");
}

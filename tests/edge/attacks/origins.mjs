// Requests that another site makes a browser send.
import { claims, sign } from "../lib/google.mjs";
import { NONCE, SESSION } from "../lib/seal.mjs";
import { FORM_TYPE } from "../lib/edge.mjs";

const validate = (headers) => async (edge) =>
  edge.post("validate", { headers, cookie: await edge.signedIn() });
const method = (name) => (edge) =>
  edge.ask({ method: name, path: "/api/auth/validate", headers: { origin: edge.ownOrigin } });

/** The form that Google posts in redirect mode, changed in one place. */
async function form(
  edge,
  { body = {}, cookie = {}, headers = {}, path = "google", claim = {} } = {},
) {
  const begun = await edge.begin();
  const credential = await sign(claims({ nonce: begun.nonce, ...claim }), edge.key);
  const fields = { credential, g_csrf_token: "t0ken", ...body };
  const cookies = { [NONCE]: begun.value, g_csrf_token: "t0ken", ...cookie };
  const written = Object.entries(cookies).filter(([, value]) => value !== null);
  const from = {
    origin: "https://accounts.google.com",
    "sec-fetch-site": "cross-site",
    "content-type": FORM_TYPE,
  };
  return edge.post(path, {
    body: new URLSearchParams(fields).toString(),
    cookie: written.map(([name, value]) => `${name}=${value}`).join("; "),
    headers: { ...from, ...headers },
  });
}

/** Checks where a form's answer leads, and whether it begins a session. */
const leads =
  (to, signsIn, options) =>
  async (edge, { check }) => {
    const answer = await form(edge, options);
    check(answer.headers.location === to, `it leads to ${answer.headers.location}`);
    check(Boolean(answer.cookies[SESSION]) === signsIn, signsIn ? "no session" : "a session");
    return answer;
  };

export default [
  ["the page itself", "200", validate({})],
  ["an old browser without Sec-Fetch-Site", "200", validate({ "sec-fetch-site": null })],
  ["no origin", "403 foreign_origin", validate({ origin: null })],
  ["another origin", "403 foreign_origin", validate({ origin: "https://evil.example" })],
  [
    "an origin that begins like ours",
    "403 foreign_origin",
    (edge) => validate({ origin: `${edge.ownOrigin}.evil.example` })(edge),
  ],
  [
    "our origin in capitals",
    "403 foreign_origin",
    (edge) => validate({ origin: edge.ownOrigin.toUpperCase() })(edge),
  ],
  [
    "our host over https",
    "403 foreign_origin",
    (edge) => validate({ origin: edge.ownOrigin.replace("http:", "https:") })(edge),
  ],
  ["an opaque origin", "403 foreign_origin", validate({ origin: "null" })],
  [
    "two origins",
    "403 foreign_origin",
    (edge) => validate({ origin: `${edge.ownOrigin}, https://evil.example` })(edge),
  ],
  ["a sister site", "403 foreign_origin", validate({ "sec-fetch-site": "same-site" })],
  ["another site", "403 foreign_origin", validate({ "sec-fetch-site": "cross-site" })],
  ["typed by the user", "403 foreign_origin", validate({ "sec-fetch-site": "none" })],
  [
    "forwarded headers that say another host",
    "403 foreign_origin",
    validate({
      origin: "https://evil.example",
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      forwarded: "host=evil.example;proto=https",
      "x-original-host": "evil.example",
    }),
  ],
  ["a form posted to validate", "415 not_json", validate({ "content-type": FORM_TYPE })],
  ["plain text", "415 not_json", validate({ "content-type": "text/plain" })],
  [
    "JSON said in a parameter",
    "415 not_json",
    validate({ "content-type": "text/plain; application/json" }),
  ],
  ["no content type", "415 not_json", validate({ "content-type": null })],
  ["GET on validate", "405 wrong_method", method("GET")],
  ["PUT on validate", "405 wrong_method", method("PUT")],
  [
    "a preflight gets no leave",
    "405 wrong_method",
    async (edge, { check }) => {
      const answer = await method("OPTIONS")(edge);
      check(
        !Object.keys(answer.headers).some((name) => name.startsWith("access-control")),
        "leave is given",
      );
      return answer;
    },
  ],
  [
    "a method in a header",
    "405 wrong_method",
    async (edge) =>
      edge.get("/api/auth/logout", {
        "x-http-method-override": "POST",
        cookie: await edge.signedIn(),
      }),
  ],
  [
    "logout from another site",
    "403 foreign_origin",
    async (edge) =>
      edge.post("logout", {
        headers: { origin: "https://evil.example" },
        cookie: await edge.signedIn(),
      }),
  ],
  [
    "sign-in from another site",
    "403 foreign_origin",
    (edge) =>
      edge.post("google", {
        headers: { origin: "https://evil.example" },
        body: '{"credential":"a.b.c"}',
      }),
  ],

  ["Google's form signs in", "303", leads("/", true)],
  ["Google's form without a referrer", "303", leads("/", true, { headers: { origin: "null" } })],
  [
    "Google's form with another token than the cookie's",
    "303",
    leads("/?sign_in=form_token_mismatch", false, { body: { g_csrf_token: "other" } }),
  ],
  [
    "Google's form without its cookie",
    "303",
    leads("/?sign_in=form_token_mismatch", false, { cookie: { g_csrf_token: null } }),
  ],
  [
    "Google's form with empty tokens",
    "303",
    leads("/?sign_in=form_token_mismatch", false, {
      body: { g_csrf_token: "" },
      cookie: { g_csrf_token: "" },
    }),
  ],
  [
    "Google's form with its cookie sent twice",
    "303",
    leads("/?sign_in=form_token_mismatch", false, {
      cookie: { g_csrf_token: "t0ken; g_csrf_token=t0ken" },
    }),
  ],
  [
    "Google's form in a browser that did not begin",
    "303",
    leads("/?sign_in=no_nonce", false, { cookie: { [NONCE]: null } }),
  ],
  [
    "Google's form with an account that may not",
    "303",
    leads("/?sign_in=not_allowed", false, { claim: { hd: "evil.example" } }),
  ],
  [
    "a redirect asked for in the form",
    "303",
    leads("/", true, { body: { state: "https://evil.example", redirect: "//evil.example" } }),
  ],
  [
    "a redirect asked for in the address",
    "303",
    leads("/", true, { path: "google?next=https://evil.example&redirect_uri=//evil.example" }),
  ],
  [
    "the form from another site",
    "403 foreign_origin",
    (edge) => form(edge, { headers: { origin: "https://evil.example" } }),
  ],
  [
    "the form without an origin",
    "403 foreign_origin",
    (edge) => form(edge, { headers: { origin: null } }),
  ],
  [
    "the form as our own page would post it",
    "403 foreign_origin",
    (edge) => form(edge, { headers: { origin: edge.ownOrigin } }),
  ],
];

// Tokens that Google has signed, but not for this page, this moment or anybody who is let in.
import { CLIENT, DOMAIN, LISTED, now, sign } from "../lib/google.mjs";

const withClaims = (changes) => (edge) =>
  edge.signIn(typeof changes === "function" ? changes() : changes);
/** The payload's text changed before it is signed. */
const withText = (change) => (edge) =>
  edge.signIn({}, { forge: (payload) => sign(change(JSON.stringify(payload)), edge.key) });
const WELL = "[".repeat(2000) + "]".repeat(2000);

export default [
  ["the other way to write the issuer", "200", withClaims({ iss: "accounts.google.com" })],
  ["no azp", "200", withClaims({ azp: undefined })],

  [
    "for another application",
    "401 wrong_audience",
    withClaims({ aud: "other.apps.googleusercontent.com" }),
  ],
  [
    "for several applications, ours among them",
    "401 bad_token",
    withClaims({ aud: [CLIENT, "other"] }),
  ],
  ["for ours as a list of one", "401 bad_token", withClaims({ aud: [CLIENT] })],
  ["asked for by another application", "401 wrong_audience", withClaims({ azp: "other" })],
  ["no audience", "401 bad_token", withClaims({ aud: undefined })],
  ["another issuer", "401 wrong_issuer", withClaims({ iss: "https://evil.example" })],
  [
    "an issuer that begins like Google",
    "401 wrong_issuer",
    withClaims({ iss: "https://accounts.google.com.evil.example" }),
  ],
  ["Google over http", "401 wrong_issuer", withClaims({ iss: "http://accounts.google.com" })],
  [
    "expired a minute ago",
    "401 token_expired",
    withClaims(() => ({ iat: now() - 3661, exp: now() - 61 })),
  ],
  [
    "expired half a minute ago: clocks differ",
    "200",
    withClaims(() => ({ iat: now() - 3630, exp: now() - 30 })),
  ],
  ["issued in two minutes", "401 token_not_yet_valid", withClaims(() => ({ iat: now() + 120 }))],
  ["issued in half a minute: clocks differ", "200", withClaims(() => ({ iat: now() + 30 }))],
  [
    "not valid before two minutes",
    "401 token_not_yet_valid",
    withClaims(() => ({ nbf: now() + 120 })),
  ],
  ["no expiry", "401 bad_token", withClaims({ exp: undefined })],
  ["expiry as text", "401 bad_token", withClaims({ exp: "9999999999" })],
  ["expiry as a fraction", "401 bad_token", withClaims(() => ({ exp: now() + 100.5 }))],
  [
    "expiry without end",
    "401 bad_token",
    withText((text) => text.replace(/"exp":\d+/, '"exp":1e300')),
  ],
  ["expiry twice", "401 bad_token", withText((text) => text.replace("{", '{"exp":9999999999,'))],
  ["audience twice", "401 bad_token", withText((text) => text.replace("{", '{"aud":"other",'))],
  ["no subject", "401 bad_token", withClaims({ sub: undefined })],
  ["an empty subject", "401 bad_token", withClaims({ sub: "" })],
  ["a subject as a number", "401 bad_token", withClaims({ sub: 1 })],
  ["a subject with a line break", "401 bad_token", withClaims({ sub: "1\r\nSet-Cookie: a=b" })],

  ["another domain", "403 not_allowed", withClaims({ hd: "evil.example" })],
  ["a sub-domain", "403 not_allowed", withClaims({ hd: `sub.${DOMAIN}` })],
  [
    "an address at our domain without being of it",
    "403 not_allowed",
    withClaims({ hd: undefined, email: `eve@${DOMAIN}` }),
  ],
  ["domains as a list", "401 bad_token", withClaims({ hd: [DOMAIN] })],
  ["a listed address", "200", withClaims({ hd: undefined, email: LISTED.toUpperCase() })],
  [
    "a listed address that is not verified",
    "403 not_allowed",
    withClaims({ hd: undefined, email: LISTED, email_verified: false }),
  ],
  [
    "a listed address said to be verified in text",
    "401 bad_token",
    withClaims({ hd: undefined, email: LISTED, email_verified: "true" }),
  ],
  [
    "a listed address with a blank",
    "403 not_allowed",
    withClaims({ hd: undefined, email: ` ${LISTED}` }),
  ],

  ["payload that is no object", "401 bad_token", withText(() => "7")],
  [
    "a claim deep as a well",
    "401 bad_token",
    withText((text) => text.replace(/"hd":"[^"]*"/, `"hd":${WELL}`)),
  ],
  [
    "an unknown claim deep as a well does no harm",
    "200",
    withText((text) => text.replace("{", `{"x":${WELL},`)),
  ],
];

// Tokens that Google has not signed, or that have another form than Google's.
import { KeyObject, createHmac, constants, sign as rsaSign } from "node:crypto";
import { sign } from "../lib/google.mjs";

const encode = (value) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** A token by header, payload and any signature over them. */
function handmade(header, payload, signature) {
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${Buffer.from(signature(signed)).toString("base64url")}`;
}

const hmac = (secret) => (signed) => createHmac("sha256", secret).update(signed).digest();
const rsa =
  (hash, key, options = {}) =>
  (signed) =>
    rsaSign(hash, Buffer.from(signed), { key: KeyObject.from(key.privateKey), ...options });

const forged = (forge) => (edge) => edge.signIn({}, { forge });
const withHeader = (header) => (edge) => edge.signIn({}, { header });
const mended = (mend) => (edge) =>
  edge.signIn({}, { forge: async (payload) => mend(await sign(payload, edge.key)) });
const withBody = (body) => async (edge) =>
  edge.post("google", { cookie: (await edge.begin()).cookie, body });

export default [
  ["a good token signs in", "200", (edge) => edge.signIn()],

  ["alg none", "401 bad_token", forged((p) => handmade({ alg: "none", kid: "g1" }, p, () => ""))],
  [
    "alg None in capitals",
    "401 bad_token",
    forged((p) => handmade({ alg: "NoNe", kid: "g1" }, p, () => "x")),
  ],
  [
    "alg left out",
    "401 bad_token",
    (edge) =>
      edge.signIn({}, { forge: (p) => handmade({ kid: "g1" }, p, rsa("sha256", edge.key)) }),
  ],
  [
    "HS256 with the public key in PEM",
    "401 bad_token",
    (edge) =>
      edge.signIn(
        {},
        { forge: (p) => handmade({ alg: "HS256", kid: "g1" }, p, hmac(edge.key.pem)) },
      ),
  ],
  [
    "HS256 with the public key as published",
    "401 bad_token",
    (edge) =>
      edge.signIn(
        {},
        {
          forge: (p) =>
            handmade({ alg: "HS256", kid: "g1" }, p, hmac(JSON.stringify(edge.key.jwk))),
        },
      ),
  ],
  [
    "RS256 announced, HMAC made",
    "401 bad_signature",
    (edge) =>
      edge.signIn(
        {},
        { forge: (p) => handmade({ alg: "RS256", kid: "g1" }, p, hmac(edge.key.pem)) },
      ),
  ],
  [
    "RS512 by the right key",
    "401 bad_token",
    (edge) =>
      edge.signIn(
        {},
        { forge: (p) => handmade({ alg: "RS512", kid: "g1" }, p, rsa("sha512", edge.key)) },
      ),
  ],
  [
    "PS256 by the right key",
    "401 bad_token",
    (edge) =>
      edge.signIn(
        {},
        {
          forge: (p) =>
            handmade(
              { alg: "PS256", kid: "g1" },
              p,
              rsa("sha256", edge.key, { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
            ),
        },
      ),
  ],
  [
    "RS256 announced, PS256 made",
    "401 bad_signature",
    (edge) =>
      edge.signIn(
        {},
        {
          forge: (p) =>
            handmade(
              { alg: "RS256", kid: "g1" },
              p,
              rsa("sha256", edge.key, { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
            ),
        },
      ),
  ],
  ["crit", "401 bad_token", withHeader({ crit: ["odd"], odd: 1 })],
  ["another type of token", "401 bad_token", withHeader({ typ: "at+jwt" })],
  ["no key named", "401 bad_token", withHeader({ kid: undefined })],
  ["a key's name as a number", "401 bad_token", withHeader({ kid: 7 })],
  ["an unknown key's name", "401 unknown_key", withHeader({ kid: "nobody" })],
  ["a key's name that is a path", "401 unknown_key", withHeader({ kid: "../../../dev/null" })],
  [
    "another key under Google's name",
    "401 bad_signature",
    (edge, lab) => edge.signIn({}, { key: lab.foreignKey }),
  ],
  [
    "another key, brought along in the header",
    "401 bad_signature",
    (edge, lab) =>
      edge.signIn(
        {},
        {
          key: lab.foreignKey,
          header: { jwk: lab.foreignKey.jwk, jku: "https://evil.example/keys" },
        },
      ),
  ],
  [
    "an encryption key's name",
    "401 unknown_key",
    (edge, lab) => edge.signIn({}, { key: lab.encryptionKey }),
  ],

  [
    "a claim changed after signing",
    "401 bad_signature",
    mended((token) => {
      const [header, payload, signature] = token.split(".");
      const claims = JSON.parse(Buffer.from(payload, "base64url"));
      return [header, encode({ ...claims, sub: "1" }), signature].join(".");
    }),
  ],
  [
    "signature cut",
    "401 bad_signature",
    mended((token) => {
      const at = token.lastIndexOf(".") + 1;
      return (
        token.slice(0, at) +
        Buffer.from(token.slice(at), "base64url").subarray(0, -4).toString("base64url")
      );
    }),
  ],
  ["signature cut within a byte", "401 bad_token", mended((token) => token.slice(0, -1))],
  [
    "signature left out",
    "401 bad_signature",
    mended((token) => token.slice(0, token.lastIndexOf(".") + 1)),
  ],
  ["two parts", "401 bad_token", mended((token) => token.slice(0, token.lastIndexOf(".")))],
  ["five parts", "401 bad_token", mended((token) => `${token}.a.b`)],
  ["padded", "401 bad_token", mended((token) => `${token}==`)],
  ["blanks around it", "401 bad_token", mended((token) => ` ${token}\n`)],
  ["the plain Base64 alphabet", "401 bad_token", mended((token) => `${token.slice(0, -3)}+/A`)],
  ["header that is no object", "401 bad_token", forged((p) => handmade("[]", p, () => "x"))],
  ["a token of nothing", "401 bad_token", forged(() => "..")],

  [
    "a token longer than 8 KiB",
    "413 too_large",
    async (edge) => {
      const begun = await edge.begin();
      return edge.present("a".repeat(8193), begun.cookie);
    },
  ],
  [
    "a body longer than 16 KiB",
    "413 too_large",
    withBody(JSON.stringify({ credential: "a".repeat(17_000) })),
  ],
  [
    "a long body of unknown length",
    "413 too_large",
    async (edge) =>
      edge.post("google", {
        body: "a".repeat(60_000),
        chunked: true,
        cookie: (await edge.begin()).cookie,
      }),
  ],
  ["an empty body", "400 bad_body", withBody("")],
  ["a body that is no JSON", "400 bad_body", withBody("credential=x")],
  ["a credential that is no text", "400 bad_body", withBody('{"credential":["a.b.c"]}')],
  ["a credential twice", "400 bad_body", withBody('{"credential":"a","credential":"b"}')],
];

// Sign-ins that were not begun in this browser, or were finished before.
import { claims, now, sign } from "../lib/google.mjs";
import { NONCE, SESSION, seal, session } from "../lib/seal.mjs";

const genuine = async (edge, nonce) => sign(claims({ nonce }), edge.key);

/** Presents a token for a nonce cookie of any value. */
async function withCookie(edge, value) {
  const digest = Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(value)));
  return edge.present(await genuine(edge, digest.toString("base64url")), `${NONCE}=${value}`);
}

export default [
  [
    "the nonce is the digest of the cookie",
    "200",
    async (edge) => withCookie(edge, (await edge.begin()).value),
  ],
  [
    "no nonce cookie",
    "401 no_nonce",
    async (edge) => edge.present(await genuine(edge, (await edge.begin()).nonce)),
  ],
  [
    "a token of another browser",
    "401 wrong_nonce",
    async (edge) => {
      const [mine, theirs] = [await edge.begin(), await edge.begin()];
      return edge.present(await genuine(edge, theirs.nonce), mine.cookie);
    },
  ],
  ["no nonce in the token", "401 wrong_nonce", (edge) => edge.signIn({ nonce: undefined })],
  [
    "the cookie itself as nonce",
    "401 wrong_nonce",
    async (edge) => {
      const begun = await edge.begin();
      return edge.present(await genuine(edge, begun.value), begun.cookie);
    },
  ],
  [
    "a token and its cookie used again",
    "401 token_used",
    async (edge) => {
      const begun = await edge.begin();
      const credential = await genuine(edge, begun.nonce);
      await edge.present(credential, begun.cookie);
      return edge.present(credential, begun.cookie);
    },
  ],
  [
    "another token for a nonce that was used",
    "401 token_used",
    async (edge) => {
      const begun = await edge.begin();
      await edge.present(await genuine(edge, begun.nonce), begun.cookie);
      return edge.present(
        await sign(claims({ nonce: begun.nonce, sub: "2" }), edge.key),
        begun.cookie,
      );
    },
  ],
  [
    "a sign-in clears the nonce cookie",
    "200",
    async (edge, { check }) => {
      const answer = await edge.signIn();
      check(answer.cookies[NONCE]?.line.includes("Max-Age=0"), "the nonce cookie is not cleared");
      return answer;
    },
  ],
  [
    "a nonce of eleven minutes ago",
    "401 no_nonce",
    (edge) => withCookie(edge, seal({ rnd: "r", exp: now() - 60 }, { name: NONCE })),
  ],
  [
    "a nonce that lasts for a day",
    "401 no_nonce",
    (edge) => withCookie(edge, seal({ rnd: "r", exp: now() + 86_400 }, { name: NONCE })),
  ],
  [
    "a nonce nobody sealed",
    "401 no_nonce",
    (edge) =>
      withCookie(
        edge,
        seal({ rnd: "r", exp: now() + 300 }, { name: NONCE, secret: Buffer.alloc(32) }),
      ),
  ],
  ["plain text as nonce", "401 no_nonce", (edge) => withCookie(edge, "guess")],
  ["a session's value as nonce", "401 no_nonce", (edge) => withCookie(edge, seal(session()))],
  [
    "a nonce sealed for the session's name",
    "401 no_nonce",
    (edge) => withCookie(edge, seal({ rnd: "r", exp: now() + 300 }, { name: SESSION })),
  ],
  [
    "two nonce cookies",
    "401 no_nonce",
    async (edge) => {
      const begun = await edge.begin();
      return edge.present(await genuine(edge, begun.nonce), `${begun.cookie}; ${begun.cookie}`);
    },
  ],
  [
    "the nonce cookie is out of reach of scripts",
    "200",
    async (edge, { check }) => {
      const { answer } = await edge.begin();
      const { attributes } = answer.cookies[NONCE];
      for (const word of ["Path=/", "HttpOnly", "Secure", "SameSite=None"])
        check(attributes.includes(word), word);
      return answer;
    },
  ],
  [
    "another site's picture that asks for a nonce",
    "403 foreign_origin",
    (edge) => edge.get("/api/auth/nonce", { "sec-fetch-site": "cross-site" }),
  ],
  [
    "a sister site that asks for a nonce",
    "403 foreign_origin",
    (edge) => edge.get("/api/auth/nonce", { "sec-fetch-site": "same-site" }),
  ],
  ["POST for a nonce", "405 wrong_method", (edge) => edge.post("nonce")],
];

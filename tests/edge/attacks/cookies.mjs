// Session cookies that this edge did not issue, or not for now.
import { LISTED, now } from "../lib/google.mjs";
import { NONCE, SESSION, seal, session } from "../lib/seal.mjs";

const data = (cookie) => (edge) =>
  edge.get("/data/manifest.json", cookie === undefined ? {} : { cookie });
const sent = (value) => data(`${SESSION}=${value}`);
const forged = (changes, options) => (edge) =>
  edge.withSession(session(typeof changes === "function" ? changes() : changes), options);
const mended = (mend) => async (edge) =>
  edge.get("/data/manifest.json", { cookie: mend(await edge.signedIn()) });

export default [
  [
    "a session opens the data",
    "200",
    async (edge) => edge.get("/data/manifest.json", { cookie: await edge.signedIn() }),
  ],
  [
    "a session opens the API files",
    "200",
    async (edge) => edge.get("/api/kpis", { cookie: await edge.signedIn() }),
  ],
  ["a cookie sealed by hand as the edge does", "200", forged({})],

  ["no cookie", "401 no_session", data()],
  ["an empty cookie", "401 bad_session", sent("")],
  ["a cookie of text", "401 bad_session", sent("true")],
  [
    "another letter in the payload",
    "401 bad_session",
    mended((c) =>
      c.replace(/\.([^.]{40})(.)/, (_, part, letter) => `.${part}${letter === "A" ? "B" : "A"}`),
    ),
  ],
  [
    "another letter in the code",
    "401 bad_session",
    mended((c) => c.slice(0, -2) + (c.endsWith("AA") ? "BA" : "AA")),
  ],
  ["the code cut", "401 bad_session", mended((c) => c.slice(0, -4))],
  ["the code left out", "401 bad_session", mended((c) => c.slice(0, c.lastIndexOf(".")))],
  ["the code padded", "401 bad_session", mended((c) => `${c}=`)],
  [
    "stray bits behind the code",
    "401 bad_session",
    mended((c) => {
      const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
      return c.slice(0, -1) + letters[letters.indexOf(c.at(-1)) ^ 1];
    }),
  ],
  ["a fifth part", "401 bad_session", mended((c) => `${c}.x`)],
  ["a quoted cookie", "401 bad_session", mended((c) => `${c.replace("=", '="')}"`)],
  ["a code by another secret", "401 bad_session", forged({}, { secret: Buffer.alloc(32, 1) })],
  ["a code by no secret", "401 bad_session", forged({}, { secret: Buffer.alloc(0) })],
  ["a key that is not set", "401 bad_session", forged({}, { key: "k9", secret: Buffer.alloc(32) })],
  [
    "a key's name of another kind",
    "401 bad_session",
    forged({}, { key: "__proto__", secret: Buffer.alloc(32) }),
  ],
  ["another version", "401 bad_session", forged({}, { version: "v2" })],
  ["a code for another name", "401 bad_session", forged({}, { name: NONCE })],
  [
    "the nonce's value as session",
    "401 bad_session",
    async (edge) => data(`${SESSION}=${(await edge.begin()).value}`)(edge),
  ],
  ["a longer cookie than any honest one", "401 bad_session", sent("a".repeat(3801))],
  ["sealed, but no JSON", "401 bad_session", (edge) => edge.withSession("not json")],
  ["sealed, but without a user", "401 bad_session", forged({ user: undefined })],
  ["sent twice", "401 bad_session", mended((c) => `${c}; ${c}`)],
  ["sent twice, a false one first", "401 bad_session", mended((c) => `${SESSION}=x; ${c}`)],
  [
    "sent in two headers",
    "401 bad_session",
    async (edge) => {
      const cookie = await edge.signedIn();
      const { host } = new URL(edge.runtime.origin);
      return edge.get("/data/manifest.json", [
        "host",
        host,
        "cookie",
        cookie,
        "cookie",
        `${SESSION}=x`,
      ]);
    },
  ],
  ["a name in small letters", "401 no_session", mended((c) => c.replace("__Host", "__host"))],
  ["a name without its prefix", "401 no_session", mended((c) => c.replace("__Host-", ""))],
  ["a name with something before it", "401 no_session", mended((c) => `x${c}`)],
  [
    "the token itself as bearer",
    "401 no_session",
    async (edge) =>
      edge.get("/data/manifest.json", {
        authorization: `Bearer ${(await edge.signedIn()).split("=")[1]}`,
      }),
  ],

  [
    "expired",
    "401 session_expired",
    forged(() => ({ iat: now() - 700, begun: now() - 700, exp: now() - 1 })),
  ],
  [
    "issued in the future",
    "401 bad_session",
    forged(() => ({ iat: now() + 600, exp: now() + 700 })),
  ],
  ["holds longer than a session may", "401 bad_session", forged(() => ({ exp: now() + 3700 }))],
  ["holds for ever", "401 bad_session", forged({ exp: Number.MAX_SAFE_INTEGER })],
  [
    "slid past twelve hours",
    "401 bad_session",
    forged(() => ({ begun: now() - 43_000, exp: now() + 600 })),
  ],
  [
    "ended after twelve hours",
    "401 session_expired",
    forged(() => ({ begun: now() - 43_201, iat: now() - 600, exp: now() - 1 })),
  ],
  ["begun after it was issued", "401 bad_session", forged(() => ({ begun: now() + 50 }))],
  [
    "an account that is no longer let in",
    "403 not_allowed",
    forged({ user: { sub: "1", email: "eve@evil.example", hd: "evil.example" } }),
  ],
  ["an account let in by its address", "200", forged({ user: { sub: "1", email: LISTED } })],

  [
    "the cookie is out of reach of scripts and plain text",
    "200",
    async (edge, { check }) => {
      const answer = await edge.signIn();
      const { attributes } = answer.cookies[SESSION];
      for (const word of ["Path=/", "HttpOnly", "Secure", "SameSite=Lax", `Max-Age=${3600 + 7 * 24 * 3600}`])
        check(attributes.includes(word), word);
      check(!answer.cookies[SESSION].line.includes("Domain"), "a domain");
      return answer;
    },
  ],
  [
    "a session set by an attacker does not survive a sign-in",
    "200",
    async (edge, { check }) => {
      const planted = await edge.signedIn({ sub: "attacker" });
      const answer = await edge.signIn({ sub: "victim" }, { cookie: planted });
      check(answer.json().user.sub === "victim", "the attacker's account");
      check(`${SESSION}=${answer.cookies[SESSION].value}` !== planted, "the attacker's session");
      return answer;
    },
  ],
  [
    "two sign-ins of one account are two sessions",
    "200",
    async (edge, { check }) => {
      const [one, two] = [await edge.signIn(), await edge.signIn()];
      const sid = (answer) =>
        JSON.parse(Buffer.from(answer.cookies[SESSION].value.split(".")[2], "base64url")).sid;
      check(sid(one) !== sid(two) && sid(one).length >= 20, "the same name");
      return two;
    },
  ],
  [
    "a session that has ended takes the kept data along",
    "401 session_expired",
    async (edge, { check }) => {
      const old = session({ iat: now() - 700, begun: now() - 700, exp: now() - 1 });
      const cookie = `${SESSION}=${seal(old)}`;
      const answers = [
        await edge.get("/data/manifest.json", { cookie }),
        await edge.post("validate", { cookie }),
        await edge.get("/data/manifest.json", { cookie: `${SESSION}=x` }),
      ];
      for (const { headers, status } of answers)
        check(headers["clear-site-data"] === '"cache"' && status === 401, `${status}: it is kept`);
      return answers[0];
    },
  ],
  [
    "nobody without a session can clear what others keep",
    "401 no_session",
    async (edge, { check }) => {
      const answer = await edge.get("/data/manifest.json");
      check(!answer.headers["clear-site-data"], "it is cleared");
      return answer;
    },
  ],
  [
    "validate renews",
    "200",
    async (edge, { check }) => {
      const payload = session({ begun: now() - 1000, iat: now() - 900, exp: now() + 100 });
      const answer = await edge.post("validate", { cookie: `${SESSION}=${seal(payload)}` });
      check(Math.abs(answer.json().expiresAt - now() - 3600) < 60, "not renewed for an hour");
      check(Math.abs(answer.json().endsAt - now() - 42_200) < 60, "the end for good has moved");
      return answer;
    },
  ],
  [
    "validate never renews past twelve hours",
    "200",
    async (edge, { check }) => {
      const payload = session({ begun: now() - 43_000, iat: now() - 900, exp: now() + 100 });
      const answer = await edge.post("validate", { cookie: `${SESSION}=${seal(payload)}` });
      check(answer.json().expiresAt <= payload.begun + 43_200, "longer than twelve hours");
      return answer;
    },
  ],
  ["validate without a session", "401 no_session", (edge) => edge.post("validate")],
  [
    "validate with a false one",
    "401 bad_session",
    (edge) => edge.post("validate", { cookie: `${SESSION}=x` }),
  ],
  [
    "logout clears cookies and caches",
    "200",
    async (edge, { check }) => {
      const answer = await edge.post("logout", { cookie: await edge.signedIn() });
      for (const name of [SESSION, NONCE])
        check(answer.cookies[name].line.includes("Max-Age=0"), name);
      check(answer.headers["clear-site-data"] === '"cache"', "caches");
      return answer;
    },
  ],
  [
    "a hundred users at once each see themselves",
    "200",
    async (edge, { check }) => {
      const users = Array.from({ length: 100 }, (_, number) => `user-${number}`);
      const answers = await Promise.all(
        users.map((sub) =>
          edge.post("validate", {
            cookie: `${SESSION}=${seal(session({ user: { sub, hd: "example.com" } }))}`,
          }),
        ),
      );
      answers.forEach((answer, number) =>
        check(answer.json().user?.sub === users[number], `user ${number}`),
      );
      return answers[0];
    },
  ],
];

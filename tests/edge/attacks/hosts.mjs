// Settings that are missing or wrong, a page below a path, and failures of the edge itself.
import { CLIENT, now } from "../lib/google.mjs";
import { SESSION, seal, session } from "../lib/seal.mjs";
import { LIKE_PUBLIC, MARK } from "../lib/site.mjs";

const variant = (settings, act, options) => async (_, lab) =>
  act(await lab.start(settings, options), lab);
const data = (edge) => edge.withSession(session());
/** A server that has the settings wrong does not begin, and says which. */
const refuses = (settings) => async (_, lab) => {
  const said = await lab.start(settings, { base: settings.BASE_PATH && "/" }).then(
    () => "it has started",
    (error) => String(error),
  );
  lab.check(said.includes(`${Object.keys(settings)[0]}: expected`), said);
  for (const value of Object.values(settings).filter((value) => String(value).startsWith("k1:")))
    lab.check(!said.includes(value.slice(3)), "a secret is told");
  const body = '{"code":"not_configured"}';
  const headers = { "cache-control": "private, no-store", "content-type": "application/json" };
  return { status: 503, headers, cookies: {}, bytes: Buffer.from(body), text: body, json: () => JSON.parse(body) };
};
const shut = (settings, act) => (edge, lab) =>
  (lab.runtime === "hub" ? refuses(settings) : variant(settings, act))(edge, lab);
const EDGE = ["workerd", "deno"];
const closed = (settings) =>
  shut(settings, async (edge, lab) => {
    for (const name of ["google", "validate", "logout"]) {
      const answer = await edge.post(name);
      lab.check(answer.status === 503, `${name}: ${answer.status}`);
    }
    const nonce = await edge.get("/api/auth/nonce");
    lab.check(nonce.status === 503 && !nonce.headers["set-cookie"], `nonce: ${nonce.status}`);
    return data(edge);
  });
const DEMO = [{ BASE_PATH: "/demo/" }, { base: "/demo/" }];
const below = (act) => variant(DEMO[0], act, DEMO[1]);
/** A line may come a little later than the answer it is about. */
async function logged(edge, pattern) {
  for (let looks = 0; looks < 100 && !pattern.test(edge.runtime.log()); looks += 1)
    await new Promise((done) => setTimeout(done, 50));
  return pattern.test(edge.runtime.log());
}
const failing = (act) => variant({ FAULT_PATH: "/fail" }, act);

export default [
  ["no session keys", "503 not_configured", closed({ SESSION_KEYS: null })],
  ["a short session key", "503 not_configured", closed({ SESSION_KEYS: "k1:c2hvcnQ" })],
  ...Object.entries({
    "of zeros": Buffer.alloc(32),
    "of one word over and over": Buffer.from("changeme".repeat(8)),
    "of numbers in a row": Buffer.from(Array.from({ length: 32 }, (_, at) => at)),
  }).map(([kind, bytes]) => [
    `a session key ${kind}`,
    "503 not_configured",
    closed({ SESSION_KEYS: `k1:${bytes.toString("base64url")}` }),
  ]),
  ["no client id", "503 not_configured", closed({ GOOGLE_CLIENT_ID: null })],
  ["an empty client id", "503 not_configured", closed({ GOOGLE_CLIENT_ID: "" })],
  [
    "no list of whom to let in",
    "503 not_configured",
    closed({ ALLOWED_DOMAINS: null, ALLOWED_EMAILS: null }),
  ],
  ["a time that is none", "503 not_configured", closed({ NOT_BEFORE: "yesterday" })],
  ...Object.entries({
    "that is a list": ["test-client.apps.googleusercontent.com"],
    "of nothing": ",",
    "with a blank": "one two",
  }).map(([kind, id]) => [`a client id ${kind}`, "503 not_configured", closed({ GOOGLE_CLIENT_ID: id })]),
  ...["@example.com", "*.example.com", "a.example;b.example", '["example.com"]'].map((domain) => [
    `a domain written as ${domain}`,
    "503 not_configured",
    closed({ ALLOWED_DOMAINS: domain }),
  ]),
  ["an address without its name", "503 not_configured", closed({ ALLOWED_EMAILS: "example.com" })],
  ["everybody, as a truth", "503 not_configured", closed({ ALLOW_ANY_ACCOUNT: true })],
  ["a time as a list", "503 not_configured", closed({ SESSION_IDLE_SECONDS: [600] })],
  [
    "times as numbers end sessions like times as text",
    "401 session_revoked",
    variant({ NOT_BEFORE: now() + 100 }, data),
  ],
  [
    "a longest time as a number",
    "401 bad_session",
    variant({ SESSION_LONGEST_SECONDS: 1 }, data),
  ],
  ...["/data/", "/data/snapshot-1/", "/API/"].map((base) => [
    `a page that lives among the data, at ${base}`,
    "503 not_configured",
    shut({ BASE_PATH: base }, async (edge, lab) => {
      for (const name of ["", ...LIKE_PUBLIC]) {
        const answer = await edge.get(base + name);
        lab.check(answer.status === 503, `${name}: ${answer.status}`);
        lab.check(!answer.bytes.includes(MARK), `${name}: a byte of data`);
      }
      return data(edge);
    }),
  ]),
  [
    "the data on the list of what is public",
    "503 not_configured",
    closed({ PUBLIC_PATHS: "data/" }),
  ],
  [
    "keys over plain http from elsewhere",
    "503 not_configured",
    closed({ JWKS_URL: "http://keys.example/" }),
  ],
  [
    "keys that only seem to be of this machine",
    "503 not_configured",
    closed({ JWKS_URL: "http://127.0.0.1:x@keys.example/" }),
  ],
  [
    "without settings the page still says so itself",
    "200",
    variant({ SESSION_KEYS: null }, (edge) => edge.get("/")),
    EDGE,
  ],
  [
    "the log names what is missing, and no secret",
    "503 not_configured",
    variant({ SESSION_KEYS: "k1:c2hvcnQ" }, async (edge, lab) => {
      const answer = await data(edge);
      lab.check(await logged(edge, /SESSION_KEYS: expected/), "nothing in the log");
      lab.check(!edge.runtime.log().includes("c2hvcnQ"), "a secret in the log");
      return answer;
    }),
    EDGE,
  ],
  [
    "another application's id",
    "401 wrong_audience",
    variant({ GOOGLE_CLIENT_ID: "other" }, (edge) => edge.signIn()),
  ],
  [
    "one of two applications",
    "200",
    variant({ GOOGLE_CLIENT_ID: `other,${CLIENT}` }, (edge) => edge.signIn()),
  ],
  [
    "everybody, on purpose",
    "200",
    variant({ ALLOWED_DOMAINS: null, ALLOWED_EMAILS: null, ALLOW_ANY_ACCOUNT: "yes" }, (edge) =>
      edge.signIn({ hd: undefined, email: "eve@gmail.com" }),
    ),
  ],

  [
    "behind a proxy the public origin counts",
    "200",
    variant(
      { PUBLIC_ORIGIN: "https://dash.example.com" },
      async (edge) => edge.post("validate", { cookie: await edge.signedIn() }),
      { ownOrigin: "https://dash.example.com" },
    ),
  ],
  [
    "behind a proxy the inner origin does not",
    "403 foreign_origin",
    variant({ PUBLIC_ORIGIN: "https://dash.example.com" }, (edge) =>
      edge.post("validate", { cookie: `${SESSION}=${seal(session())}` }),
    ),
  ],
  [
    "another host's name with its own origin",
    "403 foreign_origin",
    variant({ PUBLIC_ORIGIN: "https://dash.example.com" }, (edge) =>
      edge.post("validate", { headers: { host: "evil.example", origin: "http://evil.example" } }),
    ),
  ],

  [
    "below a path: the data",
    "401 no_session",
    below((edge) => edge.get("/demo/data/manifest.json")),
  ],
  [
    "below a path: with a session",
    "200",
    below(async (edge) => edge.get("/demo/data/manifest.json", { cookie: await edge.signedIn() })),
  ],
  ["below a path: the page", "200", below((edge) => edge.get("/demo/customers/7"))],
  ["below a path: the page without its slash", "200", below((edge) => edge.get("/demo"))],
  [
    "below a path: outside of it",
    "404 not_found",
    below((edge) => edge.get("/data/manifest.json")),
  ],
  [
    "below a path: a name that begins alike",
    "404 not_found",
    below((edge) => edge.get("/demonstration/data/x")),
  ],
  [
    "below a path: in capitals",
    "404 not_found",
    below((edge) => edge.get("/DEMO/data/manifest.json")),
  ],
  [
    "below a path: encoded",
    "404 not_found",
    below((edge) => edge.get("/%64emo/data/manifest.json")),
  ],

  // The server's answers outlive a fault otherwise: its own tests have that.
  ...[
    [
      "a panic answers, and the log says where it was",
      "500 internal",
      failing(async (edge, lab) => {
        const answer = await edge.get("/fail");
        lab.check(await logged(edge, /"event":"panic".*web\/mod\.rs:\d+/), "nothing in the log");
        return answer;
      }),
    ],
    [
      "the request after a panic works",
      "200",
      failing(async (edge) => {
        const cookie = await edge.signedIn();
        await edge.get("/fail");
        return edge.get("/data/manifest.json", { cookie });
      }),
    ],
    [
      "sign-in works after a panic",
      "200",
      failing(async (edge) => {
        await edge.get("/fail");
        return edge.signIn();
      }),
    ],
    [
      "ten panics, and the guard still stands",
      "401 no_session",
      failing(async (edge, lab) => {
        for (let count = 0; count < 10; count += 1) {
          const { status } = await edge.get("/fail");
          lab.check(status === 500, `panic ${count}: ${status}`);
        }
        return edge.get("/data/manifest.json");
      }),
    ],
    [
      "a panic leaves no request without an answer",
      "200",
      failing(async (edge, lab) => {
        const cookie = await edge.signedIn();
        const paths = Array.from({ length: 60 }, (_, number) =>
          number % 10 === 5 ? "/fail" : "/data/snapshot-1/00000.chunk",
        );
        const answers = await Promise.all(paths.map((path) => edge.get(path, { cookie })));
        for (const { status } of answers) lab.check([200, 500].includes(status), `${status}`);
        lab.check(!edge.runtime.ended(), "the process has ended");
        return edge.get("/data/manifest.json", { cookie });
      }),
    ],
  ].map((one) => [...one, EDGE]),
];

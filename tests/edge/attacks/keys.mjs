// Google's keys and the session keys: storms, outages and rotation. Each case has its own edge.
import { claims, keyPair, now, sign } from "../lib/google.mjs";
import { SESSION, keySetting, seal, session } from "../lib/seal.mjs";

const wait = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

/** An edge whose keys are published in a way of their own. */
async function published(lab, keys, behaviour) {
  const set = lab.google.publish(keys, behaviour);
  const edge = await lab.start({ JWKS_URL: set.url }, { key: keys[0] });
  return { edge, set };
}

/** Many sign-ins at once with tokens that name keys nobody has. */
async function storm(edge, count) {
  const begun = await Promise.all(Array.from({ length: count }, () => edge.begin()));
  const credentials = await Promise.all(
    begun.map(({ nonce }, number) =>
      sign(claims({ nonce }), edge.key, { kid: `made-up-${number}` }),
    ),
  );
  return Promise.all(
    credentials.map((credential, number) => edge.present(credential, begun[number].cookie)),
  );
}

/** At most one request to Google, and one more for each pause that a busy machine has let pass. */
function askedOnce(lab, set, began, pauseSeconds) {
  const allowed = 1 + Math.floor((now() - began) / pauseSeconds);
  lab.check(set.hits >= 1 && set.hits <= allowed, `${set.hits} requests, ${allowed} allowed`);
}

/** All answers must be alike; gives one of them. */
function alike(answers, lab) {
  for (const answer of answers)
    lab.check(answer.status === answers[0].status, `${answer.status} too`);
  return answers[0];
}

const outage = (behaviour) => async (_, lab) => {
  const { edge } = await published(lab, [lab.key], behaviour);
  return edge.signIn();
};

const withKeys = (keys, sealedBy) => async (_, lab) => {
  const edge = await lab.start({ SESSION_KEYS: keySetting(...keys) });
  return edge.withSession(session(), { key: sealedBy });
};

export default [
  [
    "made-up key names, keys loaded: no request to Google",
    "401 unknown_key",
    async (_, lab) => {
      const { edge, set } = await published(lab, [lab.key]);
      const began = now();
      await edge.signedIn();
      const answer = alike(await storm(edge, 50), lab);
      askedOnce(lab, set, began, 30);
      return answer;
    },
  ],
  [
    "made-up key names on a cold start: one request to Google",
    "401 unknown_key",
    async (_, lab) => {
      const { edge, set } = await published(lab, [lab.key], { delay: 300 });
      const began = now();
      const answer = alike(await storm(edge, 50), lab);
      askedOnce(lab, set, began, 30);
      return answer;
    },
  ],
  [
    "honest sign-ins on a cold start share one request",
    "200",
    async (_, lab) => {
      const { edge, set } = await published(lab, [lab.key], { delay: 300 });
      const began = now();
      const answers = await Promise.all(Array.from({ length: 20 }, () => edge.signIn()));
      askedOnce(lab, set, began, 30);
      return alike(answers, lab);
    },
  ],
  [
    "a storm while the keys cannot be had: one request",
    "503 keys_unavailable",
    async (_, lab) => {
      const { edge, set } = await published(lab, [lab.key], { status: 500, delay: 200 });
      const began = now();
      const answer = alike(await storm(edge, 30), lab);
      askedOnce(lab, set, began, 5);
      lab.check(answer.headers["retry-after"] === "5", "no Retry-After");
      return answer;
    },
  ],
  ["the keys' host fails", "503 keys_unavailable", outage({ status: 500 })],
  [
    "the keys' host redirects",
    "503 keys_unavailable",
    outage({ status: 302, headers: { location: "/certs/0" } }),
  ],
  ["the keys are no JSON", "503 keys_unavailable", outage({ body: "<html>" })],
  ["the keys are none", "503 keys_unavailable", outage({ body: '{"keys":[]}' })],
  [
    "the keys are too many bytes",
    "503 keys_unavailable",
    outage({ body: `{"keys":[${" ".repeat(70_000)}]}` }),
  ],
  ["the keys' host never answers", "503 keys_unavailable", outage({ hang: true })],
  [
    "a weak key is not taken",
    "503 keys_unavailable",
    async (_, lab) => {
      const weak = { ...lab.key.jwk, n: Buffer.alloc(128, 1).toString("base64url") };
      return outage({ body: JSON.stringify({ keys: [weak] }) })(_, lab);
    },
  ],
  [
    "entries that are no keys take no other along",
    "200",
    (_, lab) => {
      const odd = [null, 7, "key", [], {}, { kty: 7 }, { ...lab.key.jwk, n: 7 }, { ...lab.key.jwk, use: ["sig"] }];
      return outage({ body: JSON.stringify({ keys: [...odd, lab.key.jwk] }) })(_, lab);
    },
  ],
  [
    "keys that cannot verify",
    "401 bad_signature",
    async (_, lab) => {
      const number = (fill, last) => Buffer.concat([Buffer.alloc(255, fill), Buffer.from([last])]).toString("base64url");
      const odd = [{ n: number(0, 0) }, { n: number(255, 254) }, { n: number(0, 1) }, { e: "AA" }, { e: "Ag" }, { e: "AQ" },
        { e: Buffer.alloc(300, 255).toString("base64url") }, { n: Buffer.alloc(4096, 255).toString("base64url") }];
      const answers = await Promise.all(odd.map((change) =>
        outage({ body: JSON.stringify({ keys: [{ ...lab.key.jwk, ...change }] }) })(_, lab)));
      for (const { status } of answers) lab.check(status === 401, `${status}`);
      return answers[0];
    },
  ],
  [
    "the keys come back after an outage",
    "200",
    async (_, lab) => {
      const { edge, set } = await published(lab, [lab.key], { status: 500 });
      await edge.signIn();
      set.status = 200;
      await wait(5.5);
      return edge.signIn();
    },
  ],
  [
    "Google changes its keys",
    "200",
    async (_, lab) => {
      const next = await keyPair("g2");
      const { edge, set } = await published(lab, [lab.key]);
      const began = now();
      await edge.signedIn();
      set.keys = [next];
      const early = await edge.signIn({}, { key: next });
      const inPause = now() - began < 29;
      lab.check(!inPause || early.status === 401, `before the pause is over: ${early.status}`);
      await wait(31);
      const answer = await edge.signIn({}, { key: next });
      const old = await edge.signIn();
      lab.check(old.status === 401, `the key that was withdrawn: ${old.status}`);
      lab.check(!inPause || set.hits === 2, `${set.hits} requests`);
      return answer;
    },
  ],

  ["session keys rotated: the older still opens", "200", withKeys(["k2", "k1"], "k1")],
  ["session keys rotated: the newer opens", "200", withKeys(["k2", "k1"], "k2")],
  ["a session key taken away no longer opens", "401 bad_session", withKeys(["k2"], "k1")],
  [
    "renewal signs with the newer key",
    "200",
    async (_, lab) => {
      const edge = await lab.start({ SESSION_KEYS: keySetting("k2", "k1") });
      const answer = await edge.post("validate", {
        cookie: `${SESSION}=${seal(session(), { key: "k1" })}`,
      });
      lab.check(answer.cookies[SESSION].value.startsWith("v1.k2."), "not the newer");
      return answer;
    },
  ],
  [
    "NOT_BEFORE ends what began before it",
    "401 session_revoked",
    async (_, lab) => {
      const edge = await lab.start({ NOT_BEFORE: now() - 100 });
      return edge.withSession(session({ begun: now() - 200 }));
    },
  ],
  [
    "NOT_BEFORE is not outrun by renewal",
    "401 session_revoked",
    async (_, lab) => {
      const edge = await lab.start({ NOT_BEFORE: now() - 100 });
      return edge.post("validate", {
        cookie: `${SESSION}=${seal(session({ begun: now() - 200 }))}`,
      });
    },
  ],
  [
    "NOT_BEFORE lets pass what began after it",
    "200",
    async (_, lab) => {
      const edge = await lab.start({ NOT_BEFORE: now() - 100 });
      return edge.withSession(session());
    },
  ],
  [
    "a session really ends",
    "401 session_expired",
    async (_, lab) => {
      const edge = await lab.start({ SESSION_IDLE_SECONDS: 1 });
      const cookie = await edge.signedIn();
      await wait(2.1);
      return edge.get("/data/manifest.json", { cookie });
    },
  ],
];

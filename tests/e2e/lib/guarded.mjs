// The built page behind the real edge function in workerd, and a stand-in for Google.

import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { CLIENT, DOMAIN, claims, keyPair, publisher, sign } from "../../edge/lib/google.mjs";
import { RUNTIMES, stage } from "../../edge/lib/runtimes.mjs";
import { keySetting } from "../../edge/lib/seal.mjs";
import { serve } from "./server.mjs";
import { askForSignIn, fit } from "./site.mjs";
import { DIST, PROJECT, expect, fixture, test as plain } from "./test.mjs";

export { CLIENT, DOMAIN, expect };

const SCRIPT = path.join(PROJECT, "tests/e2e/lib/google-stand-in.js");

/** Google as a browser meets it: its script, its button's answer, and the page it posts from. */
export class Google {
  /** What is signed for whoever presses the button. */
  account = {};
  /** What the script asked for, in order. */
  asked = [];

  static async start() {
    const google = new Google();
    google.publisher = await publisher();
    google.key = await keyPair("g1");
    google.keys = google.publisher.publish([google.key]);
    return google;
  }

  /** Answers for accounts.google.com in a browser. */
  async attend(context) {
    await context.route("https://accounts.google.com/**", async (route) => {
      const url = new URL(route.request().url());
      if (url.pathname === "/gsi/client") {
        return route.fulfill({ contentType: "text/javascript", path: SCRIPT });
      }
      this.asked.push(url.pathname);
      const credential = await this.token(url.searchParams.get("nonce"));
      if (url.pathname === "/gsi/token") return route.fulfill({ body: credential, headers: OPEN });
      return route.fulfill({ contentType: "text/html", body: form(url, credential) });
    });
  }

  /** A token as Google would sign it now. */
  token(nonce) {
    return sign(claims({ nonce, ...this.account }), this.key);
  }

  close() {
    this.publisher.close();
  }
}

const OPEN = { "access-control-allow-origin": "*" };

/** The page from which Google posts in redirect mode. */
function form(url, credential) {
  const fields = { credential, g_csrf_token: url.searchParams.get("token") };
  const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
  const action = url.searchParams.get("to");
  return `<form method="post" action="${action}">${inputs.join("")}</form>
    <script>document.forms[0].submit()</script>`;
}

/** A copy of the built page with a sign-in in its config.json, and a snapshot. */
async function site({ config, snapshot }) {
  const folder = await mkdtemp(path.join(PROJECT, "target/sign-in-"));
  const copied = (source) => path.relative(DIST, source).split(path.sep)[0] !== "data";
  await cp(DIST, folder, { recursive: true, filter: copied });
  await cp(fixture(snapshot), path.join(folder, "data"), { recursive: true });
  await askForSignIn(folder, CLIENT, config.hostedDomain);
  if (config.text !== undefined) await writeFile(path.join(folder, "config.json"), config.text);
  if (!config.late) await fit(folder);
  return folder;
}

export const test = plain.extend({
  /** What config.json says of the sign-in; `text` replaces the whole file, `late` came after the build. */
  config: [{}, { option: true }],
  /** Variables of the edge; `null` takes one away. */
  settings: [{}, { option: true }],
  /** False for a static host without an edge. */
  edge: [true, { option: true }],
  snapshot: ["chunked", { option: true }],

  google: async ({ context }, use) => {
    const google = await Google.start();
    await google.attend(context);
    await use(google);
    google.close();
  },

  // Cookies that demand encryption are kept for http://localhost, and for no number.
  site: async ({ config, settings, edge, snapshot, google }, use) => {
    const folder = await site({ config, snapshot });
    try {
      await (edge ? behindEdge : asFiles)({ folder, settings, google, use });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});

async function behindEdge({ folder, settings, google, use }) {
  const edge = stage(await mkdtemp(path.join(PROJECT, "target/edge-")));
  const all = {
    GOOGLE_CLIENT_ID: CLIENT,
    SESSION_KEYS: keySetting("k1"),
    ALLOWED_DOMAINS: DOMAIN,
    JWKS_URL: google.keys.url,
    ...settings,
  };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
  const start = () => RUNTIMES.workerd({ folder: edge, site: folder, settings: given, label: "edge" });
  // Somebody else may take the free port first.
  const runtime = await start().catch(start);
  await use({ url: `${runtime.origin.replace("127.0.0.1", "localhost")}/`, log: runtime.log });
  runtime.stop();
  await rm(edge, { recursive: true, force: true });
}

async function asFiles({ folder, use }) {
  const host = await serve({ dist: folder });
  await use({ ...host, url: host.url.replace("127.0.0.1", "localhost"), log: () => "" });
  await host.close();
}

/** Presses Google's button. */
export async function pressGoogle(page) {
  await page.getByRole("button", { name: "Sign in with Google" }).click();
}

/** Everything a page can keep, as one text. */
export function kept(page) {
  return page.evaluate(async () => {
    const stores = [localStorage, sessionStorage].map((store) => JSON.stringify({ ...store }));
    const databases = await indexedDB.databases();
    const caches = await globalThis.caches.keys();
    return [...stores, JSON.stringify(databases), JSON.stringify(caches), location.href].join("\n");
  });
}

/** True while a browser holds a session. */
export async function hasSession(context) {
  return (await context.cookies()).some(({ name, value }) => name === "__Host-session" && value);
}

/** Counts what the policy forbids, in every document of a browser. */
export async function watchPolicy(context) {
  const violations = [];
  await context.exposeFunction("policyBroken", (what) => violations.push(what));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) =>
      globalThis.policyBroken(`${event.effectiveDirective}: ${event.blockedURI}`),
    );
  });
  return violations;
}

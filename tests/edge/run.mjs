// Attacks on the built edge in real workerd and real Deno: `node tests/edge/run.mjs [words]`.
//
// With words, only the cases whose names hold them all are run, and each is listed; `--list` lists
// all. The edge must have been built. With the program of the server in HUB, `hub serve` is attacked
// instead: it guards a site by the same code.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bucketCases } from "./bucket.mjs";
import { CLIENT, DOMAIN, LISTED, keyPair, publisher } from "./lib/google.mjs";
import { Lab } from "./lib/lab.mjs";
import { HUB, RUNTIMES, stage } from "./lib/runtimes.mjs";
import { keySetting } from "./lib/seal.mjs";
import { withSnapshot, writeSite } from "./lib/site.mjs";

const GROUPS = [
  "tokens",
  "claims",
  "nonces",
  "cookies",
  "origins",
  "paths",
  "addresses",
  "ranges",
  "keys",
  "hosts",
  "upstreams",
  "folders",
  "noise",
];

const verbose = process.argv.length > 2;
const words = process.argv.slice(2).filter((word) => word !== "--list");
const temporary = mkdtempSync(join(tmpdir(), "edge-"));
const google = await publisher();
const tally = { passed: 0, failed: 0 };
for (const [name, complaint] of HUB ? [] : await bucketCases()) {
  tally[complaint ? "failed" : "passed"] += 1;
  if (complaint || verbose) console.log(`${complaint ? "FAIL" : "ok  "} ${name} ${complaint ?? ""}`);
}
try {
  const folder = stage(join(temporary, "edge"));
  const sites = {
    "/": writeSite(join(temporary, "site")),
    "/demo/": writeSite(join(temporary, "demo"), "/demo/"),
  };
  if (HUB) for (const [base, site] of Object.entries(sites)) withSnapshot(HUB, CLIENT, site, base);
  const key = await keyPair("g1");
  const foreignKey = await keyPair("g1");
  const encryptionKey = await keyPair("e1");
  encryptionKey.jwk.use = "enc";
  const set = google.publish([key, encryptionKey]);
  const settings = {
    GOOGLE_CLIENT_ID: CLIENT,
    SESSION_KEYS: keySetting("k1"),
    ALLOWED_DOMAINS: DOMAIN,
    ALLOWED_EMAILS: LISTED,
    JWKS_URL: set.url,
  };
  const cases = [];
  for (const group of GROUPS) {
    const { default: list, only } = await import(`./attacks/${group}.mjs`);
    for (const [name, expected, act, runtimes = only] of list)
      cases.push({ name: `${group}: ${name}`, expected, act, runtimes });
  }
  const labs = Object.entries(RUNTIMES).map(
    ([runtime, launch]) =>
      new Lab({
        runtime,
        launch,
        folder,
        sites,
        settings,
        google,
        verbose,
        key,
        foreignKey,
        encryptionKey,
      }),
  );
  await Promise.all(labs.map((lab) => lab.run(cases, words, tally)));
} catch (error) {
  tally.failed += 1;
  console.error(error);
} finally {
  google.close();
  rmSync(temporary, { recursive: true, force: true });
}
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed === 0 && tally.passed > 0 ? 0 : 1);

// Completes what trunk has built: makes the page show the first numbers before the app is there, tells
// it where its JavaScript lies, writes its service worker; that much is the same for all sites. Then the
// program `site` (crates/site) makes a site of it: snapshot, place, configuration, security policy,
// answers for programs, files that hosts read.
//
// Trunk calls this after each build. `HUB_SITE` names that program, `HUB_DATA` the snapshot's folder,
// `HUB_API` that of the answers for programs, `HUB_SAMPLES` that of files to try an import with; `HUB_CLIENT_ID` and `HUB_DOMAIN` ask for a sign-in with
// Google; with `HUB_PRECOMPRESS` browsers may keep the page, and every file that a host may send
// compressed also lies there compressed.

import { execFile } from "node:child_process";
import { cp, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

import { neededNext } from "./ahead.mjs";
import { bundledApp, inOnePiece, withFirstPaint } from "./first-paint.mjs";
import { fillMeta } from "./meta.mjs";
import { documentation } from "./programs.mjs";
import { viewPattern } from "./routes.mjs";
import { reportSizes } from "./size-report.mjs";
import { styled } from "./stylesheets.mjs";

const { env } = process;

async function finishPage(staging) {
  const file = path.join(staging, "index.html");
  const [hash] = await readdir(path.join(staging, "js"));
  const { page: plain, styles } = await styled(await readFile(file, "utf8"), staging);
  const { page, ...app } = await bundledApp(plain, staging, styles);
  const ahead = await neededNext(staging, `js/${hash}`);
  const asBuilt = await withFirstPaint(page, { ...app, ahead });
  // Some writers drop the quotes of an attribute, so each spelling is tried.
  const named = asBuilt.includes('name="hub-js"') ? 'name="hub-js"' : "name=hub-js";
  await writeFile(file, fillMeta(asBuilt, named, `js/${hash}/`));
}

/** The service worker; the views stand in a line of their own, before which a site writes its files. */
async function keeper() {
  const routes = await readFile(path.join(env.TRUNK_SOURCE_DIR, "src/ui/route.rs"), "utf8");
  const script = await inOnePiece("service-worker.js");
  return `const HUB_VIEWS=${JSON.stringify(viewPattern(routes))};\n${script}`;
}

/** Has the folder made a site. */
async function finishSite(staging) {
  const given = [
    ["--base", env.TRUNK_PUBLIC_URL ?? "/"],
    ["--snapshot", env.HUB_DATA ?? path.join(env.TRUNK_SOURCE_DIR, "data/snapshot")],
    ["--answers", env.HUB_API],
    ["--client-id", env.HUB_CLIENT_ID],
    ["--domain", env.HUB_DOMAIN],
  ];
  const options = given.filter(([, value]) => value).flat();
  const packed = env.HUB_PRECOMPRESS ? ["--packed"] : [];
  await promisify(execFile)(env.HUB_SITE, ["finish", staging, ...options, ...packed]);
}

const staging = env.TRUNK_STAGING_DIR;
if (!staging) throw new Error("TRUNK_STAGING_DIR is not set: this script is run by trunk");
if (!env.HUB_SITE) throw new Error("HUB_SITE is not set: build by cargo xtask run or cargo xtask build");

await finishPage(staging);
// A page under development changes all the time, so no browser is to keep it.
if (env.HUB_PRECOMPRESS) await writeFile(path.join(staging, "service-worker.js"), await keeper());
await documentation(path.join(staging, "docs"));
if (env.HUB_SAMPLES) await cp(env.HUB_SAMPLES, path.join(staging, "samples"), { recursive: true });
await finishSite(staging);
if (env.HUB_PRECOMPRESS) {
  await reportSizes(staging, path.join(env.TRUNK_SOURCE_DIR, "target/sizes.json"));
}

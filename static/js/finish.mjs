// Completes what trunk has built: puts the snapshot beside the page, makes the page show the first
// numbers before the app is there, tells it where its JavaScript lies, writes the security policy,
// and adds the files that static hosts read.
//
// Trunk calls this after each build. `HUB_DATA` names the snapshot's folder (data/snapshot), `HUB_API`
// that of the answers for programs, if there are to be any; with `HUB_PRECOMPRESS` every file that a
// host may send compressed also lies there compressed.

import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";

import { isOpen } from "../first-paint/sign-in.js";
import { neededNext } from "./ahead.mjs";
import { appFiles } from "./app-files.mjs";
import { bundledApp, inOnePiece, withFirstPaint } from "./first-paint.mjs";
import { copyFolder } from "./folders.mjs";
import { redirectsFile } from "./hosting.mjs";
import { fillMeta } from "./meta.mjs";
import { precompress } from "./precompress.mjs";
import { answersForPrograms } from "./programs.mjs";
import { viewPattern } from "./routes.mjs";
import { secure, withSignIn } from "./secure.mjs";
import { reportSizes } from "./size-report.mjs";
import { styled } from "./stylesheets.mjs";
import { webManifest } from "./web-manifest.mjs";

async function copySnapshot(staging) {
  const data = process.env.HUB_DATA ?? path.join(process.env.TRUNK_SOURCE_DIR, "data/snapshot");
  const found = await stat(path.join(data, "manifest.json")).catch(() => undefined);
  if (!found) {
    throw new Error(`${data} holds no snapshot (no manifest.json): cargo xtask run builds one`);
  }
  await copyFolder(data, path.join(staging, "data"));
}

async function finishPage(staging, base) {
  const file = path.join(staging, "index.html");
  const [hash] = await readdir(path.join(staging, "js"));
  const { page: plain, styles } = await styled(await readFile(file, "utf8"), staging);
  const { page, ...app } = await bundledApp(plain, staging, styles);
  const config = JSON.parse(await readFile(path.join(staging, "config.json"), "utf8"));
  const ahead = await neededNext(staging, `js/${hash}`);
  // A page under development changes all the time, so no browser is to keep it.
  const keeps = Boolean(process.env.HUB_PRECOMPRESS);
  const asBuilt = await withFirstPaint(page, { ...app, ahead }, config);
  if (keeps) await writeFile(path.join(staging, "service-worker.js"), await keeper(staging, config));
  await writeFile(path.join(staging, "app.webmanifest"), webManifest(base, config));
  // Some writers drop the quotes of an attribute, so each spelling is tried.
  const named = asBuilt.includes('name="hub-js"') ? 'name="hub-js"' : "name=hub-js";
  const withHash = fillMeta(asBuilt, named, `js/${hash}/`);
  // By this mark the service worker knows the page, and the place for which it was built.
  await writeFile(file, keeps ? fillMeta(withHash, "hub-keeps", base) : withHash);
}

/** The service worker, which answers for the app's own addresses and files alone. */
async function keeper(staging, config) {
  const routes = path.join(process.env.TRUNK_SOURCE_DIR, "src/ui/route.rs");
  const pattern = viewPattern(await readFile(routes, "utf8"));
  return inOnePiece("service-worker.js", {
    HUB_FILES: JSON.stringify(await appFiles(staging)),
    HUB_MANIFEST: JSON.stringify(config.snapshot ?? "data/manifest.json"),
    HUB_VIEWS: JSON.stringify(pattern),
  });
}

/** `HUB_CLIENT_ID` and `HUB_DOMAIN` ask for a sign-in with Google. */
async function askForSignIn(staging) {
  const { HUB_CLIENT_ID: clientId, HUB_DOMAIN: domain } = process.env;
  if (!clientId) return;
  const file = path.join(staging, "config.json");
  await writeFile(file, withSignIn(await readFile(file, "utf8"), clientId, domain));
}

const staging = process.env.TRUNK_STAGING_DIR;
const base = process.env.TRUNK_PUBLIC_URL ?? "/";
if (!staging) throw new Error("TRUNK_STAGING_DIR is not set: this script is run by trunk");

await copySnapshot(staging);
await askForSignIn(staging);
await finishPage(staging, base);
// Files that anybody can read would go round a sign-in.
const open = isOpen(await readFile(path.join(staging, "config.json"), "utf8"));
const { HUB_API: answers } = process.env;
const rules = answers && open ? await answersForPrograms(answers, staging, base) : [];
await secure(staging, base);
await writeFile(path.join(staging, "_redirects"), redirectsFile(base, rules));
await writeFile(path.join(staging, ".nojekyll"), "");
if (process.env.HUB_PRECOMPRESS) {
  await precompress(staging);
  await reportSizes(staging, path.join(process.env.TRUNK_SOURCE_DIR, "target/sizes.json"));
}

// Completes what trunk has built: puts the snapshot beside the page, makes the page show the first
// numbers before the app is there, tells it where its JavaScript lies, writes the security policy,
// and adds the files that static hosts read.
//
// Trunk calls this after each build. `HUB_DATA` names the snapshot's folder (data/snapshot); with
// `HUB_PRECOMPRESS` every file that a host may send compressed also lies there compressed.

import { constants } from "node:fs";
import { copyFile, mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";

import { neededNext } from "./ahead.mjs";
import { bundledApp, inOnePiece, withFirstPaint } from "./first-paint.mjs";
import { redirectsFile } from "./hosting.mjs";
import { fillMeta } from "./meta.mjs";
import { oneStylesheet } from "./one-stylesheet.mjs";
import { precompress } from "./precompress.mjs";
import { viewPattern } from "./routes.mjs";
import { secure, withSignIn } from "./secure.mjs";
import { reportSizes } from "./size-report.mjs";

/** Copies a folder's files; a file system that can share the bytes does so. */
async function copyFolder(from, to) {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, target);
    else await copyFile(source, target, constants.COPYFILE_FICLONE);
  }
}

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
  const app = await bundledApp(await readFile(file, "utf8"), staging);
  const page = await oneStylesheet(app.page, staging);
  const config = JSON.parse(await readFile(path.join(staging, "config.json"), "utf8"));
  const ahead = await neededNext(staging, `js/${hash}`);
  // A page under development changes all the time, so no browser is to keep it.
  const keeps = Boolean(process.env.HUB_PRECOMPRESS);
  const asBuilt = await withFirstPaint(page, { ...app, ahead }, config);
  if (keeps) await writeFile(path.join(staging, "service-worker.js"), await keeper());
  // Some writers drop the quotes of an attribute, so each spelling is tried.
  const named = asBuilt.includes('name="hub-js"') ? 'name="hub-js"' : "name=hub-js";
  const withHash = fillMeta(asBuilt, named, `js/${hash}/`);
  // By this mark the service worker knows the page, and the place for which it was built.
  await writeFile(file, keeps ? fillMeta(withHash, "hub-keeps", base) : withHash);
}

/** The service worker, which answers for the app's own addresses alone. */
async function keeper() {
  const routes = path.join(process.env.TRUNK_SOURCE_DIR, "src/route.rs");
  const pattern = viewPattern(await readFile(routes, "utf8"));
  return inOnePiece("service-worker.js", { HUB_VIEWS: JSON.stringify(pattern) });
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
await secure(staging, base);
await writeFile(path.join(staging, "_redirects"), redirectsFile(base));
await writeFile(path.join(staging, ".nojekyll"), "");
if (process.env.HUB_PRECOMPRESS) {
  await precompress(staging);
  await reportSizes(staging, path.join(process.env.TRUNK_SOURCE_DIR, "target/sizes.json"));
}

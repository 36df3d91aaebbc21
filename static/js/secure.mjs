// Makes a built folder's headers and policy fit its config.json.

import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { headersFile } from "./hosting.mjs";
import { fillMeta } from "./meta.mjs";
import { contentSecurityPolicy } from "./security-policy.mjs";

/** Writes the security policy into the page, and `_headers` beside it. */
export async function secure(folder, base) {
  const file = path.join(folder, "index.html");
  const signIn = asksForSignIn(await readFile(path.join(folder, "config.json"), "utf8"));
  const page = await readFile(file, "utf8");
  const policy = contentSecurityPolicy(page, signIn);
  // Whoever must sign in first is not asked for the snapshot before.
  const early = signIn && page.includes("hub-snapshot") ? fillMeta(page, "hub-snapshot", "") : page;
  const html = fillMeta(early, "http-equiv", policy);
  await writeFile(file, html);
  // Hosts without rewrites show this file for addresses they do not know.
  await writeFile(path.join(folder, "404.html"), html);
  const headers = headersFile(base, policy, await readdir(folder), signIn);
  await writeFile(path.join(folder, "_headers"), headers);
}

/** True as soon as a sign-in is mentioned, whether it is set up rightly or not. */
export function asksForSignIn(config) {
  return Object.hasOwn(JSON.parse(config), "signIn");
}

/** The text of a config.json with the sign-in of a client id and, if given, one domain. */
export function withSignIn(config, clientId, hostedDomain) {
  if (!/^[\w.-]+\.apps\.googleusercontent\.com$/.test(clientId)) {
    throw new Error(`${clientId} is no client id of Google's console (….apps.googleusercontent.com)`);
  }
  const signIn = { ...JSON.parse(config).signIn, clientId, ...(hostedDomain && { hostedDomain }) };
  return `${JSON.stringify({ ...JSON.parse(config), signIn }, undefined, 2)}\n`;
}

// Makes a built folder's headers and policy fit its config.json.

import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { asksForSignIn, mayBeKept } from "../first-paint/sign-in.js";
import { headersFile } from "./hosting.mjs";
import { fillMeta } from "./meta.mjs";
import { otherOrigins, contentSecurityPolicy } from "./security-policy.mjs";

/** Writes the security policy into the page, and `_headers` beside it. */
export async function secure(folder, base) {
  const file = path.join(folder, "index.html");
  const text = await readFile(path.join(folder, "config.json"), "utf8");
  const config = JSON.parse(text);
  const signIn = asksForSignIn(config);
  const page = await readFile(file, "utf8");
  const policy = contentSecurityPolicy(page, signIn, otherOrigins(config));
  const html = fillMeta(signIn ? closed(page, mayBeKept(text)) : page, "http-equiv", policy);
  await writeFile(file, html);
  // Hosts without rewrites show this file for addresses they do not know.
  await writeFile(path.join(folder, "404.html"), html);
  const headers = headersFile(base, policy, await readdir(folder), signIn);
  await writeFile(path.join(folder, "_headers"), headers);
}

/**
 * The page for readers who must sign in first: no snapshot is asked for before, no copy is kept unless
 * the configuration has it so.
 */
function closed(page, isKept) {
  const emptied = (html, name) => (html.includes(name) ? fillMeta(html, name, "") : html);
  return ["hub-snapshot", ...(isKept ? [] : ["hub-keeps"])].reduce(emptied, page);
}

/** The text of a config.json with the sign-in of a client id and, if given, one domain. */
export function withSignIn(config, clientId, hostedDomain) {
  if (!/^[\w.-]+\.apps\.googleusercontent\.com$/.test(clientId)) {
    throw new Error(`${clientId} is no client id of Google's console (….apps.googleusercontent.com)`);
  }
  const signIn = { ...JSON.parse(config).signIn, clientId, ...(hostedDomain && { hostedDomain }) };
  return `${JSON.stringify({ ...JSON.parse(config), signIn }, undefined, 2)}\n`;
}

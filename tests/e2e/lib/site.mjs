// What makes a site of the built page, as a program: crates/site.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { fixture } from "./test.mjs";

const SITE = fixture(process.platform === "win32" ? "site.exe" : "site");

const run = (...args) => promisify(execFile)(SITE, args);

/** Makes headers and policy of a built folder fit its config.json. */
export async function fit(folder, base = "/") {
  await run("fit", folder, "--base", base);
}

/** Puts a sign-in into the config.json of a built folder. */
export async function askForSignIn(folder, clientId, domain) {
  await run("sign-in", folder, "--client-id", clientId, ...(domain ? ["--domain", domain] : []));
}

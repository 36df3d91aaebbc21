// Playwright's `test` with a host of its own for each test.
//
// `test.use({ snapshot: "superstore" })` chooses what the page shows; `site` is the host (see
// server.mjs), `expected` the numbers that native code computes from the same snapshot, and
// `complaints` what the browser's console has complained of.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { test as playwright } from "@playwright/test";

import { serve } from "./server.mjs";

export { expect } from "@playwright/test";

/** The project's folder. */
export const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");

/** The release build. */
export const DIST = path.join(PROJECT, "target/tested");

/** The engine without the page, and its native twin. */
export const PROBE = path.join(PROJECT, "target/probe");

const FIXTURES = path.join(PROJECT, "target/fixtures");

/** What Chromium says of drawing in 3D without a graphics card, and Playwright of a page to keep. */
const HARMLESS = /GPU stall due to ReadPixels|willReadFrequently|Service Worker registration blocked/;

/** The folder of a snapshot made for the tests. */
export function fixture(name) {
  return path.join(FIXTURES, name);
}

/** A snapshot's manifest. */
export async function manifest(name) {
  return JSON.parse(await readFile(path.join(fixture(name), "manifest.json"), "utf8"));
}

/** Where a snapshot's packs lie, as the page reads it. */
export async function places(name) {
  const { path: file } = (await manifest(name)).file.places;
  return JSON.parse(await readFile(path.join(fixture(name), file), "utf8"));
}

/** The numbers that native code computes from a snapshot. */
export async function numbersOf(name) {
  return JSON.parse(await readFile(`${fixture(name)}.json`, "utf8"));
}

export const test = playwright.extend({
  snapshot: ["demo", { option: true }],

  site: async ({ snapshot }, use) => {
    const site = await serve({ dist: DIST, folders: { "data/": fixture(snapshot), "probe/": PROBE } });
    await use(site);
    await site.close();
  },

  expected: async ({ snapshot }, use) => {
    await use(await numbersOf(snapshot));
  },

  complaints: async ({ page }, use) => {
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      const serious = ["error", "warning"].includes(message.type());
      if (serious && !HARMLESS.test(message.text())) complaints.push(message.text());
    });
    await use(complaints);
  },
});

// Runs the tests of the served release build: `cargo xtask test browser`.

import path from "node:path";
import { fileURLToPath } from "node:url";

import { defineConfig } from "@playwright/test";

import { launchOptions } from "./lib/chromium.mjs";

const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

export default defineConfig({
  testDir: ".",
  outputDir: path.join(project, "target/playwright"),
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  // A busy machine can outlast a time limit once; what fails twice is broken.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    launchOptions: launchOptions(),
    locale: "en-US",
    // Every test is a first visit, but those of repeat-visit.spec.mjs.
    serviceWorkers: "block",
    viewport: { width: 1440, height: 900 },
    // Recording costs a fifth of the time, so that only what failed once is recorded.
    trace: "on-first-retry",
    screenshot: "only-on-failure",
  },
});

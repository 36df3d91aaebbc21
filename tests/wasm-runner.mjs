// Runs one file of WebAssembly tests in the project's Chromium; cargo calls this as its runner.
//
// wasm-bindgen-test-runner serves the tests, a page runs them, and the page's own report, which
// looks like any other report of cargo test, goes to the terminal.

import { spawn } from "node:child_process";

import { chromium } from "@playwright/test";

import { launchOptions } from "./e2e/lib/chromium.mjs";

const LIMIT_MS = 180_000;
const ADDRESS = /available at (http:\/\/\S+)/;

/** Waits until the server says where it is, or until it ends because there is nothing to run. */
function address(server) {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stdout.on("data", (text) => {
      said += text;
      const found = ADDRESS.exec(said);
      if (found) resolve(found[1]);
    });
    server.on("error", reject);
    server.on("close", (code) => {
      if (!ADDRESS.test(said)) process.stdout.write(said);
      if (code === 0) resolve(undefined);
      else reject(new Error(`wasm-bindgen-test-runner ended with ${code}`));
    });
  });
}

/** Opens the page, waits for its report, prints it, and says whether every test passed. */
async function report(url) {
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    const messages = [];
    page.on("pageerror", (error) => messages.push(String(error)));
    await page.goto(url);
    const output = page.locator("#output");
    const finished = await output
      .filter({ hasText: /test result: / })
      .waitFor({ timeout: LIMIT_MS })
      .then(() => true, () => false);
    const text = (await output.textContent()) ?? "";
    process.stdout.write(`${text.trim()}\n`);
    if (!finished) console.log(["the tests did not come to an end", ...messages].join("\n"));
    return finished && text.includes("test result: ok");
  } finally {
    await browser.close();
  }
}

const server = spawn("wasm-bindgen-test-runner", process.argv.slice(2), {
  env: { ...process.env, NO_HEADLESS: "1", WASM_BINDGEN_TEST_ADDRESS: "127.0.0.1:0" },
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const url = await address(server);
  process.exitCode = url === undefined || (await report(url)) ? 0 : 1;
} finally {
  server.kill();
}

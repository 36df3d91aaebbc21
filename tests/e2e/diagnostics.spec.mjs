// How a visit went: on a view of its own, as a text, and, where the host asks for it, in a summary that
// leads to nobody.

import { cp, readFile, writeFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";

import { open, ready } from "./lib/page.mjs";
import { serve } from "./lib/server.mjs";
import { fit } from "./lib/site.mjs";
import { DIST, expect, fixture, manifest, test } from "./lib/test.mjs";

/** The lines of a part of the view: `{ name: value }`. */
async function lines(page, name) {
  return page.getByRole("region", { name, exact: true }).evaluate((part) => {
    const texts = (tag) => [...part.querySelectorAll(tag)].map((it) => it.textContent.trim());
    const [names, values] = [texts("dt"), texts("dd")];
    return Object.fromEntries(names.map((name, at) => [name, values[at]]));
  });
}

test("requests, times, versions, storage and browser are told", async ({ page, site }) => {
  await open(page, `${site.url}dashboard`);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  await page.getByRole("link", { name: /^Diagnostics/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Diagnostics" })).toBeVisible();
  await ready(page);
  const { meta } = await manifest("demo");
  const versions = await lines(page, "Versions");
  expect(versions["Snapshot id"]).toBe(meta.snapshot_id);
  expect(versions.Program).toMatch(/^app-[0-9a-f]{16}\.js$/);
  const times = await lines(page, "Times since the visit began");
  for (const name of ["First number on the screen", "Page can be used", "Page is complete"]) {
    expect(times[name], name).toMatch(/^[\d,]+ ms$/);
  }
  const requests = await lines(page, "Requests");
  expect(requests.Program).toMatch(/^[1-9]\d* asked for, \d/);
  expect(requests["Parts of the snapshot, workers included"]).toMatch(/^[1-9]\d* asked for, \d/);
  expect((await lines(page, "Storage of the browser"))["At most"]).toMatch(/MB$/);
  expect((await lines(page, "Browser")).Clock).toBe("right");
  await expect(page.getByRole("region", { name: "Errors of this visit" })).toContainText("None.");
  await expect(page.getByText("nothing is sent anywhere")).toBeVisible();
});

test("errors of the visit are listed, and all of it is copied as a text", async ({ page, site, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, `${site.url}diagnostics`);
  await page.evaluate(() => reportError(new Error("from a script")));
  await page.getByRole("button", { name: "Measure again" }).click();
  await expect(page.getByRole("region", { name: "Errors of this visit" })).toContainText("From a script.");
  await page.getByRole("button", { name: "Copy as text" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain("Versions\n");
  expect(text).toContain("script: from a script");
});

/** A host of its own that keeps what it is sent. */
async function listener() {
  const sent = [];
  const server = http.createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    sent.push({ method: request.method, text: Buffer.concat(parts).toString() });
    response.writeHead(204).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve)));
  return { url: `http://127.0.0.1:${server.address().port}/hub`, sent, close };
}

/** The page as it is built for a host that wants to be told. */
async function built(folder, beacon) {
  await cp(DIST, folder, { recursive: true });
  const file = path.join(folder, "config.json");
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, "utf8")), diagnostics: { beacon } }));
  await fit(folder);
  return serve({ dist: folder, folders: { "data/": fixture("demo") } });
}

/** Puts a page aside as another tab would. */
async function putAside(page) {
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
}

test("a summary goes to the host that asks for it, and leads to nobody", async ({ page, complaints }, info) => {
  const host = await listener();
  const hub = await built(info.outputPath("dist"), host.url);
  await open(page, `${hub.url}customers/C0000021?segment=High+Value`);
  const name = await page.getByRole("heading", { level: 1 }).innerText();
  await open(page, `${hub.url}sql?sql=SELECT+email+FROM+customer_360`);
  await expect.poll(() => page.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => name.includes("/diagnostics.js")))).toBe(true);
  await expect
    .poll(async () => {
      await putAside(page);
      return host.sent.length;
    })
    .toBe(1);
  const [{ method, text }] = host.sent;
  expect(method).toBe("POST");
  const summary = JSON.parse(text);
  expect(Object.keys(summary).sort()).toEqual(["errors", "format", "requests", "snapshot", "times", "version"]);
  expect(summary.snapshot).toBe((await manifest("demo")).meta.snapshot_id);
  expect(Object.keys(summary.times).sort()).toEqual(["first_number", "long_tasks", "longest_task", "ready", "usable"]);
  for (const hidden of ["C0000021", "High", "SELECT", "email", "segment", "customers", "sql", name, "127.0.0.1"]) {
    expect(text, hidden).not.toContain(hidden);
  }
  expect(complaints).toEqual([]);
  await open(page, `${hub.url}diagnostics`);
  await expect(page.getByText(host.url)).toBeVisible();
  await hub.close();
  await host.close();
});

test("without a word of the host nothing is sent and nothing is fetched for it", async ({ page, site }) => {
  let sent = 0;
  await page.exposeFunction("sent", () => (sent += 1));
  await page.addInitScript(() => {
    navigator.sendBeacon = () => (window.sent(), true);
  });
  await open(page, `${site.url}dashboard`);
  await putAside(page);
  expect(sent).toBe(0);
  expect(site.requests.some(({ path }) => path.endsWith("/diagnostics.js"))).toBe(false);
});

test("an address that can be read along is refused", async ({ page, site }) => {
  await page.route("**/config.json", (route) => route.fulfill({ json: { diagnostics: { beacon: "http://logs.example/" } } }));
  await open(page, `${site.url}dashboard`);
  await expect(page.getByText(/config\.json, diagnostics\.beacon: expected a path on the page's own host/)).toBeVisible();
});

// A long list as a file: whole, in few requests, and whatever the line does meanwhile.

import { readFile } from "node:fs/promises";

import { forgetful, open } from "./lib/page.mjs";
import { native } from "./lib/probe.mjs";
import { expect, test } from "./lib/test.mjs";

test.use({ snapshot: "many" });

const take = (page) => page.getByRole("button", { name: "Download the list as CSV" }).click();
const reading = (page) => page.getByRole("progressbar", { name: "Reading the list" });
const count = (page) => page.locator("#customers-title data").getAttribute("value").then(Number);
const saved = async (download) => readFile(await (await download).path(), "utf8");

/** The rows of a file, without what stands above them; no marks against formulas. */
function rowsOf(text) {
  const cell = /("(?:[^"]|"")*"|[^",\r]*)(,|\r\n|$)/y;
  const rows = [[]];
  for (cell.lastIndex = text.startsWith("\uFEFF") ? 1 : 0; cell.lastIndex < text.length; ) {
    const [, quoted, end] = cell.exec(text);
    rows.at(-1).push(quoted.replace(/^"|"$/g, "").replaceAll('""', '"').replaceAll("'", ""));
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(rows.findIndex(([first]) => first === "Customer id") + 1, -1);
}

/** Who all customers are, as the database says: id, first name, last name, e-mail. */
async function everybody() {
  const texts = ["customer_id", "first_name", "last_name", "email"].map((name) => `COALESCE(${name}, '')`);
  const sql = `SELECT hex(group_concat(${texts.join(" || char(31) || ")}, char(30))) AS all_of_them FROM customer_360`;
  const hex = /[0-9A-F]{100,}/.exec(JSON.stringify(await native("many", [{ sql }])))[0];
  const people = Buffer.from(hex, "hex").toString("utf8").replaceAll("'", "").split("\u001e");
  return people.map((person) => person.split("\u001f"));
}

/** Requests for the snapshot since a moment, and the bytes that they asked for. */
function asked(site, since) {
  const ranges = site.requests.slice(since).filter(({ path }) => path.includes("/data/snapshot-"));
  const length = ({ range }) => {
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(range);
    return to - from + 1;
  };
  return { requests: ranges.length, bytes: ranges.reduce((all, request) => all + length(request), 0) };
}

test("everybody of a long list is in the file, by few requests and in the list's order", async ({ page, site }) => {
  await open(page, `${site.url}customers?sort=orders&order=asc`);
  const listed = await count(page);
  expect(listed).toBeGreaterThan(10_000);
  const since = site.requests.length;
  const download = page.waitForEvent("download");
  await take(page);
  const rows = rowsOf(await saved(download));
  const { requests, bytes } = asked(site, since);
  expect(requests).toBeGreaterThan(0);
  expect(requests).toBeLessThanOrEqual(4);
  expect(bytes).toBeLessThan(500_000);
  expect(rows.length).toBe(listed);
  const people = new Map((await everybody()).map((person) => [person[0], person]));
  expect(people.size).toBe(20_000);
  expect(rows.map((row) => row.slice(0, 4))).toEqual(rows.map(([id]) => people.get(id)));
  expect(new Set(rows.map(([id]) => id)).size).toBe(listed);
  const orders = rows.map((row) => Number(row.at(-4)));
  expect(orders).toEqual(orders.toSorted((one, other) => one - other));
  const again = page.waitForEvent("download");
  await take(page);
  expect(rowsOf(await saved(again))).toEqual(rows);
});

test("a line that is cut delays a file, and changes nothing in it", async ({ page, browser, site }) => {
  // A browser of its own: what it has read must not be at hand in the other one.
  const other = await browser.newContext();
  const there = await other.newPage();
  await open(there, `${site.url}customers?segment=Low+Value`);
  const first = there.waitForEvent("download");
  await take(there);
  const whole = await saved(first);
  await other.close();
  await open(page, `${site.url}customers?segment=Low+Value`);
  // The names in sight came with those of many others.
  await forgetful(page);
  site.faults.add({ kind: "cut", match: "/data/snapshot-" });
  const second = page.waitForEvent("download");
  await take(page);
  await expect(page.getByRole("status").filter({ hasText: "It goes on by itself" })).toBeVisible();
  site.faults.clear();
  expect(await saved(second)).toBe(whole);
});

test("a file can be stopped, and begun again", async ({ page, site }) => {
  await open(page, `${site.url}customers`);
  await forgetful(page);
  site.faults.add({ kind: "hang", match: "/data/snapshot-" });
  await take(page);
  await expect(reading(page)).toBeVisible();
  await expect(page.getByText(/^0 of [\d,]+ written, /)).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(reading(page)).toHaveCount(0);
  site.faults.clear();
  const download = page.waitForEvent("download");
  await take(page);
  expect(rowsOf(await saved(download)).length).toBe(await count(page));
});

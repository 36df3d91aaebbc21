// A manifest whose record of the first view is damaged, or was made to do harm: the page goes on
// without it, or says what is wrong.

import { readFile } from "node:fs/promises";
import path from "node:path";

import * as esbuild from "esbuild";

import { textOf } from "../../static/first-paint/body.js";
import { isBeside } from "../../static/first-paint/beside.js";
import { FORMAT } from "../../static/first-paint/record.js";
import { asksForSignIn, isOpen } from "../../static/first-paint/sign-in.js";
import { PROJECT, expect, manifest, test } from "./lib/test.mjs";

// Each test makes many visits.
test.describe.configure({ timeout: 180_000 });

/** Reading and painting of a record, as a script that puts both within reach. */
async function readerAndPainter() {
  const contents = `
    import { layOut, paint } from "./paint.js";
    import { record } from "./record.js";
    import { openSettings } from "./sign-in.js";
    Object.assign(globalThis, { layOut, openSettings, paint, record });
  `;
  const resolveDir = path.join(PROJECT, "static/first-paint");
  const built = await esbuild.build({ stdin: { contents, resolveDir }, bundle: true, write: false });
  return built.outputFiles[0].text;
}

test("whatever stands in a record, it is shown or left out, and nothing is thrown", async ({ page, site }) => {
  // Without the app nothing takes the place of the template.
  await page.route(/_bg\.wasm$/, (route) => route.abort());
  await page.goto(`${site.url}help`);
  await page.getByRole("alert").waitFor();
  await page.evaluate(await readerAndPainter());
  const { format_version, first_view: view, meta } = await manifest("demo");
  view.answers = [];
  const sound = {
    config: { brand: { name: "Shop", logo: "icons/logo.svg", accent: "#123456" }, locale: "en-US" },
    manifest: { format_version, first_view: view, meta: { snapshot_id: meta.snapshot_id, demo: false, source: "Shop" } },
  };
  const counts = await page.evaluate((sound) => {
    const odd = [undefined, null, true, 0, -1, 1e308, "", " ", "http://[", "//x", "a".repeat(100_000)];
    odd.push([], {}, [[]], [null], Array(5_000).fill({}), JSON.parse('{"__proto__": {"signIn": 1}}'));
    const long = sound.manifest.first_view.headline;
    odd.push(Array(2_000).fill(long[0]), { toString: 1, valueOf: 1 }, "M0 0" + "C1 1 1 1 1 1".repeat(5_000));
    const places = (value, way = []) =>
      typeof value === "object" && value !== null
        ? Object.keys(value).flatMap((key) => [[...way, key], ...places(value[key], [...way, key])])
        : [];
    const text = JSON.stringify(sound);
    const described = new URL("data/manifest.json", document.baseURI).href;
    const answer = (url, value) => ({ url, status: 200, text: JSON.stringify(value) ?? "" });
    const counts = { shown: 0, left: 0, most: 0, elsewhere: 0 };
    const tryOut = ({ config, manifest }) => {
      const settings = globalThis.openSettings(answer("", config).text);
      const found = globalThis.record({ settings }, answer(described, manifest));
      counts[found ? "shown" : "left"] += 1;
      if (!found) return;
      counts.most = Math.max(counts.most, found.headline.length);
      if (found.rest && !found.rest.startsWith(new URL("data/", document.baseURI))) counts.elsewhere += 1;
      const laid = globalThis.layOut();
      globalThis.paint(laid, found);
      laid.shell.remove();
    };
    tryOut(sound);
    for (const way of places(sound)) {
      for (const value of odd) {
        const changed = JSON.parse(text);
        const last = way.at(-1);
        const inner = way.slice(0, -1).reduce((at, key) => at[key], changed);
        if (value === undefined && !Array.isArray(inner)) delete inner[last];
        else inner[last] = value;
        tryOut(changed);
      }
    }
    return counts;
  }, sound);
  expect(counts.shown).toBeGreaterThan(100);
  expect(counts.left).toBeGreaterThan(500);
  expect(counts.most).toBeLessThanOrEqual(24);
  expect(counts.elsewhere).toBe(0);
});

test("everybody comes in where nothing can ask for a sign-in, as the app and the server judge", async () => {
  const cases = (await readFile(path.join(PROJECT, "crates/door/tests/cases.txt"), "utf8")).split("\n").slice(0, -1);
  for (const [verdict, text] of cases.map((line) => line.split(/ (.*)/))) {
    expect(isOpen(text), text).toBe(verdict === "open");
    if (verdict !== "broken") expect(asksForSignIn(JSON.parse(text)), text).toBe(verdict === "asks");
  }
  expect(cases.length).toBeGreaterThan(70);
  expect(isOpen(undefined)).toBe(false);
});

test("the names of a sign-in are the same to the app, the first paint and the reader", async () => {
  const code = await readFile(path.join(PROJECT, "crates/door/src/names.rs"), "utf8");
  const [, list] = /const MEANT: \[&str; \d+\] = \[([^\]]+)\]/.exec(code);
  const names = list.match(/\w+/g);
  for (const name of [...names, "auth", "hd"]) expect(asksForSignIn({ [name]: 1 }), name).toBe(true);
  const told = await readFile(path.join(PROJECT, "docs/configuration.md"), "utf8");
  const [, said] = /- a name that speaks of a sign-in([^:]+):/.exec(told);
  expect(said.match(/(?<=`)\w+(?=`)/g).sort()).toEqual([...names, "auth", "author", "hd"].sort());
});

test("the first paint reads the format that the app reads", async () => {
  const code = await readFile(path.join(PROJECT, "crates/snapshot/src/lib.rs"), "utf8");
  expect(FORMAT).toBe(Number(/FORMAT_VERSION: u32 = (\d+);/.exec(code)[1]));
});

test("the first paint takes the paths that the app takes", async () => {
  const cases = await readFile(path.join(PROJECT, "crates/snapshot/tests/paths.txt"), "utf8");
  for (const line of cases.split("\n").filter(Boolean)) {
    expect(isBeside(JSON.parse(line.slice(2))), line).toBe(line.startsWith("+"));
  }
  for (const odd of [undefined, null, 1, ["a"], {}]) expect(isBeside(odd)).toBe(false);
});

test("an answer without an end is not read to its end", async () => {
  let [sent, ended] = [0, false];
  const pull = (controller) => controller.enqueue(new Uint8Array(1_000).fill(97 + (sent++ % 2)));
  const body = new ReadableStream({ pull, cancel: () => void (ended = true) });
  expect(await textOf(body, 100_000)).toBe(undefined);
  expect(sent).toBeLessThan(110);
  expect(ended).toBe(true);
  expect(await textOf(new Response("\ufeffä").body, 5)).toBe("ä");
  expect(await textOf(new Response("äää").body, 5)).toBe(undefined);
  expect(await textOf(null, 5)).toBe("");
});

const DAMAGE = {
  "its period is missing": (view) => delete view.period,
  "its file has no address": (view) => (view.more.path = "http://["),
  "its file is on another host": (view) => (view.more.path = "//other.example/rest.json"),
  "it names thousands of figures": (view) => (view.headline = Array(20_000).fill(view.headline[0])),
  "it is a number": (view, all) => (all.first_view = 5),
};

test("the page goes on without a damaged record, or says what is wrong", async ({ page, site }) => {
  for (const [what, damage] of Object.entries(DAMAGE)) {
    const described = await manifest("demo");
    damage(described.first_view, described);
    await page.route("**/data/manifest.json", (route) => route.fulfill({ json: described }));
    // A page that refuses its manifest does not come to rest: it tries again.
    await page.goto(`${site.url}dashboard`);
    const told = page.getByRole("alert").or(page.locator("[data-kpi] data")).first();
    await expect(told, what).toBeVisible();
    await expect(page.locator(".shell[data-stage], #first-view"), what).toHaveCount(0);
    await page.unroute("**/data/manifest.json");
  }
});

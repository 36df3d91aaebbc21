// A host that is home to others beside the hub: what is theirs stays theirs, and what is kept for a
// later visit is the hub's own page or nothing.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { hubPage } from "../../static/first-paint/proof.js";
import { viewPattern } from "../../static/js/routes.mjs";
import { changing, keptAgain, keptNothing, visitedOnce } from "./lib/kept.mjs";
import { VIEWS, kpis, ready } from "./lib/page.mjs";
import { serve } from "./lib/server.mjs";
import { fit } from "./lib/site.mjs";
import { DIST, PROJECT, expect, fixture, test } from "./lib/test.mjs";

// Each test makes many visits.
test.describe.configure({ timeout: 180_000 });

test.use({ serviceWorkers: "allow" });

const PLACES = [
  { base: "/", dist: DIST },
  { base: "/shop/hub/", dist: path.join(PROJECT, "target/tested-below") },
];
const CLIENT = "1-a.apps.googleusercontent.com";

/** A host with the hub and two sites of other people, one of them below the hub's own path. */
async function shared(folder, { base, dist }) {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "index.html"), "<!DOCTYPE html><title>Other</title><h1>Of others</h1>");
  const others = { "/other/": folder, [`${base}handbook/`]: folder };
  return serve({ base, dist, others, folders: { "data/": fixture("small") } });
}

/** How the host answers for the hub's own address, once or until its faults are cleared. */
const atHome = (site, fault) => site.faults.add({ match: new RegExp(`^${new URL(site.url).pathname}$`), ...fault });

const FOREIGN = { "content-type": "text/html; charset=utf-8" };
const foreign = { kind: "answer", headers: FOREIGN, body: "<!DOCTYPE html><h1>Of others</h1>" };

test("a kept page stands for the views of the app, and for no other address", async () => {
  const routes = await readFile(path.join(PROJECT, "src/ui/route.rs"), "utf8");
  const isView = new RegExp(viewPattern(routes));
  for (const view of [...VIEWS, "index.html", "customers/a%2Fb", "customers/a.b"]) {
    expect(isView.test(view), view).toBe(view !== "no-such-view");
  }
  const others = ["not-found", "customers/", "customers/1/2", "kpi", "dashboard/x", "x/dashboard", "index-html"];
  for (const other of [...others, "/dashboard", "dashboard.html", "data/manifest.json", "handbook/"]) {
    expect(isView.test(other), other).toBe(false);
  }
});

for (const place of PLACES) {
  test(`under ${place.base}, addresses of others are left to them`, async ({ context }, info) => {
    const site = await shared(info.outputPath("other"), place);
    await visitedOnce(context, site);
    const page = await context.newPage();
    for (const address of [`${site.origin}/other/`, `${site.url}handbook/`]) {
      const answer = await page.goto(address);
      expect(answer.fromServiceWorker(), address).toBe(false);
      await expect(page.getByRole("heading")).toHaveText("Of others");
    }
    expect((await page.goto(`${site.url}data/manifest.json`)).fromServiceWorker()).toBe(false);
    for (const view of ["", "index.html", "customers/a%2Fb?segment=High%20Value"]) {
      const answer = await page.goto(site.url + view, { waitUntil: "commit" });
      expect(answer.fromServiceWorker(), view).toBe(true);
    }
    await site.close();
  });

  test(`under ${place.base}, a page that is missing once is not replaced by another`, async ({ context }, info) => {
    const site = await shared(info.outputPath("other"), place);
    await visitedOnce(context, site);
    site.faults.add({ kind: "status", status: 404, match: /\/(dashboard)?$/, times: 1 });
    const page = await context.newPage();
    await page.goto(`${site.url}dashboard`);
    await ready(page);
    site.faults.clear();
    await page.goto(`${site.origin}/other/`);
    await page.goto(`${site.url}handbook/`);
    for (let visit = 0; visit < 2; visit += 1) {
      await page.goto(`${site.url}dashboard`);
      await ready(page);
      expect(Object.keys(await kpis(page))).toHaveLength(4);
    }
    await site.close();
  });
}

test("another page at the hub's address ends what is kept; trouble and silence do not", async ({ context }, info) => {
  const site = await shared(info.outputPath("other"), PLACES[0]);
  await visitedOnce(context, site);
  const page = await context.newPage();
  const visit = async () => (await page.goto(`${site.url}dashboard`, { waitUntil: "commit" })).fromServiceWorker();
  atHome(site, { kind: "status", status: 503 });
  expect(await visit()).toBe(true);
  await ready(page);
  site.faults.clear();
  const elsewhere = { kind: "answer", status: 302, headers: { location: "http://127.0.0.1:9/sign-in" } };
  for (const fault of [foreign, elsewhere]) {
    atHome(site, fault);
    expect(await visit()).toBe(true);
    // The page is kept anew when it has come to rest, which would hide that it was given up.
    await page.goto(`${site.origin}/other/`);
    await keptNothing(page);
    site.faults.clear();
    expect(await visit()).toBe(false);
    await ready(page);
    await keptAgain(page);
  }
  await site.close();
});

for (const kind of ["portal", "redirected"]) {
  test(`a network's owner who answers for the host ends nothing that is kept: ${kind}`, async ({ context }, info) => {
    const site = await shared(info.outputPath("other"), PLACES[0]);
    await visitedOnce(context, site);
    const page = await context.newPage();
    const visit = () => page.goto(`${site.url}dashboard`, { waitUntil: "commit" });
    site.faults.add({ match: /./, kind });
    expect((await visit()).fromServiceWorker()).toBe(true);
    await ready(page);
    expect(Object.keys(await kpis(page))).toHaveLength(4);
    await expect(page.locator('[data-notice="offline"]')).toBeVisible();
    // From now on the reader is led to who answers, and may sign in there.
    await expect.poll(async () => (await visit()) && page.title()).toBe("Welcome");
    expect(await page.evaluate(() => caches.match("/").then(Boolean))).toBe(true);
    await page.context().setOffline(true);
    await visit();
    await ready(page);
    await page.context().setOffline(false);
    site.faults.clear();
    await expect.poll(async () => (await visit()) && page.evaluate(() => caches.match("/?doubt").then(Boolean))).toBe(false);
    expect((await visit()).fromServiceWorker()).toBe(true);
    await ready(page);
    await expect(page.locator('[data-notice="offline"]')).toHaveCount(0);
    await site.close();
  });
}

/** Writes down that for some days nobody has known who answers. */
const doubted = (page, days) =>
  page.evaluate(async (since) => {
    const name = (await caches.keys()).find((name) => name.startsWith("insights-hub.page."));
    await (await caches.open(name)).put("/?doubt", new Response(String(since)));
  }, Date.now() - days * 24 * 60 * 60 * 1_000);

test("where it is not known who answers, silence and trouble show the kept page", async ({ context }, info) => {
  const site = await shared(info.outputPath("other"), PLACES[0]);
  await visitedOnce(context, site);
  const page = await context.newPage();
  await page.goto(`${site.origin}/other/`);
  await doubted(page, 1);
  for (const fault of [{ kind: "hang" }, { kind: "reset" }, { kind: "status", status: 503 }, { kind: "status", status: 429 }]) {
    site.faults.add({ match: /^\/(dashboard)?$/, ...fault });
    const name = JSON.stringify(fault);
    expect((await page.goto(`${site.url}dashboard`, { waitUntil: "commit" })).fromServiceWorker(), name).toBe(true);
    await ready(page);
    expect(Object.keys(await kpis(page)), name).toHaveLength(4);
    site.faults.clear();
    await page.goto(`${site.origin}/other/`);
    expect(await page.evaluate(() => caches.match("/").then(Boolean)), name).toBe(true);
  }
  await site.close();
});

test("a host that has not been found for a week is gone, and what was kept of it", async ({ context }, info) => {
  const site = await shared(info.outputPath("other"), PLACES[0]);
  await visitedOnce(context, site);
  const page = await context.newPage();
  const visit = () => page.goto(`${site.url}dashboard`, { waitUntil: "commit" });
  await page.goto(`${site.origin}/other/`);
  for (const [days, isKept] of [[6, true], [8, false]]) {
    await doubted(page, days);
    atHome(site, foreign);
    site.faults.add({ match: "service-worker.js", ...foreign });
    await visit();
    await page.goto(`${site.origin}/other/`);
    const kept = () => page.evaluate(() => caches.match("/").then(Boolean));
    if (isKept) expect(await kept()).toBe(true);
    else await expect.poll(kept).toBe(false);
    site.faults.clear();
  }
  await site.close();
});

test("a host that refuses the data in a page of its own ends what is kept of it", async ({ context }, info) => {
  const site = await shared(info.outputPath("other"), PLACES[0]);
  await visitedOnce(context, site);
  const page = await context.newPage();
  const isKept = () => page.evaluate(() => caches.match("/data/manifest.json").then(Boolean));
  await page.goto(`${site.origin}/other/`);
  expect(await isKept()).toBe(true);
  const refusal = { kind: "answer", status: 403, headers: FOREIGN, body: "<h1>Forbidden</h1>" };
  site.faults.add({ match: /\/data\//, ...refusal });
  await page.goto(`${site.url}dashboard`, { waitUntil: "commit" });
  await expect.poll(isKept).toBe(false);
  await site.close();
});

test("only the hub's own page is kept, whole and for its own place", async () => {
  const html = await readFile(path.join(DIST, "index.html"), "utf8");
  const closed = html.replace(/(hub-keeps"? content=)"[^"]*"/, '$1""');
  const answer = (body, headers = {}, status = 200) => [
    () => new Response(body, { status, headers: { ...FOREIGN, ...headers } }),
    "http://host.example/",
  ];
  const cases = [
    ["the page", answer(html), true],
    ["without a charset", answer(html, { "content-type": "text/html" }), true],
    ["for another place", [answer(html)[0], "http://host.example/shop/"], false],
    ["behind a sign-in", answer(closed), false],
    ["not to be kept", answer(html, { "cache-control": "private, no-store" }), false],
    ["a file to save", answer(html, { "content-disposition": "attachment" }), false],
    ["as text", answer(html, { "content-type": "text/plain" }), false],
    ["of no kind", answer(html, { "content-type": "" }), false],
    ["with another status", answer(html, {}, 404), false],
    ["another page", answer(foreign.body), false],
    ["a page that speaks of the mark", answer(`${"<p>text</p>".repeat(400)}${html}`), false],
    ["nothing", answer(null), false],
    ["a page without an end", answer(html + " ".repeat(1_100_000)), false],
  ];
  for (const [what, [make, base], expected] of cases) {
    const text = await hubPage(make(), base);
    expect(text, what).toBe(expected ? html : undefined);
  }
  expect(await hubPage(Response.error(), "http://host.example/")).toBe(undefined);
});

test("a page that an earlier version kept by mistake is healed while it is looked at", async ({ context }, info) => {
  const { site, dist } = await changing(info.outputPath("host"));
  const file = path.join(dist, "service-worker.js");
  const current = await readFile(file, "utf8");
  await writeFile(file, await readFile(path.join(PROJECT, "tests/e2e/lib/earlier-worker.js"), "utf8"));
  const page = await context.newPage();
  await page.goto(`${site.url}icons/favicon.svg`);
  await page.evaluate(async (body) => {
    const page = new Response(body, { headers: { "content-type": "text/html" } });
    await (await caches.open("hub-page")).put("/", page);
    await navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" });
    await navigator.serviceWorker.ready;
  }, foreign.body);
  await writeFile(file, current);
  await page.goto(`${site.url}dashboard`);
  await expect(page.getByRole("heading")).toHaveText("Of others");
  await page.locator("[data-kpi]").first().waitFor();
  await ready(page);
  const names = await page.evaluate(() => caches.keys());
  expect(names).toContain("insights-hub.page.1 /");
  expect(names.filter((name) => !/^insights-hub\.page\.\S+ \/$/.test(name))).toEqual([]);
  await site.close();
});

for (const how of ["the page is built for it", "its configuration alone says so"]) {
  test(`nothing is kept as soon as a sign-in is asked: ${how}`, async ({ context }, info) => {
    const { site, dist } = await changing(info.outputPath("host"));
    await visitedOnce(context, site);
    await writeFile(path.join(dist, "config.json"), JSON.stringify({ signIn: { clientId: CLIENT } }));
    if (how.startsWith("the page")) await fit(dist);
    const page = await context.newPage();
    await page.goto(`${site.url}icons/favicon.svg`);
    await page.evaluate(() => caches.open("hub-page"));
    await page.goto(`${site.url}dashboard`);
    await page.locator("h1").first().waitFor();
    await keptNothing(page);
    await page.goto(`${site.url}dashboard`);
    await keptNothing(page);
    await site.close();
  });
}

/** A worker for all of a host, which tells every page the word of the hub's own. */
const THEIRS = `
  const tell = async (id) => (await clients.get(id))?.postMessage("page-changed");
  self.addEventListener("fetch", (event) => event.waitUntil(tell(event.clientId)));
`;

test("workers of others on the same host are neither ended nor obeyed", async ({ context }, info) => {
  const site = await shared(info.outputPath("other"), PLACES[1]);
  const headers = { "content-type": "text/javascript", "service-worker-allowed": "/" };
  site.faults.add({ match: "/other/worker.js", kind: "answer", headers, body: THEIRS });
  const page = await context.newPage();
  await page.goto(`${site.origin}/other/`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register("/other/worker.js", { scope: "/" });
    await navigator.serviceWorker.ready;
  });
  await page.goto(`${site.url}dashboard`);
  await ready(page);
  expect(await page.evaluate(() => performance.getEntriesByType("navigation")[0].type)).toBe("navigate");
  const body = JSON.stringify({ signIn: { clientId: CLIENT } });
  // By the host: Chromium crashes where routes of a worker meet Playwright's own.
  site.faults.add({ match: "config.json", kind: "answer", headers: { "content-type": "application/json" }, body });
  await page.goto(`${site.url}dashboard`);
  await page.locator("h1").first().waitFor();
  const scopes = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope));
  await expect.poll(scopes).toEqual([`${site.origin}/`]);
  await site.close();
});

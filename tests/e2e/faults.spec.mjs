// A host that misbehaves: each fault has its message, and the engine recovers when it is over.

import { cp, readFile, readdir, rm, truncate, writeFile } from "node:fs/promises";
import path from "node:path";

import { LASTING, hostNamed } from "./lib/bad-hosts.mjs";
import { crc32 } from "./lib/crc32.mjs";
import { Probe, native } from "./lib/probe.mjs";
import { serve } from "./lib/server.mjs";
import { DIST, PROBE, expect, fixture, manifest, places, test } from "./lib/test.mjs";

test.use({ snapshot: "small" });

const SNAPSHOT = "/data/snapshot-";
const COUNT = "SELECT count(*) AS n, sum(amount) AS amount FROM purchase_transactions";

for (const [fault, message] of LASTING) {
  const named = hostNamed(fault);

  test(`${named} at first: named, and over when it is over`, async ({ page, site }) => {
    const probe = await Probe.start(page, site);
    site.faults.add({ match: SNAPSHOT, ...fault });
    expect(await probe.open({ patience: 2_000 })).toMatch(message);
    site.faults.clear();
    expect(await probe.open()).toBe("");
    expect((await probe.sql("SELECT 1")).rows).toContain("Integer(1)");
  });
}

/** Faults that strike an open snapshot; bytes that were read before are not asked for again. */
const STRIKING = LASTING.filter(([{ offset }]) => offset === undefined);

for (const [fault, message] of STRIKING) {
  const named = hostNamed(fault);

  test(`${named} while in use: named, and over when it is over`, async ({ page, site }) => {
    const probe = await Probe.start(page, site);
    const [expected] = await native("small", [{ sql: COUNT }]);
    expect(await probe.open({ patience: 2_000 })).toBe("");
    site.faults.add({ match: SNAPSHOT, ...fault });
    const { code, message: text } = await probe.sql(COUNT);
    expect(`${code}: ${text}`).toMatch(message);
    site.faults.clear();
    expect(await probe.sql(COUNT)).toEqual(expected);
  });
}

const PASSING = STRIKING.filter(([{ kind, status }]) => status === 500 || !["status", "no-range", "length"].includes(kind));

for (const [fault] of PASSING) {
  const named = hostNamed(fault);

  test(`one ${named} goes unnoticed`, async ({ page, site }) => {
    const probe = await Probe.start(page, site);
    const [expected] = await native("small", [{ sql: COUNT }]);
    site.faults.add({ match: SNAPSHOT, times: 1, ...fault });
    expect(await probe.open({ patience: 2_000 })).toBe("");
    site.faults.add({ match: SNAPSHOT, times: 1, ...fault });
    expect(await probe.sql(COUNT)).toEqual(expected);
  });
}

test("no network: named, and over when it is back", async ({ page, site, context }) => {
  const probe = await Probe.start(page, site);
  const [expected] = await native("small", [{ sql: COUNT }]);
  expect(await probe.open()).toBe("");
  await context.setOffline(true);
  const { code, message } = await probe.sql(COUNT);
  expect(`${code}: ${message}`).toMatch(/^offline: .*cannot be reached; check the network/);
  expect(await probe.open()).toMatch(/^offline: .*manifest\.json/);
  await context.setOffline(false);
  expect(await probe.open()).toBe("");
  expect(await probe.sql(COUNT)).toEqual(expected);
});

test("a flipped bit in a pack is damage, not a wrong number", async ({ page, site }) => {
  const probe = await Probe.start(page, site);
  const sql = "SELECT hex(substr(data, 40, 24)) FROM packs WHERE name = 'purchases' LIMIT 1";
  const [{ rows }] = await native("small", [{ sql }]);
  const part = Buffer.from(/Text\("([0-9A-F]+)"\)/.exec(rows)[1], "hex");
  const { file } = await manifest("small");
  const bytes = await readFile(path.join(fixture("small"), file.publishing.path));
  // When SQLite moves rows to a new page, a copy stays in the old one; the last is in use.
  const offset = bytes.lastIndexOf(part);
  expect(offset).toBeGreaterThan(0);
  site.faults.add({ match: SNAPSHOT, kind: "flip", offset });
  expect(await probe.open()).toBe("");
  const [loaded] = await probe.ask([{ load: true }]);
  expect(`${loaded.code}: ${loaded.message}`).toMatch(/^damaged: this snapshot is damaged/);
  site.faults.clear();
  expect(await probe.ask([{ load: true }])).toEqual(await native("small", [{ load: true }]));
});

test.describe("the engine itself", () => {
  for (const script of ["sqlite.js", "sqlite-worker.js", "sql-wasm.wasm"]) {
    test(`${script} missing: named, and over when it is there`, async ({ page, site }) => {
      const probe = await Probe.start(page, site);
      site.faults.add({ match: `/${script}`, kind: "status", status: 404 });
      expect(await probe.open()).toMatch(/^worker-failed: .*reload the page/);
      site.faults.clear();
      expect(await probe.open()).toBe("");
    });

    test(`${script} never comes: a time limit`, async ({ page, site }) => {
      const probe = await Probe.start(page, site);
      site.faults.add({ match: `/${script}`, kind: "hang" });
      expect(await probe.open({ patience: 1_000 })).toMatch(/^timed-out: .* within 1 s/);
    });
  }

  const FOREVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n";

  test("a statement without an end is stopped, and the next one answered", async ({ page, site }) => {
    const probe = await Probe.start(page, site);
    expect(await probe.open({ patience: 1_500 })).toBe("");
    expect((await probe.sql(FOREVER)).code).toBe("too-slow");
    expect((await probe.sql("SELECT 1")).rows).toContain("Integer(1)");
  });

  test("an abandoned statement does not hold up the next one", async ({ page, site }) => {
    const probe = await Probe.start(page, site);
    expect(await probe.open()).toBe("");
    await probe.call("abandon", FOREVER);
    const started = Date.now();
    expect((await probe.sql("SELECT 1")).rows).toContain("Integer(1)");
    expect(Date.now() - started).toBeLessThan(3_500);
  });

  test("requests and bytes are counted", async ({ page, site }) => {
    const probe = await Probe.start(page, site);
    expect(await probe.open()).toBe("");
    await probe.ask([{ load: true }]);
    const asked = site.requests.filter(({ path }) => path.includes(SNAPSHOT));
    const sent = asked.reduce((sum, request) => sum + request.bytes, 0);
    const [requests, bytes] = await probe.call("traffic");
    expect(requests).toBe(asked.length);
    // The browser's cache may serve the 100 bytes of the preflight a second time.
    expect([0, 100]).toContain(bytes - sent);
  });
});

/** A copy of a snapshot's folder that a test may spoil, served. */
async function spoiled(name, folder, spoil) {
  await cp(fixture(name), folder, { recursive: true });
  await spoil(folder);
  return serve({ dist: DIST, folders: { "data/": folder, "probe/": PROBE } });
}

async function rewriteManifest(folder, change) {
  const file = path.join(folder, "manifest.json");
  const manifest = JSON.parse(await readFile(file, "utf8"));
  change(manifest);
  await writeFile(file, JSON.stringify(manifest));
}

async function databaseOf(folder) {
  const [name] = (await readdir(folder)).filter((name) => name.endsWith(".sqlite"));
  return path.join(folder, name);
}

/** Snapshots that are not what they should be. */
const SPOILED = [
  [
    "cut short",
    async (folder) => truncate(await databaseOf(folder), 100_000),
    /^wrong-length: .* has 100000 bytes, the manifest says \d+.*publish the snapshot again/,
  ],
  [
    "not SQLite",
    async (folder) => {
      const file = await databaseOf(folder);
      const { length } = await readFile(file);
      await writeFile(file, "<!doctype html>".padEnd(length));
    },
    /^not-sqlite: .*\.sqlite is not a snapshot/,
  ],
  [
    "of a newer format",
    (folder) => rewriteManifest(folder, (manifest) => (manifest.format_version = 99)),
    /^version: this snapshot has format 99, this page reads format \d+/,
  ],
  [
    "without a readable manifest",
    (folder) => writeFile(path.join(folder, "manifest.json"), "<!doctype html>"),
    /^damaged: .*manifest\.json/,
  ],
];

for (const [how, spoil, message] of SPOILED) {
  test(`a snapshot ${how} is named`, async ({ page }, info) => {
    const site = await spoiled("small", info.outputPath("data"), spoil);
    const probe = await Probe.start(page, site);
    expect(await probe.open()).toMatch(message);
    await site.close();
  });
}

test("without the file of their places, packs are found by SQL", async ({ page }, info) => {
  const site = await spoiled("small", info.outputPath("data"), async (folder) => {
    await rm(path.join(folder, (await manifest("small")).file.places.path));
  });
  const probe = await Probe.start(page, site);
  const questions = [{ load: true }];
  expect(await probe.open()).toBe("");
  expect(await probe.ask(questions)).toEqual(await native("small", questions));
  await site.close();
});

test("packs that are not those of the manifest are refused", async ({ page }, info) => {
  // As where a manifest came without its file: places and lengths may be right by accident.
  const CRC32 = 4;
  const others = (await places("small")).map((pack) => pack.with(CRC32, (pack[CRC32] ^ 1) >>> 0));
  const text = JSON.stringify(others);
  const site = await spoiled("small", info.outputPath("data"), async (folder) => {
    await writeFile(path.join(folder, "places-other.json"), text);
    await rewriteManifest(folder, ({ file }) => {
      file.places = { path: "places-other.json", bytes: text.length, sha256: "", crc32: crc32(text) };
    });
  });
  const probe = await Probe.start(page, site);
  expect(await probe.open()).toBe("");
  const [loaded] = await probe.ask([{ load: true }]);
  expect(loaded.code).toBe("damaged");
  await site.close();
});

test.describe("in chunks", () => {
  test.use({ snapshot: "chunked" });

  /** The chunk with the packs, which lie at the end of the file. */
  async function lastChunk() {
    const { bytes, publishing } = (await manifest("chunked")).file;
    const number = Math.ceil(bytes / publishing.chunk_bytes) - 1;
    return publishing.prefix + String(number).padStart(publishing.digits, "0");
  }

  test("a host without ranges serves them all the same", async ({ page, site }) => {
    const probe = await Probe.start(page, site);
    const questions = [{ sql: COUNT }, { load: true }];
    site.faults.add({ match: SNAPSHOT, kind: "no-range" });
    expect(await probe.open()).toBe("");
    expect(await probe.ask(questions)).toEqual(await native("small", questions));
  });

  test("a missing chunk is named", async ({ page, site }) => {
    const probe = await Probe.start(page, site);
    expect(await probe.open()).toBe("");
    const chunk = await lastChunk();
    site.faults.add({ match: chunk, kind: "status", status: 404 });
    const [loaded] = await probe.ask([{ load: true }]);
    expect(`${loaded.code}: ${loaded.message}`).toContain(`${chunk} (404)`);
    expect(loaded.code).toBe("not-found");
  });

  test("a chunk that is cut short is named", async ({ page }, info) => {
    const site = await spoiled("chunked", info.outputPath("data"), async (folder) => {
      await truncate(path.join(folder, await lastChunk()), 5_000);
    });
    const probe = await Probe.start(page, site);
    expect(await probe.open()).toBe("");
    const [loaded] = await probe.ask([{ load: true }]);
    expect(`${loaded.code}: ${loaded.message}`).toMatch(/^wrong-length: .*\/\d{5} has 5000 bytes/);
    await site.close();
  });
});

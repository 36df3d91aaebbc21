// The importer in a browser's worker against the builder on this machine: what they say of files, and
// every byte of what they build of them.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";

import { BUILDER } from "./lib/native.mjs";
import { DATABASE, PEOPLE, encoded, latin, ofCategories, shop, zoned } from "./lib/sales.mjs";
import { DIST, expect, fixture, test as base } from "./lib/test.mjs";

const run = promisify(execFile);

const test = base.extend({
  /** A folder for files, and for what the builder makes of them. */
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), "hub-importer-"));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },

  /** Asks a worker of its own, and gives all that it says; the last is the answer. */
  ask: async ({ page, site }, use) => {
    const [hash] = await readdir(path.join(DIST, "js"));
    // Any file of the site that is not the page: it only lends its address and its policy.
    await page.goto(`${site.origin}/config.json`);
    const ask = async (order, files) => {
      await page.evaluate(() => (globalThis.brought = new DataTransfer()));
      for (const file of files) {
        const bytes = (await readFile(file)).toString("base64");
        await page.evaluate(
          ([name, bytes]) => {
            const whole = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
            globalThis.brought.items.add(new File([whole], name));
          },
          [path.basename(file), bytes],
        );
      }
      return page.evaluate(
        async ([script, order]) => {
          const worker = new Worker(script, { type: "module" });
          const said = [];
          const last = await new Promise((end) => {
            worker.addEventListener("error", ({ message }) => end({ says: "broken", message }));
            worker.addEventListener("message", ({ data }) => {
              said.push(data);
              if (["guess", "built", "refused", "broken"].includes(data.says)) end(data);
            });
            worker.postMessage({ id: 7, ...order, files: [...globalThis.brought.files] });
          });
          worker.terminate();
          const hex = (hash) => [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
          for (const file of last.files ?? []) {
            file.sha256 = hex(await crypto.subtle.digest("SHA-256", file.bytes));
            delete file.bytes;
          }
          return said;
        },
        [`/js/${hash}/importer.js`, order],
      );
    };
    await use(ask);
  },
});

test.use({ snapshot: "small" });

/** Hashes of the files in a folder, by name. */
async function hashes(folder) {
  const names = (await readdir(folder)).sort();
  const hash = async (name) => createHash("sha256").update(await readFile(path.join(folder, name))).digest("hex");
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await hash(name)])));
}

/** Builds on this machine and in the browser, and holds every file of one against the other. */
async function buildBoth(ask, folder, files, mapping) {
  const [toml, out] = [path.join(folder, "mapping.toml"), path.join(folder, "out")];
  await writeFile(toml, mapping);
  const from = files.length === 1 ? files[0] : path.dirname(files[0]);
  await run(BUILDER, ["build", "--from", from, "--mapping", toml, "--out", out]);
  const said = await ask({ ask: "build", mapping }, files);
  const built = said.at(-1);
  expect(built).toMatchObject({ id: 7, says: "built" });
  expect(built.files[0].name).toMatch(/^snapshot-\w+\.sqlite$/);
  expect(built.files.at(-1).name).toBe("manifest.json");
  const made = Object.fromEntries(built.files.map(({ name, sha256 }) => [name, sha256]));
  expect(made).toEqual(await hashes(out));
  return said;
}

async function write(folder, name, content) {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

/** How often the program for files that are not UTF-8 was fetched. */
const lettersFetched = (site) => site.requests.filter(({ path }) => path.includes("importer_letters_bg.wasm")).length;

test("a shop's export: the same guess, and the same snapshot by it", async ({ ask, folder, site }) => {
  await run(BUILDER, ["demo", "--as", "shopify", "--out", path.join(folder, "in")]);
  const [name] = await readdir(path.join(folder, "in"));
  const told = await run(BUILDER, ["guess", name, "--json"], { cwd: path.join(folder, "in") });
  const files = [path.join(folder, "in", name)];
  const { says, guess } = (await ask({ ask: "guess" }, files)).at(-1);
  expect(says).toBe("guess");
  expect(guess).toEqual(JSON.parse(told.stdout));
  expect(guess.rows).toHaveLength(10);
  await buildBoth(ask, folder, files, guess.mapping);
  expect(lettersFetched(site), "UTF-8 needs no more than the importer").toBe(0);
});

for (const [name, customers] of [["few", 40], ["many", 4_000]]) {
  test(`a folder of tables, ${name} customers: the same snapshot`, async ({ ask, folder }) => {
    const tables = Object.entries(shop(customers));
    const files = await Promise.all(tables.map(([name, text]) => write(path.join(folder, "in"), name, text)));
    const said = await buildBoth(ask, folder, files, PEOPLE);
    const stages = said.filter(({ says, ended }) => says === "stage" && ended);
    const [read] = stages.filter(({ name }) => name === "Reading purchase_transactions");
    expect(read.rows).toBeGreaterThan(customers);
    const pieces = said.filter(({ says, file }) => says === "read" && file === "purchase_transactions.csv");
    expect(pieces.at(-1).bytes).toBe(pieces.at(-1).of);
    if (customers > 1_000) expect(pieces[0].bytes).toBe(1 << 20);
  });
}

test("Windows' letters: the encoding is found, and read as on this machine", async ({ ask, folder }) => {
  const files = [await write(path.join(folder, "in"), "verkauf.csv", latin(900))];
  const { guess } = (await ask({ ask: "guess" }, files)).at(-1);
  expect(guess.settings).toContainEqual(expect.objectContaining({ name: "encoding", value: "windows-1252" }));
  await buildBoth(ask, folder, files, guess.mapping);
});

for (const [label, says, categories] of [
  ["windows-1250", "windows-1250", ["žlutý šátek", "měkký polštář", "větší dřevěná lžíce"]],
  ["macintosh", "macintosh", ["Möbel", "Gemüse", "Großgeräte", "Müll"]],
  ["shift_jis", "shift_jis", ["東京の大きな町", "京都に行きました", "カメラとレンズ"]],
  ["euc-kr", "euc-kr", ["가구와 조명", "신선한 야채", "대형 가전제품"]],
  ["gb18030", "gbk", ["家具和灯具", "新鲜蔬菜", "大型家用电器"]],
  ["utf-16le", null, ["Möbel", "日本", "Großgeräte"]],
]) {
  test(`${label}: the same guess and the same snapshot, by a program of its own`, async ({ ask, folder, site }) => {
    const text = ofCategories(categories, 400);
    const bytes = label === "utf-16le" ? Buffer.from(`\ufeff${text}`, "utf16le") : encoded(label, text);
    const files = [await write(path.join(folder, "in"), "sales.csv", bytes)];
    const told = await run(BUILDER, ["guess", "sales.csv", "--json"], { cwd: path.join(folder, "in") });
    const { guess } = (await ask({ ask: "guess" }, files)).at(-1);
    expect(guess).toEqual(JSON.parse(told.stdout));
    expect(guess.usable).toBe(true);
    if (says) expect(guess.mapping).toContain(`encoding = "${says}"`);
    await buildBoth(ask, folder, files, guess.mapping);
    // The second worker has it from the browser's cache.
    expect(lettersFetched(site)).toBe(1);
  });
}

test("without the program for its letters a file is refused in words", async ({ ask, folder, site }) => {
  site.faults.add({ kind: "status", status: 503, match: "importer_letters_bg.wasm" });
  const files = [await write(path.join(folder, "in"), "verkauf.csv", latin(90))];
  const said = (await ask({ ask: "guess" }, files)).at(-1);
  expect(JSON.stringify(said)).toContain("the program for files that are not UTF-8 could not be loaded");
});

test("a compressed file: what is inside is guessed about and built", async ({ ask, folder }) => {
  const files = [await write(path.join(folder, "in"), "verkauf.csv.gz", gzipSync(latin(900)))];
  const { guess } = (await ask({ ask: "guess" }, files)).at(-1);
  expect(guess).toMatchObject({ usable: true, from: "verkauf.csv.gz" });
  expect(guess.mapping).toContain('source = "verkauf"');
  await buildBoth(ask, folder, files, guess.mapping);
});

test("instants around the change of clocks are of the same days", async ({ ask, folder }) => {
  const { text, mapping } = zoned("America/New_York");
  await buildBoth(ask, folder, [await write(path.join(folder, "in"), "orders.csv", text)], mapping);
});

test("a database: the same snapshot, of tables that are a snapshot's own", async ({ ask, folder }) => {
  const name = (await readdir(fixture("small"))).find((name) => name.endsWith(".sqlite"));
  await buildBoth(ask, folder, [path.join(fixture("small"), name)], DATABASE);
});

test("a database that keeps its own ways (vacuum, foreign keys, a trigger, a view): the same snapshot", async ({ ask, folder }) => {
  const mapping =
    'source = "Shop"\ncurrency.code = "EUR"\n[customer_info]\ntable = "clients"\n[customer_info.columns]\ncustomer_id = "id"\ncity = "city"\n' +
    '[purchase_transactions]\ntable = "sales"\n[purchase_transactions.columns]\norder_id = "id"\ncustomer_id = "client"\n' +
    'transaction_date = "day"\namount = "sum"\n';
  await buildBoth(ask, folder, [new URL("shops/own-ways.sqlite", import.meta.url).pathname], mapping);
});

test("rows that cannot be read are told with their places", async ({ ask, folder }) => {
  const text = "order,date,who,sum\n1,2024-01-02,a,3\n2,2024-01-33,a,4\n3,2024-01-04,b,y\n";
  const mapping =
    'source = "Shop"\ncurrency.code = "EUR"\n[purchase_transactions.columns]\norder_id = "order"\n' +
    'transaction_date = "date"\ncustomer_id = "who"\namount = "sum"\n';
  const files = [await write(folder, "sales.csv", text)];
  const refused = (await ask({ ask: "build", mapping }, files)).at(-1);
  expect(refused).toMatchObject({ id: 7, says: "refused", why: { rows: 2, limit: 0 } });
  expect(refused.why.first).toMatchObject([
    { file: "sales.csv", line: 3, column: "date" },
    { file: "sales.csv", line: 4, column: "sum", reason: "'y' is not an amount" },
  ]);
  const nothing = (await ask({ ask: "guess" }, [await write(folder, "notes.csv", "a\n1\n")])).at(-1);
  expect(nothing).toMatchObject({ says: "refused", why: { message: expect.stringContaining("nothing usable") } });
  const table = (await ask({ ask: "guess" }, [await write(folder, "table.csv", "a,b\n1,2\n")])).at(-1);
  expect(table).toMatchObject({ says: "guess", guess: { usable: false, builds: false, other_columns: ["a", "b"] } });
  expect(table.guess.problems[0]).toContain("nothing usable was found. table.csv: no column has the dates");
});

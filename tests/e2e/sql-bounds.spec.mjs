// An answer of the SQL console costs the page no more than it keeps of it.

import { readdir } from "node:fs/promises";
import path from "node:path";

import { within } from "../../static/js/worker/within.js";
import { DIST, expect, manifest, test } from "./lib/test.mjs";

const BOUNDS = { rows: 10_000, columns: 200, cells: 500_000, bytes: 32 << 20, longest: 32_767 };
const WHOLE = { rows: false, columns: false, cells: 0 };

/** A database that answers so many rows of one kind of cell; `read` counts those that were read. */
function database(rows, columns, cell) {
  const database = { read: 0, freed: false };
  database.prepare = () => ({
    getColumnNames: () => Array.from({ length: columns }, (_, at) => `c${at}`),
    step: () => rows-- > 0,
    get: () => ((database.read += 1), Array(columns).fill(cell)),
    free: () => (database.freed = true),
  });
  return database;
}

/** Rows, columns and what was left out of an answer. */
function kept(rows, columns, cell) {
  const from = database(rows, columns, cell);
  const { columns: names, values, left } = within(from, "", [], BOUNDS);
  expect(from.freed).toBe(true);
  expect(from.read).toBeLessThanOrEqual(values.length + 1);
  expect(values.every((row) => row.length === names.length)).toBe(true);
  return [values.length, names.length, left];
}

test("usual answers are kept whole", () => {
  expect(kept(BOUNDS.rows, 6, 1)).toEqual([BOUNDS.rows, 6, WHOLE]);
  expect(kept(0, 3, null)).toEqual([0, 3, WHOLE]);
  expect(kept(2, 2, "é".repeat(BOUNDS.longest))).toEqual([2, 2, WHOLE]);
  expect(kept(2, 2, "😀".repeat(BOUNDS.longest))).toEqual([2, 2, WHOLE]);
  const { values } = within(database(1, 1, "\ufeffA"), "", [], BOUNDS);
  expect(values).toEqual([["\ufeffA"]]);
});

test("what is too much is cut and counted", () => {
  const [rows, columns] = [{ ...WHOLE, rows: true }, { ...WHOLE, columns: true }];
  expect(kept(BOUNDS.rows + 1, 1, null)).toEqual([BOUNDS.rows, 1, rows]);
  expect(kept(3_000, 200, null)).toEqual([2_500, 200, rows]);
  expect(kept(1, 2_000, null)).toEqual([1, 200, columns]);
  const cells = { ...WHOLE, cells: 2 };
  expect(kept(1, 2, `\ufeff${"😀".repeat(BOUNDS.longest)}`)).toEqual([1, 2, cells]);
  expect(kept(1, 2, new Uint8Array(1_000_000))).toEqual([1, 2, cells]);
  const [many, , left] = kept(2_000, 1, new Uint8Array(BOUNDS.longest));
  expect([many, left]).toEqual([Math.floor(BOUNDS.bytes / BOUNDS.longest), rows]);
  const { values } = within(database(1, 1, `\ufeff${"😀".repeat(40_000)}`), "", [], BOUNDS);
  expect([...values[0][0]]).toEqual([..."\ufeff", ...Array(BOUNDS.longest - 1).fill("😀")]);
});

test("a statement that fails is given back", () => {
  const from = database(1, 1, 1);
  const { prepare } = from;
  const get = () => {
    throw new Error("too big");
  };
  from.prepare = () => Object.assign(prepare(), { get });
  expect(() => within(from, "", [], BOUNDS)).toThrow("too big");
  expect(from.freed).toBe(true);
});

test.describe("in the worker", () => {
  test.use({ snapshot: "small" });

  test("however much is asked, little is sent, and what cannot be sent is an error", async ({ page, site, snapshot }) => {
    const [hash] = await readdir(path.join(DIST, "js"));
    const { file } = await manifest(snapshot);
    await page.goto(`${site.origin}/config.json`);
    const ask = async (name, sql) =>
      page.evaluate(
        async ({ scripts, file, name, sql, bounds }) => {
          const shim = await import(`${scripts}sqlite.js`);
          const url = new URL(`/data/${file.publishing.path}`, location.origin).href;
          const told = { url, bytes: file.bytes, patience: 60_000 };
          const connection = await shim.start(`${scripts}sqlite-worker.js`, told);
          try {
            await shim.open(connection, `${scripts}sql-wasm.wasm`, file.page_size);
            // The longest time for which the page did nothing else.
            let [longest, last] = [0, performance.now()];
            const look = () => {
              longest = Math.max(longest, performance.now() - last);
              last = performance.now();
            };
            const clock = setInterval(look, 10);
            // No function can be sent.
            if (name === "unsent") await connection.wait(async () => connection.remote.within);
            const { columns, values, left } = await shim[name](connection, sql, [], bounds);
            await new Promise((passed) => setTimeout(passed, 20));
            clearInterval(clock);
            const [cell] = values[0] ?? [];
            return { columns: columns.length, rows: values.length, cell, length: cell?.length, left, longest };
          } catch (error) {
            return { error };
          } finally {
            connection.close();
          }
        },
        { scripts: `/js/${hash}/`, file, name, sql, bounds: BOUNDS },
      );
    const series = (what) =>
      `WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t LIMIT 10000) SELECT ${what} FROM t`;
    expect(await ask("askWithin", "SELECT 42")).toMatchObject({ columns: 1, rows: 1, cell: 42, left: WHOLE });
    expect(await ask("askWithin", "SELECT 1 AS a, 2 AS b WHERE 0")).toMatchObject({ columns: 2, rows: 0, left: WHOLE });
    const texts = await ask("askWithin", series("hex(zeroblob(25000))"));
    expect(texts).toMatchObject({ rows: 1_024, length: BOUNDS.longest, left: { rows: true, cells: 1_024 } });
    expect(texts.longest).toBeLessThan(1_000);
    const blobs = await ask("askWithin", series("zeroblob(100000)"));
    expect(blobs).toMatchObject({ rows: 1_024, length: BOUNDS.longest, left: { rows: true, cells: 1_024 } });
    const long = await ask("askWithin", "SELECT zeroblob(100000000)");
    expect(long).toMatchObject({ rows: 1, length: BOUNDS.longest, left: { rows: false, cells: 1 } });
    expect((await ask("askWithin", "SELECT no_such")).error).toMatchObject({ kind: "sqlite", message: expect.stringContaining("no such column") });
    expect((await ask("unsent", "")).error).toMatchObject({ kind: "sqlite", message: expect.stringContaining("could not be cloned") });
  });
});

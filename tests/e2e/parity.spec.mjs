// The same SQL to both engines: what the browser answers is what native code answers, without
// reading whole tables.

import { Probe, native } from "./lib/probe.mjs";
import { OF_THE_PAGE, QUESTIONS } from "./lib/questions.mjs";
import { expect, test } from "./lib/test.mjs";

/** Fails with the question beside both answers. */
function compare(browser, expected) {
  for (const [at, question] of QUESTIONS.entries()) {
    const named = JSON.stringify(question);
    expect.soft(browser[at], named).toEqual(expected[at]);
    expect.soft(browser[at].code, named).not.toBe("worker-failed");
  }
  expect(browser.length).toBe(expected.length);
}

for (const snapshot of ["small", "superstore"]) {
  test.describe(`of ${snapshot}`, () => {
    test.use({ snapshot });

    test("every answer is the native engine's", async ({ page, site }) => {
      const probe = await Probe.start(page, site);
      expect(await probe.open()).toBe("");
      compare(await probe.ask(QUESTIONS), await native(snapshot, QUESTIONS));
    });
  });
}

test.describe("plans", () => {
  test.use({ snapshot: "small" });

  // Tables of a page or two, whatever the number of customers.
  const SMALL = /^SCAN TABLE (meta|lineage)$/;

  /** Steps of a statement's plan that read a whole table. */
  async function scans(probe, { sql, params }) {
    const [{ rows }] = await probe.ask([{ sql: `EXPLAIN QUERY PLAN ${sql}`, params }]);
    const steps = [...rows.matchAll(/Text\("(.*?)"\)/g)].map(([, step]) => step);
    expect(steps.length, sql).toBeGreaterThan(0);
    const whole = (step) => /^SCAN/.test(step) && !/USING .*INDEX/.test(step);
    return steps.filter((step) => whole(step) && !SMALL.test(step));
  }

  test("nothing the page asks reads a whole table", async ({ page, site }) => {
    const probe = await Probe.start(page, site);
    expect(await probe.open()).toBe("");
    const careless = { sql: "SELECT 1 FROM customer_360 WHERE first_name = 'Ada'" };
    expect(await scans(probe, careless)).toEqual(["SCAN TABLE customer_360"]);
    for (const question of OF_THE_PAGE.filter(({ sql }) => sql)) {
      expect(await scans(probe, question), question.sql).toEqual([]);
    }
  });
});

test.describe("in chunks", () => {
  test.use({ snapshot: "chunked" });

  // `small` and `chunked` are the same database, published in two ways.
  test("every answer is the native engine's", async ({ page, site }) => {
    const probe = await Probe.start(page, site);
    expect(await probe.open()).toBe("");
    compare(await probe.ask(QUESTIONS), await native("small", QUESTIONS));
    const asked = site.requests.filter(({ path }) => path.includes("/data/snapshot-"));
    expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 206));
  });
});

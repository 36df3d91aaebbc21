// The same SQL to both engines: what the browser answers is what native code answers.

import { Probe, native } from "./lib/probe.mjs";
import { QUESTIONS } from "./lib/questions.mjs";
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

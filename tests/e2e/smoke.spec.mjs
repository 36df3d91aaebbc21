// The served page comes up by itself, reads the snapshot by ranges, and reads little of it.

import { open, scrollThrough } from "./lib/page.mjs";
import { expect, manifest, test } from "./lib/test.mjs";

for (const view of ["", "dashboard", "data-flow", "about-data", "help", "no-such-view"]) {
  test(`/${view} completes without a complaint`, async ({ page, site, complaints }) => {
    await open(page, site.url + view);
    await scrollThrough(page);
    expect(complaints).toEqual([]);
  });
}

test("the snapshot is read by ranges, and far from all of it", async ({ page, site, snapshot }) => {
  await open(page, `${site.url}dashboard`);
  const asked = site.requests.filter(({ path }) => path.includes("/data/snapshot-"));
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 206));
  const bytes = asked.reduce((sum, request) => sum + request.bytes, 0);
  const whole = (await manifest(snapshot)).file.bytes;
  console.log(`read ${bytes} of ${whole} bytes in ${asked.length} requests`);
  expect(bytes).toBeLessThan(whole / 4);
});

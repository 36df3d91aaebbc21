// Segments that the reader changes: shown at once everywhere, sent, taken back, kept, and let go of
// when the data says so.

import { readFile } from "node:fs/promises";

import { violations } from "./lib/axe.mjs";
import { HIGH, agrees, button, choose, edited, listed, mark, profile, run, shown, test, told } from "./lib/edits.mjs";
import { open, table } from "./lib/page.mjs";
import { BUILDER } from "./lib/native.mjs";
import { expect } from "./lib/test.mjs";

const NOAH = "Noah Walker";
/** Two more customers, of other segments. */
const OTHERS = ["C0000073", "C0000077"];

const local = { config: { refresh: false, live: "off" } };

test.describe("without anybody to send it to", () => {
  test.use(local);

  test("a change counts everywhere, survives a reload, and the builder takes its file", async ({ page, site, complaints }) => {
    await profile(page, site);
    await expect(shown(page)).toHaveText("High Value");
    await choose(page, "Low Value");
    await expect(shown(page)).toHaveText("Low Value");
    await expect(mark(page)).toHaveText("Only here");
    await expect(told(page, "changed")).toContainText(`${NOAH} is Low Value now. Only in this browser.`);
    expect(await violations(page)).toEqual([]);

    await button(page).click();
    await expect(listed(page)).toHaveCount(1);
    await expect(listed(page)).toContainText("High Value → Low Value");
    expect(await violations(page)).toEqual([]);
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download as CSV" }).click();
    const file = await (await saving).path();
    expect(await readFile(file, "utf8")).toBe(`customer_id,customer_segment\r\n${HIGH},Low Value\r\n`);

    const truth = await edited(file);
    for (const query of ["", "segment=High+Value", "segment=Low+Value&churn=Low", "segment=Low+Value&category=Beauty"]) {
      await open(page, `${site.url}dashboard?${query}`);
      await agrees(page, truth, query);
    }
    const { stdout } = await run(BUILDER, ["inspect", "--json", truth.out], { maxBuffer: 1 << 28 });
    const native = JSON.parse(stdout).widgets.segment_distribution.table.rows;
    await open(page, `${site.url}dashboard`);
    const exact = (rows) => rows.map((row) => row.map((cell) => cell.exact ?? cell.text));
    await expect.poll(async () => exact((await table(page, "segment_distribution")).rows)).toEqual(exact(native));
    await truth.remove();

    await open(page, `${site.url}customers?segment=Low+Value&sort=value`);
    const row = page.locator(".list__rows [role=row]").filter({ hasText: NOAH });
    await expect(row.locator("[data-edit=local]")).toHaveText("Only here");
    expect(complaints).toEqual([]);
  });

  test("the last step is taken back, and so are older ones", async ({ page, site }) => {
    await profile(page, site);
    await choose(page, "Low Value");
    await choose(page, "Medium Value");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(shown(page)).toHaveText("Low Value");
    await expect(told(page, "changed")).toHaveCount(0);
    await button(page).click();
    await page.getByRole("button", { name: `Withdraw the change of ${NOAH}` }).click();
    await expect(shown(page)).toHaveText("High Value");
    await expect(button(page)).toHaveCount(0);
    expect(await page.evaluate(() => localStorage["hub.edits"])).toBeUndefined();
  });

  test("rows of the list are selected by pointer and keys, and changed together", async ({ page, site, expected }) => {
    await open(page, `${site.url}customers?sort=value`);
    const rows = page.locator(".list__rows [role=row]");
    await expect(rows.nth(2).getByRole("checkbox")).toBeVisible();
    await rows.nth(0).getByRole("checkbox").click();
    const grid = page.getByRole("grid");
    await grid.focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await expect(page.getByText("3 customers selected")).toBeVisible();
    await expect(rows.nth(2)).toHaveAttribute("aria-selected", "true");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Change segment" }).press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("menuitemradio", { name: "Low Value" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(told(page, "changed")).toContainText("3 customers are Low Value now.");
    await expect(page.locator(".list__rows [data-edit=local]")).toHaveCount(3);
    const count = page.locator("#customers-title data");
    await open(page, `${site.url}customers?segment=High+Value`);
    const customers = Number(expected.widgets.segment_distribution.table.rows[0][1].exact);
    await expect(count).toHaveAttribute("value", String(customers - 3));
    await button(page).click();
    await page.getByRole("button", { name: "Withdraw all" }).click();
    await expect(count).toHaveAttribute("value", String(customers));
  });

  test("two tabs agree, and what must not be kept is not", async ({ page, site, context }) => {
    await profile(page, site);
    const other = await context.newPage();
    await profile(other, site, OTHERS[0]);
    await choose(page, "Low Value");
    await choose(other, "Medium Value");
    for (const tab of [page, other]) await expect(button(tab)).toHaveAttribute("data-edits", "2");
    await button(page).click();
    await page.getByRole("button", { name: "Withdraw all" }).click();
    await expect(shown(other)).toHaveText("High Value");
    await expect(button(other)).toHaveCount(0);

    site.faults.clear();
    const body = JSON.stringify({ ...local.config, offline: { keep: "never" } });
    site.faults.add({ kind: "answer", match: "config.json", headers: { "Content-Type": "application/json" }, body });
    await profile(page, site);
    await choose(page, "Low Value");
    const kept = () => page.evaluate(() => [localStorage["hub.edits"], sessionStorage["hub.edits"]?.includes("C0000066")]);
    await expect.poll(kept).toEqual([undefined, true]);
    await page.reload();
    await expect(shown(page)).toHaveText("Low Value");
  });

  test("it fits a phone, in the dark", async ({ page, site }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 740 });
    await profile(page, site);
    await choose(page, "Low Value");
    await expect(told(page, "changed")).toBeVisible();
    await button(page).click();
    await expect(listed(page)).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    const box = await page.locator("#edits-panel").boundingBox();
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(360);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(button(page)).toBeFocused();
  });
});

test("what is sent is accepted once, however often it must be sent", async ({ page, site, keeper }) => {
  keeper.then("drop", 503, "lose");
  await profile(page, site);
  await choose(page, "Low Value");
  await expect(shown(page)).toHaveText("Low Value");
  await expect(mark(page)).toHaveAttribute("data-edit", "sent");
  expect(keeper.asked.length).toBe(4);
  expect(new Set(keeper.asked.map(({ key }) => key)).size).toBe(1);
  expect(keeper.asked[0]).toMatchObject({ method: "PATCH", customer: HIGH, segment: "Low Value", was: "High Value" });
  expect(keeper.events.length).toBe(1);
  // What was accepted is taken back by another change.
  await button(page).click();
  await page.getByRole("button", { name: `Withdraw the change of ${NOAH}` }).click();
  await expect.poll(() => keeper.events.map(({ segment }) => segment)).toEqual(["Low Value", "High Value"]);
  await expect(shown(page)).toHaveText("High Value");
  expect(keeper.asked[4].was).toBe("Low Value");
});

test("what is refused is taken back and said, and the other side has the last word", async ({ page, site, keeper, context }) => {
  await profile(page, site);
  const other = await context.newPage();
  await profile(other, site);
  keeper.then([422, { error: "segments are frozen until Monday" }]);
  await choose(page, "Low Value");
  await expect(told(page, "refused")).toContainText(`${NOAH} is not Low Value, but High Value. Segments are frozen until Monday.`);
  await expect(shown(page)).toHaveText("High Value");
  await expect(told(page, "changed")).toHaveCount(0);
  // In every window and at a later visit, until it was read in one of them.
  await page.reload();
  for (const tab of [page, other]) {
    await expect(told(tab, "refused")).toContainText("is not Low Value, but High Value. Segments are frozen until Monday.");
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await button(page).click();
  const covered = await page.evaluate(() => {
    const panel = document.querySelector("#edits-panel");
    const { left, width, top, height } = panel.getBoundingClientRect();
    const at = [...Array(20).keys()].map((step) => document.elementFromPoint(left + width / 2, top + (height * (step + 0.5)) / 20));
    return at.filter((part) => !panel.contains(part)).map((part) => part?.className);
  });
  expect(covered).toEqual([]);
  await page.locator("#edits-panel").getByRole("button", { name: "Understood" }).click();
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const tab of [page, other]) await expect(button(tab)).toHaveCount(0);
  await other.close();

  // Somebody else was faster.
  keeper.set(HIGH, "Medium Value");
  await choose(page, "Low Value");
  await expect(told(page, "refused")).toContainText("It is Medium Value there, which counts.");
  await expect(shown(page)).toHaveText("Medium Value");
  await page.getByRole("button", { name: "Understood" }).click();

  // It has a segment that the data has no name for.
  await profile(page, site);
  keeper.then([409, { error: "changed", customer_segment: "Platinum" }]);
  await expect(shown(page)).toHaveText("Medium Value");
  await choose(page, "Low Value");
  await expect(told(page, "refused")).toContainText("not Low Value, but Medium Value. It is Platinum there. The data here does not know");
  await expect(shown(page)).toHaveText("Medium Value");
  await page.getByRole("button", { name: "Understood" }).click();

  // It has more to say of its refusal than is read.
  const asked = keeper.asked.length;
  keeper.then([400, { error: "no ".repeat(70_000) }]);
  await choose(page, "Low Value");
  await expect(told(page, "refused")).toContainText("It was answered with status 400.");
  expect(keeper.asked.length).toBe(asked + 1);
  await page.getByRole("button", { name: "Understood" }).click();

  // It says something else than what was asked.
  await profile(page, site, OTHERS[0]);
  keeper.then([200, { customer_id: OTHERS[0], customer_segment: "Low Value", seq: 9 }]);
  await choose(page, "Medium Value");
  await expect(told(page, "refused")).toContainText("It is Low Value there, which counts.");
  await expect(shown(page)).toHaveText("Low Value");
  await page.getByRole("button", { name: "Understood" }).click();

  // It answers about somebody else, or nothing that is an answer.
  await profile(page, site, OTHERS[1]);
  for (const body of [{ customer_id: HIGH, customer_segment: "Low Value", seq: 10 }, {}]) {
    keeper.then([200, body]);
    await choose(page, "Low Value");
    await expect(told(page, "refused")).toContainText("What was answered could not be understood.");
    await expect(shown(page)).toHaveText("High Value");
    await page.getByRole("button", { name: "Understood" }).click();
  }
});

test("however much is refused, a phone's header stays in reach, and nothing is lost where the browser keeps nothing", async ({ page, site, keeper }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  const one = (order) => ({ key: `k${order}`, id: HIGH, segment: "Low Value", stands: "High Value", order, why: { reason: "no, ".repeat(49) } });
  const text = JSON.stringify({ version: 1, edits: [], refused: [1, 2, 3].map(one) });
  await page.addInitScript((text) => localStorage.setItem("hub.edits", text), text);
  await profile(page, site);
  await expect(told(page, "refused")).toHaveCount(3);
  await button(page).click();
  await expect(page.locator("#edits-panel").getByRole("button", { name: "Understood" })).toHaveCount(3);
  await page.keyboard.press("Escape");
  const [top, header] = await page.evaluate(() => {
    const box = (part) => document.querySelector(part).getBoundingClientRect();
    return [box(".told").top, box("header.header").bottom];
  });
  expect(top).toBeGreaterThanOrEqual(header);
  // From now on the browser has no room.
  await page.evaluate(() => (Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }));
  await told(page, "refused").first().getByRole("button", { name: "Understood" }).click();
  await expect(told(page, "refused")).toHaveCount(2);
  keeper.always(503);
  await choose(page, "Low Value");
  await expect(button(page)).toHaveAttribute("data-edits", "1");
  keeper.always("fine");
  await expect(mark(page)).toHaveAttribute("data-edit", "sent");
  await expect(told(page, "refused")).toHaveCount(2);
});

test("without a line changes wait, survive a reload, and go out once from two tabs", async ({ page, site, keeper, context }) => {
  await profile(page, site);
  await context.setOffline(true);
  await choose(page, "Low Value");
  await expect(mark(page)).toHaveAttribute("data-edit", /waiting|sending/);
  await expect(shown(page)).toHaveText("Low Value");
  expect(keeper.asked).toEqual([]);
  keeper.always(503);
  await context.setOffline(false);
  await page.reload();
  await expect(shown(page)).toHaveText("Low Value");
  const other = await context.newPage();
  await profile(other, site);
  await expect(shown(other)).toHaveText("Low Value");
  await expect.poll(() => keeper.asked.length).toBeGreaterThan(0);
  keeper.always("fine");
  for (const tab of [page, other]) await expect(mark(tab)).toHaveAttribute("data-edit", "sent");
  expect(new Set(keeper.asked.map(({ key }) => key)).size).toBe(1);
  expect(keeper.events.length).toBe(1);
});

test("an answer that does not come is not waited for, and what was taken back meanwhile stays so", async ({ page, site, keeper }) => {
  await page.clock.install();
  keeper.then("hold");
  await profile(page, site);
  await choose(page, "Low Value");
  await expect(mark(page)).toHaveAttribute("data-edit", "sending");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(shown(page)).toHaveText("High Value");
  await page.clock.fastForward(20_000);
  await expect.poll(() => keeper.asked.length).toBeGreaterThanOrEqual(2);
  keeper.release();
  expect(keeper.asked[1]).toMatchObject({ segment: "High Value" });
  await expect(button(page).or(page.locator("h1")).first()).toBeVisible();
  await expect.poll(() => keeper.events.at(-1).segment).toBe("High Value");
  await expect(shown(page)).toHaveText("High Value");
});

test.describe("while the data moves on", () => {
  test.use({ config: { refresh: 1, live: "off", edits: "api" } });

  test("what waits stays over a newer snapshot, and goes when the data says the same", async ({ page, site, keeper }) => {
    const [other] = OTHERS;
    const without = await edited({ [other]: "Low Value" });
    const both = await edited({ [other]: "Low Value", [HIGH]: "Low Value" });
    keeper.always(503);
    await profile(page, site);
    await choose(page, "Low Value");
    await expect(mark(page)).toHaveAttribute("data-edit", /waiting|sending/);
    const query = "segment=Low+Value";
    await open(page, `${site.url}dashboard?${query}`);
    const alone = await edited({ [HIGH]: "Low Value" });
    await agrees(page, alone, query);
    site.publish(without);
    // The newer snapshot does not say so: the change lies over it as it did over the one before.
    await agrees(page, both, query);
    await expect(button(page)).toBeVisible();
    keeper.always("fine");
    await expect.poll(() => keeper.events.length).toBe(1);
    await agrees(page, both, query);
    await expect(button(page)).toBeVisible();
    site.publish(both);
    await expect(button(page)).toHaveCount(0);
    await agrees(page, both, query);
    expect(new Set(keeper.asked.map(({ key }) => key)).size).toBe(1);
    for (const made of [without, both, alone]) await made.remove();
  });
});

// Edits beside a live channel: what everybody hears of, and the look-ups that follow what has come
// since the snapshot.

import { channel } from "./lib/channel.mjs";
import { HIGH, button, choose, mark, profile, shown, test as edited } from "./lib/edits.mjs";
import { ready } from "./lib/page.mjs";
import { expect } from "./lib/test.mjs";

const test = edited.extend({
  /** Tells events that have no number and no time yet, over a channel. */
  tell: async ({ site }, use) => {
    const line = channel(site);
    let last = 0;
    const numbered = (event) => ({ at: "2026-07-01T10:00:00Z", ...event, seq: (last += 1) });
    await use((...events) => line.tell(events.map(numbered)));
    line.close();
  },
});

test.use({ config: { refresh: false, live: "live", edits: "api" } });

test("when everybody hears of a change it is no change any more, and nothing flickers", async ({ page, site, keeper, tell }) => {
  await profile(page, site);
  await page.evaluate(() => {
    window.seen = [];
    const look = () => {
      const segment = document.querySelector(".who__tags [data-segment]")?.dataset.segment;
      if (window.seen.at(-1) !== segment) window.seen.push(segment);
      requestAnimationFrame(look);
    };
    look();
  });
  await choose(page, "Low Value");
  await expect(mark(page)).toHaveAttribute("data-edit", "sent");
  tell(...keeper.events);
  await expect(button(page)).toHaveCount(0);
  await expect(mark(page)).toHaveCount(0);
  await expect(shown(page)).toHaveText("Low Value");
  expect(await page.evaluate(() => window.seen)).toEqual(["High Value", "Low Value"]);
  // Somebody else changes it again: now the data has the word.
  tell({ type: "customer_changed", customer_id: HIGH, segment: "Medium Value" });
  await expect(shown(page)).toHaveText("Medium Value");
  expect(keeper.asked.length).toBe(1);
});

test("profiles, search and list follow what has come since", async ({ page, site, tell }) => {
  await profile(page, site);
  const figure = (name) => page.locator(".figures__one").filter({ has: page.getByText(name, { exact: true }) });
  const exact = (name) => figure(name).locator("data").first().getAttribute("value");
  const before = { value: await exact("Lifetime value"), orders: await exact("Orders"), score: await exact("Satisfaction") };
  expect(before).toEqual({ value: "3363.31", orders: "14", score: "3.6666666666666665".slice(0, before.score.length) });
  const asked = site.requests.length;
  tell(
    { type: "order_placed", customer_id: HIGH, order_id: "N1", date: "2026-07-01", lines: [{ category: "Beauty", amount: 100.5, quantity: 2 }, { category: "Tea", amount: 1 }] },
    { type: "order_returned", customer_id: HIGH, order_id: "N1", date: "2026-07-02", lines: [{ category: "Tea", amount: 1 }] },
    { type: "feedback_received", customer_id: HIGH, date: "2026-07-02", score: 5, channel: "Chat", reason: "Praise" },
    { type: "customer_changed", customer_id: HIGH, first_name: "Zoë", last_name: "Ångström" },
  );
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Zoë Ångström");
  await expect.poll(() => exact("Lifetime value")).toBe("3463.81");
  expect(await exact("Orders")).toBe("15");
  // Three scores with a mean of 11/3, and a five.
  expect(Number(await exact("Satisfaction"))).toBeCloseTo(4, 9);
  const events = page.locator(".timeline .event");
  await expect(events.nth(0)).toContainText("score 5 of 5");
  // An order and what came back of it are one.
  await expect(events.nth(1)).toContainText("returned");
  await expect(events.nth(1)).toContainText("Beauty");
  await expect(page.getByText(/RFM scores are the snapshot's/)).toBeVisible();
  const files = site.requests.slice(asked).filter(({ path }) => path.endsWith(".sqlite"));
  const later = site.requests.length;

  tell(
    { type: "new_customer", customer_id: "N/1", first_name: "Ada", last_name: "Ng", email: "ada@ng.example", city: "Oslo", country: "Norway" },
    { type: "order_placed", customer_id: "N/1", order_id: "N2", date: "2026-07-01", lines: [{ category: "Books", amount: 12.5 }] },
  );
  const box = page.getByRole("combobox", { name: /Search customers/ });
  const options = page.getByRole("option");
  await box.fill("angstrom");
  await expect(options).toHaveText([/Zoë Ångström/]);
  await box.fill("noah walker");
  // Another customer of that name keeps it.
  await expect(options).toHaveText([/Noah Walker\s*C0000069/]);
  await box.fill("noah walker x");
  await expect(page.getByText("No customer begins with “noah walker x”.")).toBeVisible();
  await box.fill("ada n");
  await expect(options).toHaveText([/Ada Ng/]);
  await box.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ada Ng");
  expect(await exact("Lifetime value")).toBe("12.50");
  await expect(page.getByText("Oslo, Norway")).toBeVisible();
  await expect(page.locator(".timeline .event")).toHaveCount(1);
  await expect(page.getByText(/Not in the snapshot yet/)).toBeVisible();
  expect(files.length, "rows are read once").toBeLessThan(30);

  await page.getByRole("link", { name: "All customers" }).click();
  await expect(page.locator(".list__rows")).toContainText("Zoë Ångström");
  await page.getByRole("columnheader", { name: "Last purchase" }).getByRole("button").click();
  await expect(page.locator(".list__rows")).toContainText("Ada Ng");
  await ready(page);
  expect(site.requests.slice(later).filter(({ status }) => status >= 400)).toEqual([]);
  await page.getByRole("link", { name: "SQL console" }).click();
  await expect(page.locator("[data-note=snapshot-alone]")).toBeVisible();
});

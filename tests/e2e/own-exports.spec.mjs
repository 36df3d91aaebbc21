// A shop's export, dropped on the page: looked at, changed, built, and right in every number, in the tab alone.

import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";

import { downloadZip } from "client-zip";

import { violations } from "./lib/axe.mjs";
import { BUILDER } from "./lib/native.mjs";
import { agrees, answersOf, asked, shows } from "./lib/own.mjs";
import { kpis, open, ready } from "./lib/page.mjs";
import { expect, test } from "./lib/test.mjs";

const run = promisify(execFile);

test.describe("a shop's export", () => {
  test.use({ snapshot: "small" });

  const review = (page) => page.locator('[data-own="review"]');
  const total = (page, label) => page.locator('[data-own="totals"] div', { hasText: label }).locator("data");
  const build = (page) => page.getByRole("button", { name: "Build the dashboard" });
  const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

  test("is looked at, built, and right under any filter; nobody is asked for anything", async ({ page, site, complaints }, info) => {
    const [from, toml, out] = ["sales.csv", "mapping.toml", "out"].map((name) => info.outputPath(name));
    const text = await (await page.request.get(`${site.url}samples/shopify-orders.csv`)).text();
    await writeFile(from, text);
    await run(BUILDER, ["guess", from, "--out", toml]);
    await run(BUILDER, ["build", "--from", from, "--mapping", toml, "--out", out]);

    await open(page, `${site.url}own-data`);
    const others = asked(page, site);
    await page.locator("#own-files").setInputFiles(from);
    await expect(review(page)).toContainText("It looks like Shopify's export of orders.");
    await expect(total(page, "Revenue")).toHaveAttribute("value", "2409.90");
    await expect(total(page, "Orders")).toHaveAttribute("value", "34");
    await expect(page.locator('[data-own="changes"]').first()).toContainText("Financial Status");
    // Whether orders count that were refunded or voided is the reader's to say.
    const kinds = page.locator('[data-question="kinds"]');
    await kinds.getByRole("radio", { name: /as sales/ }).check();
    await expect(total(page, "Revenue")).toHaveAttribute("value", "2712.30");
    await expect(total(page, "Orders")).toHaveAttribute("value", "40");
    await page.locator('[data-question="less"]').getByRole("radio", { name: /"Discount Amount" is taken off/ }).check();
    await expect(total(page, "Revenue")).toHaveAttribute("value", "2694.30");
    await page.locator('[data-question="less"]').getByRole("radio", { name: /stay as they are/ }).check();
    await kinds.getByRole("radio", { name: /not at all/ }).check();
    await expect(total(page, "Revenue")).toHaveAttribute("value", "2409.90");
    await expect(page.locator('[data-own="rows"] tbody tr')).toHaveCount(10);
    expect(await violations(page)).toEqual([]);
    const mapping = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download the mapping" }).click();
    const own = await readFile(await (await mapping).path(), "utf8");
    const plain = (text) => text.split("\n").filter((line) => !line.startsWith("#")).join("\n");
    expect(plain(own)).toBe(plain(await readFile(toml, "utf8")));

    await build(page).click();
    await expect(page).toHaveURL(/dashboard$/);
    const queries = ["", "from=2024-02-01&to=2024-03-31", "compare=none"];
    for (const [at, native] of (await answersOf(out, queries)).entries()) {
      if (at > 0) {
        // Within the page: a new one would have forgotten the data.
        await page.evaluate((query) => {
          history.pushState(null, "", `${location.pathname}?${query}`);
          dispatchEvent(new PopStateEvent("popstate"));
        }, queries[at]);
      }
      await agrees(page, native, queries[at]);
    }
    // The page says truthfully who can see it.
    await page.locator("header .brand").click();
    await expect(page.locator(".entry__honest")).toContainText("Nobody else can see it");
    expect(others).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("what only the reader knows is asked, what is wrong can be changed, and rows left out", async ({ page, site }) => {
    await open(page, `${site.url}own-data`);
    const rows = ["Order,Client,Day,Net amount,Gross amount", "1,ann,03/04/2024,10.00,11.90", "2,bob,05/06/2024,20.00,23.80", "3,ann,07/08/2024,30.00,35.70"];
    await page.locator("#own-files").setInputFiles(file("sales.csv", rows.join("\n")));
    const question = page.locator('[data-question="date_order"]');
    await expect(question).toContainText("Does the day or the month stand first");
    const period = page.locator('[data-own="totals"]');
    await expect(period).toContainText("2024-03-04 – 2024-07-08");
    await question.getByRole("radio", { name: /day first/ }).check();
    await expect(period).toContainText("2024-04-03 – 2024-08-07");
    // Who chooses by keys stays where he is.
    await expect(question.getByRole("radio", { name: /day first/ })).toBeFocused();
    await expect(question.getByRole("radio", { name: /day first/ })).toBeChecked();
    // What was changed is not lost unasked.
    const dialog = page.waitForEvent("dialog");
    await page.evaluate(() => void setTimeout(() => location.reload()));
    await (await dialog).dismiss();
    await expect(question.getByRole("radio", { name: /day first/ })).toBeChecked();
    await expect(page.locator('[data-question="currency"]').getByRole("radio").first()).toBeChecked();
    // Another column, and back.
    const revenue = await total(page, "Revenue").getAttribute("value");
    const other = revenue === "60.00" ? ["Gross amount", "71.40"] : ["Net amount", "60.00"];
    await page.locator('[data-field="amount"] select').selectOption({ label: other[0] });
    await expect(total(page, "Revenue")).toHaveAttribute("value", other[1]);
    await expect(period).toContainText("2024-04-03 – 2024-08-07");
    // A mapping that is none is refused, and nothing is lost.
    await page.getByText("Change the mapping as text").click();
    const text = page.getByRole("textbox", { name: "The mapping, as TOML" });
    const good = await text.inputValue();
    await text.fill("what?");
    await page.getByRole("button", { name: "Read anew" }).click();
    await expect(page.locator('[data-own="refused"]')).toBeVisible();
    await expect(page.locator('[data-own="wrong"]'), "beside what was written").toBeInViewport();
    await expect(build(page)).toBeDisabled();
    await text.fill(good);
    await page.getByRole("button", { name: "Read anew" }).click();
    await expect(total(page, "Revenue")).toHaveAttribute("value", other[1]);
    // A currency that is not listed.
    await page.locator('[data-question="currency"]').getByRole("textbox").fill("chf");
    await page.keyboard.press("Tab");
    await expect(period).toContainText("CHF");
    await build(page).click();
    await expect(page).toHaveURL(/dashboard/);
    await page.locator("header .tag--own").click();
    // How it was read can be looked at again, and another answer given.
    await page.getByRole("button", { name: "Change how it is read" }).click();
    await expect(total(page, "Revenue")).toHaveAttribute("value", other[1]);
    await question.getByRole("radio", { name: /month first/ }).check();
    await expect(period).toContainText("2024-03-04 – 2024-07-08");
    await page.getByRole("button", { name: "Other files" }).click();
    // What is open gives way, as far as the reader agrees.
    page.on("dialog", (agreed) => agreed.accept());
    // Rows that cannot be read keep it from being built, unless the reader does without them.
    await page.locator("#own-files").setInputFiles(file("broken.csv", [...rows, "4,bob,09/13/2024,x,y", "5,bob,2024-13-45,1.00,1.19"].join("\n")));
    await expect(page.locator('[data-own="left-out"]')).toBeVisible();
    const without = page.getByRole("button", { name: "Leave these rows out" });
    await expect(build(page)).toBeDisabled();
    await without.click();
    await expect(build(page)).toBeEnabled();
    await expect(without).toHaveCount(0);
    await build(page).click();
    await expect(page).toHaveURL(/dashboard/);
    await ready(page);
    expect(Object.keys(await kpis(page)).length).toBeGreaterThan(0);
  });

  test("what was begun goes on while another view is looked at, and what was changed is kept", async ({ page, site, complaints }) => {
    const view = (name) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).click();
    const bring = (name, text) => page.locator("#own-files").setInputFiles(file(name, text));
    await open(page, `${site.url}own-data`);
    await bring("sales.csv", ["Order,Client,Day,Amount", "1,ann,03/04/2024,10.00", "2,bob,05/06/2024,20.00"].join("\n"));
    const period = page.locator('[data-own="totals"]');
    await page.locator('[data-question="date_order"]').getByRole("radio", { name: /day first/ }).check();
    await view("Settings");
    const dialog = page.waitForEvent("dialog");
    await page.evaluate(() => void setTimeout(() => location.reload()));
    await (await dialog).dismiss();
    await view("Your own data");
    await expect(period).toContainText("2024-04-03 – 2024-06-05");
    await expect(build(page)).toBeEnabled();
    // Other files take nothing away.
    await page.getByRole("button", { name: "Other files" }).click();
    await bring("other.csv", "Order,Client,Day,Amount\n7,eve,2024-01-02,5.00\n8,eve,2024-01-03,6.00");
    await expect(total(page, "Revenue")).toHaveAttribute("value", "11.00");
    await page.getByRole("button", { name: "Back to it" }).click();
    await expect(period).toContainText("2024-04-03 – 2024-06-05");
    await build(page).click();
    await view("Settings");
    await expect(page.locator("header .tag--own")).toBeVisible();
    // What is open and was not saved is asked about before it goes.
    await view("Your own data");
    await bring("other.csv", "Order,Client,Day,Amount\n7,eve,2024-01-02,5.00\n8,eve,2024-01-03,6.00");
    page.once("dialog", (question) => {
      expect(question.message()).toContain("sales.csv, which is open now, was not saved");
      return question.dismiss();
    });
    await build(page).click();
    await expect(total(page, "Revenue")).toHaveAttribute("value", "11.00");
    await expect(page.locator('[data-own="open"] h2')).toHaveText("sales.csv");
    expect(complaints).toEqual([]);
  });

  test("several files of purchases are read as one, and what two of them have counts once", async ({ page, site, complaints }) => {
    await open(page, `${site.url}own-data`);
    const head = "Order,Client,Day,Product,Amount,Currency";
    const january = [head, "1,ann,2024-01-03,Tea,10.00,EUR", "2,bob,2024-01-30,Mug,20.00,EUR", "3,cat,2024-01-31,Mug,20.00,EUR"];
    const february = ["Day;Order;Client;Amount;Currency;Product", "2024-01-31;3;cat;20.00;EUR;Mug", "2024-02-14;4;ann;5.50;EUR;Tea"];
    const names = ["sales-2.csv", "sales-1.csv", "sales-old.csv"];
    const drop = (texts) =>
      page.evaluate((files) => {
        const dataTransfer = new DataTransfer();
        for (const [name, text] of files) dataTransfer.items.add(new File([text], name));
        const event = (name) => new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true });
        document.querySelector("main").dispatchEvent(event("dragover"));
        document.querySelector("main").dispatchEvent(event("drop"));
      }, names.map((name, at) => [name, texts[at].join("\n")]));
    await drop([february, january, ["Order,Client,Day,Amount,Currency", "9,ann,2023-05-01,7.00,EUR"]]);
    const purchases = page.locator('[data-own="purchases"]');
    await expect(purchases).toContainText("2 files of purchases, read as one");
    await expect(purchases.locator("li")).toHaveText(["sales-1.csv: 3 rows", "sales-2.csv: 1 rows; 1 of the file are in an earlier one, too"]);
    await expect(page.locator('[data-own="problem"]')).toContainText('Nothing of "sales-old.csv" counts above: it has no column "Product"');
    await expect(total(page, "Revenue")).toHaveAttribute("value", "55.50");
    const question = page.locator('[data-question="overlap"]');
    await question.getByRole("radio", { name: /in each file/ }).check();
    await expect(total(page, "Revenue")).toHaveAttribute("value", "75.50");
    await expect(purchases.locator("li").last()).toHaveText("sales-2.csv: 2 rows; 1 of the file are in an earlier one, too");
    await question.getByRole("radio", { name: /count once/ }).check();
    await expect(total(page, "Revenue")).toHaveAttribute("value", "55.50");
    expect(await violations(page)).toEqual([]);
    await build(page).click();
    await expect(page).toHaveURL(/dashboard/);
    await expect(page.locator('[data-kpi="total_revenue"] .kpi__value data')).toHaveAttribute("value", "55.50");
    // A line that cannot be read is told with its own file.
    await page.locator("header .tag--own").click();
    await drop([[...february, "2024-02-33;5;bob;1.00;EUR;Tea"], january, ["a,b", "1,2"]]);
    await expect(page.locator('[data-own="left-out"]')).toContainText("sales-2.csv");
    expect(complaints).toEqual([]);
  });

  test("where no purchases are found, the reader says which columns they are", async ({ page, site, complaints }) => {
    await open(page, `${site.url}own-data`);
    const text = "Order,Client,Day,Blue,<b>Red</b>\n1,ann,2024-03-04,10.00,11.90\n2,bob,2024-05-06,20.00,23.80\n";
    await page.locator("#own-files").setInputFiles(file("odd.csv", text));
    await expect(page.locator('[data-own="problem"]').first()).toContainText("Nothing usable was found");
    await expect(build(page)).toBeDisabled();
    for (const [field, column] of [["order_id", "Order"], ["customer_id", "Client"], ["transaction_date", "Day"], ["amount", "<b>Red</b>"]]) {
      const list = page.locator(`[data-field="${field}"] select`);
      if ((await list.inputValue()) !== column) await list.selectOption({ label: column });
      await expect(page.locator('[data-own="busy"]')).toHaveCount(0);
    }
    await expect(total(page, "Revenue")).toHaveAttribute("value", "35.70");
    await build(page).click();
    await expect(page).toHaveURL(/dashboard/);
    await expect(page.locator('[data-kpi="total_revenue"] .kpi__value data')).toHaveAttribute("value", "35.70");
    expect(complaints).toEqual([]);
  });

  test("what is no export is refused in words, and what was open stays", async ({ page, site, complaints }) => {
    await open(page, `${site.url}own-data`);
    const trouble = page.locator('[data-own="trouble"]');
    const parts = ["[Content_Types].xml", "xl/workbook.xml"].map((name) => ({ name, input: "<a/>" }));
    const workbook = Buffer.from(await (await downloadZip(parts).blob()).arrayBuffer());
    for (const [name, body] of [
      ["empty.csv", ""],
      ["words.csv", "a\n1\n"],
      ["picture.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 0, 0xff, 0xfe, 0, 1, 2])],
      ["sales.xlsx", workbook],
      ["half.sqlite", Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(50)])],
      ["<img src=x onerror=alert(1)>.csv", "=1+1\n<b>\n"],
    ]) {
      await page.locator("#own-files").setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(body) });
      await expect(trouble, name).not.toBeEmpty();
      if (body === workbook) await expect(trouble).toContainText("This is a workbook of Excel");
      await expect(page.locator('[data-own="busy"]')).toHaveCount(0);
    }
    expect(complaints).toEqual([]);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Dashboard" }).click();
    await shows(page, "small");
  });

  test("a file that is dropped anywhere is looked at, work can be stopped, and leaving asks first", async ({ page, site }) => {
    await open(page, `${site.url}dashboard`);
    const lines = Array.from({ length: 60_000 }, (_, at) => `${at},c${at % 700},2024-0${1 + (at % 9)}-11,${at % 90}.50`);
    const text = ["Order,Customer,Date,Amount", ...lines].join("\n");
    const drop = () =>
      page.evaluate((text) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], "dropped.csv"));
        const event = (name) => new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true });
        document.querySelector("main").dispatchEvent(event("dragover"));
        document.querySelector("main").dispatchEvent(event("drop"));
      }, text);
    const importers = () => page.workers().filter((worker) => worker.url().includes("importer")).length;
    await drop();
    await expect(page).toHaveURL(/own-data/);
    await expect(review(page)).toContainText("dropped.csv");
    await expect(total(page, "Purchase lines")).toHaveAttribute("value", "60000");
    await build(page).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(review(page)).toContainText("dropped.csv");
    await expect.poll(importers).toBe(0);
    // What is under way goes on when the view is left, and takes nobody away from where he is.
    await build(page).click();
    const menu = page.getByRole("navigation", { name: "Main" });
    await menu.getByRole("link", { name: "Settings" }).click();
    await expect(page.locator("header .tag--own")).toBeVisible();
    await expect(page).toHaveURL(/settings/);
    await menu.getByRole("link", { name: "Dashboard" }).click();
    await expect(page.locator('[data-kpi="total_orders"] .kpi__value data')).toHaveAttribute("value", /\d+/);
    await expect.poll(importers).toBe(0);
    let asks = 0;
    page.on("dialog", (dialog) => {
      asks += 1;
      return dialog.accept();
    });
    await page.mouse.click(2, 2);
    await page.reload();
    expect(asks).toBe(1);
    await shows(page, "small");
  });

  test("who goes from the mapping's text to the button need not press it twice", async ({ page, site }) => {
    await open(page, `${site.url}own-data`);
    await page.locator("#own-files").setInputFiles(file("sales.csv", "Order,Client,Day,Net,Gross\n1,ann,2024-01-02,10.00,11.90\n2,bob,2024-01-03,20.00,23.80"));
    await page.getByText("Change the mapping as text").click();
    const text = page.getByRole("textbox", { name: "The mapping, as TOML" });
    const mapping = await text.inputValue();
    const [now, then, revenue] = mapping.includes('\namount = "Net"') ? ["Net", "Gross", "35.70"] : ["Gross", "Net", "30.00"];
    await text.fill(mapping.replace(`\namount = "${now}"`, `\namount = "${then}"`));
    await build(page).click();
    await expect(page).toHaveURL(/dashboard$/);
    await expect(page.locator('[data-kpi="total_revenue"] .kpi__value data')).toHaveAttribute("value", revenue);
  });

  test("a sample is tried at one press", async ({ page, site, complaints }) => {
    await open(page, `${site.url}own-data`);
    await page.getByRole("link", { name: "WooCommerce" }).click();
    await expect(review(page)).toContainText("woocommerce-orders.csv");
    await expect(build(page)).toBeEnabled();
    expect(complaints).toEqual([]);
  });

  test("an archive of an export is read, also compressed", async ({ page, site }) => {
    await open(page, `${site.url}own-data`);
    const text = await (await page.request.get(`${site.url}samples/sales.csv`)).text();
    const archive = await downloadZip([{ name: "export/sales.csv", input: text }]).blob();
    for (const [name, bytes] of [["export.zip", Buffer.from(await archive.arrayBuffer())], ["sales.csv.gz", gzipSync(text)]]) {
      await page.locator("#own-files").setInputFiles({ name, mimeType: "application/octet-stream", buffer: bytes });
      await expect(total(page, "Purchase lines"), name).toHaveAttribute("value", "80");
      await page.getByRole("button", { name: "Other files" }).click();
    }
    // Beside other files, too.
    const month = (number) => `Order,Client,Day,Amount\n${number},ann,2024-0${number}-02,5.00\n${number}0,bob,2024-0${number}-03,6.00`;
    const february = await downloadZip([{ name: "feb.csv", input: month(2) }]).blob();
    await page.locator("#own-files").setInputFiles([
      file("jan.csv", month(1)),
      { name: "feb.zip", mimeType: "application/zip", buffer: Buffer.from(await february.arrayBuffer()) },
    ]);
    await expect(total(page, "Purchase lines")).toHaveAttribute("value", "4");
  });

  test("it fits a phone", async ({ page, site }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: "dark" });
    await open(page, `${site.url}own-data`);
    const text = await (await page.request.get(`${site.url}samples/woocommerce-orders.csv`)).text();
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await wide()).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
    await page.locator("#own-files").setInputFiles(file("orders.csv", text));
    await expect(review(page)).toBeVisible();
    expect(await wide()).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
  });
});

// What programs are answered by a static host: every address, its shape by a validator that knows
// nothing of us, its figures by plain plotly.js, and the page that describes them.

import { createRequire } from "node:module";
import path from "node:path";

import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

import { serve } from "./lib/server.mjs";
import { DIST, PROJECT, expect, fixture, test } from "./lib/test.mjs";

const require = createRequire(import.meta.url);
const BELOW = { dist: path.join(PROJECT, "target/tested-below"), base: "/shop/hub/" };

async function hosted(site, look) {
  const host = await serve({ folders: { "data/": fixture("demo") }, ...site });
  await look(host).finally(() => host.close());
}

async function read(url) {
  const answer = await fetch(url);
  return { status: answer.status, type: answer.headers.get("content-type"), body: await answer.json() };
}

/** The addresses of a description, the first page standing for all. */
function addresses(description) {
  const root = description.servers[0].url.replace(/\/$/, "");
  return Object.entries(description.paths).map(([name, { get }]) => ({
    path: root + name.replace("{page}", "1"),
    schema: get.responses["200"].content["application/json"].schema,
  }));
}

for (const site of [{ dist: DIST }, BELOW]) {
  test(`every address answers as it is described, under ${site.base ?? "/"}`, async () => {
    await hosted(site, async (host) => {
      const { body: description } = await read(`${host.url}api/openapi.json`);
      const judged = await new Validator().validate(structuredClone(description));
      expect(judged.errors ?? []).toEqual([]);
      expect(judged.valid).toBe(true);
      const ajv = addFormats(new Ajv2020({ strict: true, allowUnionTypes: true }));
      for (const { path: address, schema } of addresses(description)) {
        const { status, type, body } = await read(host.origin + address);
        expect.soft([status, type], address).toEqual([200, "application/json"]);
        const fits = ajv.compile(schema);
        fits(body);
        expect.soft(fits.errors, address).toBeNull();
      }
      expect((await read(`${host.url}backend`)).body).toEqual({ message: "Welcome to the CDP Dashboard API" });
    });
  });
}

test("an address that there is not gets an error as the documents have it", async () => {
  await hosted({ dist: DIST }, async (host) => {
    for (const name of ["api/no-such", "api/kpis/2", "backend/no-such.json", "api/../api/x"]) {
      const { status, type, body } = await read(host.url + name);
      expect.soft([status, type], name).toEqual([404, "application/json"]);
      expect.soft(body, name).toEqual({ error: "Resource not found" });
    }
    const other = await fetch(`${host.url}api/kpis`, { headers: { Origin: "https://elsewhere.example" } });
    expect(other.headers.get("access-control-allow-origin")).toBe("*");
    expect(other.headers.get("cache-control")).toBe("no-cache");
  });
});

test("plain plotly.js draws each figure", async ({ page, complaints }) => {
  const plotly = require.resolve("plotly.js/dist/plotly.min.js");
  await hosted({ dist: DIST }, async (host) => {
    const { body: description } = await read(`${host.url}api/openapi.json`);
    const figures = [];
    for (const { path: address } of addresses(description).filter(({ schema }) => schema.properties?.layout)) {
      figures.push([address, (await read(host.origin + address)).body]);
    }
    expect(figures).toHaveLength(6);
    await page.setContent('<div id="plot"></div>');
    await page.addScriptTag({ path: plotly });
    for (const [address, figure] of figures) {
      const drawn = await page.evaluate(async ({ data, layout }) => {
        // What is said of an axis that is hidden is no fault.
        const faults = window.Plotly.validate(data, layout) ?? [];
        const invalid = faults.filter(({ code }) => !["unused", "invisible"].includes(code));
        const plot = await window.Plotly.newPlot("plot", data, { ...layout, width: 640, height: 420 });
        const title = document.querySelector(".gtitle")?.textContent;
        return { invalid: invalid.map(({ msg }) => msg), traces: plot.calcdata.length, title };
      }, figure);
      expect.soft(drawn.invalid, address).toEqual([]);
      expect.soft(drawn.traces, address).toBe(figure.data.length);
      expect.soft(drawn.title, address).toBe(figure.layout.title.text);
    }
    expect(complaints).toEqual([]);
  });
});

test("the description is read and tried on a page of its own", async ({ page, complaints }) => {
  await hosted(BELOW, async (host) => {
    await page.goto(`${host.url}docs/`);
    const kpis = page.locator("#operations-Dashboard-dashboard_kpis");
    await kpis.getByRole("button").first().click();
    await kpis.getByRole("button", { name: "Execute" }).click();
    await expect(kpis.locator(".live-responses-table .response-col_status").last()).toContainText("200");
    await expect(kpis.locator(".live-responses-table")).toContainText("Total Revenue");
    const asked = host.requests.filter(({ path }) => !path.startsWith(BELOW.base));
    expect(asked).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

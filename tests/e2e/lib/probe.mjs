// The page's engine on an otherwise empty page, and the native engine beside it.
//
// `target/probe/` holds the engine of `src/session/engine_http.rs`, compiled to WebAssembly without the
// page (tests/e2e/probe.rs); `target/probe/ask` is the native one (crates/engine/examples/ask.rs).

import { spawnSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import path from "node:path";

import { DIST, PROBE, fixture, manifest } from "./test.mjs";

/** An empty page of the site that can open snapshots. */
export class Probe {
  constructor(page, site, scripts) {
    this.page = page;
    this.site = site;
    this.scripts = scripts;
  }

  static async start(page, site) {
    const [hash] = await readdir(path.join(DIST, "js"));
    // Any file of the site that is not the page: it only lends its address and its policy.
    await page.goto(`${site.origin}/config.json`);
    await page.evaluate(async () => {
      const module = await import("/probe/probe.js");
      await module.default();
      globalThis.Probe = module.Probe;
    });
    return new Probe(page, site, `${site.origin}/js/${hash}/`);
  }

  /** Opens the site's snapshot: "" or the error's `name: message`. */
  async open({ patience = 4_000, manifest = "data/manifest.json", scripts = this.scripts } = {}) {
    return this.page.evaluate(
      async ([address, scripts, patience]) => {
        try {
          globalThis.probe?.free();
          globalThis.probe = undefined;
          globalThis.probe = await globalThis.Probe.open(address, scripts, patience);
          return "";
        } catch (error) {
          return `${error.name}: ${error.message}`;
        }
      },
      [`${this.site.origin}/${manifest}`, scripts, patience],
    );
  }

  /** Answers to questions, in the form of the native engine's. */
  async ask(questions) {
    return this.page.evaluate(async (questions) => {
      const answers = [];
      for (const question of questions) {
        try {
          const { probe } = globalThis;
          const rows = question.load
            ? (await probe.load()).fingerprint
            : await probe.ask(JSON.stringify(question));
          answers.push({ rows });
        } catch (error) {
          answers.push({ code: error.name, message: error.message });
        }
      }
      return answers;
    }, questions);
  }

  /** The answer to one SQL statement. */
  async sql(sql) {
    return (await this.ask([{ sql }]))[0];
  }

  /** Calls a method of the probe. */
  async call(name, ...values) {
    return this.page.evaluate(
      async ([name, values]) => {
        const result = await globalThis.probe[name](...values);
        return ArrayBuffer.isView(result) ? [...result] : result;
      },
      [name, values],
    );
  }
}

/** What the native engine answers to the same questions about a snapshot in one file. */
export async function native(name, questions) {
  const { file } = await manifest(name);
  const program = path.join(PROBE, process.platform === "win32" ? "ask.exe" : "ask");
  const answered = spawnSync(
    program,
    [path.join(fixture(name), file.publishing.path), path.join(fixture(name), "manifest.json")],
    {
      input: questions.map((question) => JSON.stringify(question)).join("\n"),
      encoding: "utf8",
      maxBuffer: 1 << 28,
    },
  );
  if (answered.status !== 0) throw new Error(`ask: ${answered.error ?? answered.stderr}`);
  return answered.stdout.trim().split("\n").map((line) => JSON.parse(line));
}

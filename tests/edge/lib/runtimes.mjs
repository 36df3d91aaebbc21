// Starts the built edge in real workerd and in real Deno, or `hub serve`, which guards by the same
// code, on free ports of this machine.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ask } from "./http.mjs";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
// The programs themselves: ending npm's scripts around them would leave them running.
const require = createRequire(import.meta.url);
const COMPATIBILITY_DATE = "2026-10-01";

const PARTS = ["shim.js", "built", "cloudflare.js", "r2-files.js", "deno.js", "deno-files.js"];

process.setMaxListeners(0);

/** The program of the server, where that is to be attacked. */
export const HUB = process.env.HUB;

export const RUNTIMES = HUB ? { hub } : { workerd, deno };

/** Further names under which the server is asked for. */
const NAMES = ["a", "a.example", "a.example.", "b", "evil.example", "xn--e1afmkfd.example"];

/** A folder with the edge as it is deployed, and the stand-ins for the files' host. */
export function stage(folder) {
  if (HUB) return folder;
  for (const part of PARTS) {
    cpSync(join(ROOT, "edge", part), join(folder, part), { recursive: true });
  }
  for (const name of ["assets.js", "upstream.js", "deno-upstream.js"])
    cpSync(join(ROOT, "tests/edge/workerd", name), join(folder, name));
  return folder;
}

/** Starts one; `site` is the folder of the static files, `settings` the variables. */
async function workerd({ folder, site, settings, label, files }) {
  const bindings = Object.entries(settings).map(
    ([name, value]) =>
      // What is no text in `vars` of wrangler's file comes in as it is.
      typeof value === "string"
        ? `(name = ${quoted(name)}, text = ${quoted(value)})`
        : `(name = ${quoted(name)}, json = ${quoted(JSON.stringify(value))})`,
  );
  bindings.push('(name = "ASSETS", service = "assets")');
  const modules = [
    ["cloudflare.js", "esModule"],
    ["shim.js", "esModule"],
    ["r2-files.js", "esModule"],
    ["built/edge.js", "esModule"],
    ["built/edge_bg.wasm", "wasm"],
  ].map(([name, kind]) => `(name = "${name}", ${kind} = embed "${name}")`);
  return workerdWith({ folder, site, label, modules, bindings, files });
}

/** Starts workerd with a worker of these modules and bindings, before the static files. */
export async function workerdWith({ folder, site, label, modules, bindings, files = "assets.js" }) {
  const port = await freePort();
  const config = `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "edge", worker = (
      modules = [${modules.join(", ")}],
      bindings = [${bindings.join(", ")}],
      globalOutbound = "network",
      compatibilityDate = "${COMPATIBILITY_DATE}")),
    (name = "assets", worker = (
      modules = [(name = "${files}", esModule = embed "${files}")],
      bindings = [(name = "FILES", service = "files")],
      compatibilityDate = "${COMPATIBILITY_DATE}")),
    (name = "files", disk = (path = ${quoted(site)}, allowDotfiles = true)),
    (name = "network", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "edge")]
);`;
  const path = join(folder, `${label}.capnp`);
  writeFileSync(path, config);
  return started(port, spawn(require("workerd").default, ["serve", path]));
}

async function deno({ folder, site, settings, files }) {
  const port = await freePort();
  const entry = files ? `deno-${files}` : "deno.js";
  const cache = join(folder, "deno-cache");
  mkdirSync(cache, { recursive: true });
  const allowed = ["--allow-net=127.0.0.1", "--allow-env", `--allow-read=${site},${folder}`];
  const args = ["run", "--quiet", "--no-config", "--no-lock", "--cached-only", ...allowed];
  const where = {
    HOST: "127.0.0.1",
    PORT: port,
    DIST: site,
    DENO_DIR: cache,
    PATH: process.env.PATH,
  };
  const env = { ...where, ...texts(settings) };
  return started(port, spawn(require("deno/install_api.cjs").runInstall(), [...args, join(folder, entry)], { env }));
}

async function hub({ site, settings }) {
  const port = await freePort();
  const base = settings.BASE_PATH ?? "/";
  const names = NAMES.flatMap((name) => ["--allow-host", name]);
  const below = join(site, base);
  const root = existsSync(join(below, "config.json")) ? below : site;
  const args = ["serve", "--site", root, "--base", base, "--port", port, ...names];
  return started(port, spawn(HUB, args, { env: { PATH: process.env.PATH, ...texts(settings) } }));
}

/** Settings as variables of the environment. */
function texts(settings) {
  const text = (value) => (typeof value === "string" ? value : JSON.stringify(value));
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, text(value)]));
}

async function started(port, child) {
  const lines = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => lines.push(String(text)));
  let ended = false;
  const stop = () => child.kill();
  process.on("exit", stop);
  child.on("exit", () => {
    ended = true;
    process.off("exit", stop);
  });
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 1200 && !ended; tries += 1) {
    const ready = await ask(origin, { path: "/" }).catch(() => null);
    if (ready)
      return {
        origin,
        child,
        log: () => lines.join(""),
        stop,
        ended: () => ended,
      };
    await new Promise((done) => setTimeout(done, 50));
  }
  child.kill();
  throw new Error(`it did not start:\n${lines.join("")}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const quoted = (text) => JSON.stringify(text);

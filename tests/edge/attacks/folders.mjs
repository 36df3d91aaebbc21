// The folder that Deno or the server serves holds links, pipes and names too long; the process runs out
// of files. workerd has no such folder here: it answers its own way, and gives no byte of data either.
import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, symlinkSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { SESSION, seal, session } from "../lib/seal.mjs";

const cookie = () => `${SESSION}=${seal(session())}`;

/** An edge before a folder of its own, as `change` leaves it. */
const before = (change, act) => async (_, lab) => {
  const site = `${lab.sites["/"]}-${lab.runtime}-${lab.name.replace(/\W+/g, "-")}`;
  cpSync(lab.sites["/"], site, { recursive: true });
  change(site);
  const own = Object.assign(Object.create(lab), { sites: { "/": site } });
  const edge = await own.start();
  const answer = await act(edge, lab);
  edge.runtime.stop();
  return answer;
};
const ofFiles = ({ runtime }) => ["deno", "hub"].includes(runtime);
const folder = (change, act, instead) => (edge, lab) =>
  ofFiles(lab) ? before(change, act)(edge, lab) : instead(edge);
/** As above, where the system tells of the files that a process has open. */
const counted = (act) => (edge, lab) =>
  ofFiles(lab) && process.platform === "linux"
    ? before(() => {}, act)(edge, lab)
    : edge.get("/");
const missing = (edge) => edge.get("/js/missing.js");
const link = (to, from) => (site) => symlinkSync(to, join(site, from));
const open = ({ pid }) => readdirSync(`/proc/${pid}/fd`).length;
const limit = ({ pid }, files) => execFileSync("prlimit", ["--pid", String(pid), `--nofile=${files}:`]);

export default [
  ["a public link to a guarded file", "404 not_found", folder(link("../data/manifest.json", "js/a.js"), (edge) => edge.get("/js/a.js"), missing)],
  ["a public link to the guarded folder", "404 not_found", folder(link("../data", "js/a"), (edge) => edge.get("/js/a/config.json"), missing)],
  ["a link out of the folder", "404 not_found", folder(link("/etc/passwd", "js/a.js"), (edge) => edge.get("/js/a.js"), missing)],
  ["a link to itself", "404 not_found", folder(link("a.js", "js/a.js"), (edge) => edge.get("/js/a.js"), missing)],
  ["a public folder that is a link", "404 not_found", folder(link("data", "icons"), (edge) => edge.get("/icons/config.json"), missing)],
  ["a guarded link elsewhere", "404 not_found", folder(link("../backup", "data/b"), (edge) => edge.get("/data/b/manifest.json", { cookie: cookie() }), missing)],
  [
    "a pipe is no file, and waits for nobody",
    "404 not_found",
    folder((site) => execFileSync("mkfifo", [join(site, "js/a.js")]), (edge) => edge.get("/js/a.js"), missing),
  ],
  ["a name too long", "404 not_found", (edge) => edge.get(`/js/${"a".repeat(300)}.js`)],
  ["a path too long", "404 not_found", (edge) => edge.get(`/js/${"a/".repeat(3000)}x.js`)],
  ["a folder's name with a file's behind a file", "404 not_found", (edge) => edge.get("/js/ab12/part.js/x.js")],
  ["any version is known", "304", folder(() => {}, (edge) => edge.get("/config.json", { "if-none-match": "*" }), async (edge) => {
    const { etag } = (await edge.get("/config.json")).headers;
    return edge.get("/config.json", { "if-none-match": etag });
  })],
  [
    "no file stays open behind its answer",
    "200",
    counted(async (edge, { check }) => {
      await edge.get("/");
      const { child } = edge.runtime;
      const earlier = open(child);
      const headers = [{}, { range: "bytes=0-3" }, { range: "bytes=99999-" }, { "if-none-match": "*" }];
      for (let round = 0; round < 5; round += 1)
        for (const more of headers)
          for (const method of ["GET", "HEAD"])
            for (const path of ["/data/manifest.json", "/data", "/js"])
              await edge.ask({ method, path, headers: { cookie: cookie(), ...more } });
      check(open(child) < earlier + 10, `${open(child)} open, ${earlier} before`);
      return edge.get("/");
    }),
  ],
  [
    "a storm of connections is outlived",
    "200",
    counted(async (edge, { check }) => {
      const { child, origin, ended } = edge.runtime;
      limit(child, open(child) + 20);
      const { hostname: host, port } = new URL(origin);
      const sockets = Array.from({ length: 100 }, () => net.connect({ host, port: Number(port) }));
      await Promise.all(
        sockets.map((socket) => new Promise((done) => socket.on("error", done).on("connect", done))),
      );
      for (const socket of sockets) socket.destroy();
      for (let tries = 0; tries < 100 && !ended(); tries += 1) {
        const answer = await edge.get("/").catch(() => null);
        if (answer) return answer;
        await new Promise((again) => setTimeout(again, 50));
      }
      check(false, "it has ended");
      return edge.get("/");
    }),
  ],
];

// Nginx with the documented set-up (docs/nginx.conf), on a free port of this machine.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const PLACES = ["/usr/sbin/nginx", "/usr/local/bin/nginx", "/opt/homebrew/bin/nginx"];
const BROTLI = "/usr/share/nginx/modules/ngx_http_brotli_static_module.so";

/** Where it is installed. */
export const PROGRAM = PLACES.find((file) => existsSync(file)) ?? "nginx";

export async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Serves a folder; `main`, `events` and `http` are further lines of its set-up. Gives its process, its
 * address, and whether it has brotli.
 */
export async function startNginx({ scratch, root, base, main, events = "", http }) {
  const port = await freePort();
  const documented = await readFile(path.join(PROJECT, "docs/nginx.conf"), "utf8");
  const brotli = existsSync(BROTLI);
  const below = base.replace(/\/$/, "");
  const server = documented
    .replace("listen 80;", `listen 127.0.0.1:${port};`)
    .replace("/var/www/insights-hub", root)
    .replace(/try_files .*;/, `try_files $uri ${base}index.html;`)
    .replace("^/data/snapshot-", `^${below}/data/snapshot-`)
    .replace("~^/js/", `~^${below}/js/`)
    .replace("~^/data/(", `~^${below}/data/(`)
    .replace(/brotli_static on;/, brotli ? "brotli_static on;" : "");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const paths = temporary.map((name) => `${name}_temp_path ${scratch}/${name};`).join("\n");
  const config = `${brotli ? `load_module ${BROTLI};` : ""}
daemon off; pid ${scratch}/nginx.pid; error_log ${scratch}/error.log;
${main}
events { ${events} }
http { ${http} ${paths}
${server}
}`;
  const file = path.join(scratch, "nginx.conf");
  await writeFile(file, config);
  const child = spawn(PROGRAM, ["-e", `${scratch}/error.log`, "-c", file], { stdio: "inherit" });
  const origin = `http://127.0.0.1:${port}`;
  await answering(child, `${origin}${base}`);
  return { child, origin, brotli };
}

/** Waits until a server answers. */
export async function answering(child, url) {
  for (let tries = 0; ; tries += 1) {
    const answers = await fetch(url).then(({ ok }) => ok, () => false);
    if (answers) return;
    if (tries > 100 || child.exitCode !== null) throw new Error(`nobody answers at ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

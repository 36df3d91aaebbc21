// A small site as the build makes it, with marks by which a leak of data is recognised.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Stands in every file that only signed-in users may see. */
export const MARK = "CONFIDENTIAL-ROW";

/** Names that are public beside the page, and no more than names in any other folder. */
export const LIKE_PUBLIC = ["config.json", "x.js", "index.html", "x.css", "x.wasm"];

/** Folders of which no file is public. */
const CLOSED = ["data", "data/snapshot-1", "api", "backup"];

/** Bytes of the chunk file, none of them alike over a long stretch. */
export const CHUNK = Buffer.alloc(
  64 * 1024,
  (() => {
    let text = "";
    for (let row = 0; text.length < 64 * 1024; row += 1) text += `${MARK} ${row};`;
    return text;
  })(),
);

/** Writes the site into a folder, below a base path. */
export function writeSite(folder, base = "/") {
  const files = {
    "index.html": "<!doctype html><title>Insights</title>the page",
    "config.json": "{}",
    "app-1a2b.js": "export {};",
    "js/ab12/part.js": "export {};",
    "data/manifest.json": JSON.stringify({ snapshot: MARK }),
    "data/snapshot-1/00000.chunk": CHUNK,
    "data/app.js": `// ${MARK}`,
    "api/kpis": JSON.stringify({ kpiData: MARK }),
    "secret.sqlite": MARK,
    "backup/manifest.json": MARK,
    ".env": MARK,
  };
  for (const path of CLOSED.flatMap((closed) => LIKE_PUBLIC.map((name) => `${closed}/${name}`)))
    files[path] = `${MARK} in ${path}`;
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, base, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/** Makes of a written site one that the server `hub` takes: with a snapshot, and a page that asks for
 * the sign-in of a client. */
export function withSnapshot(hub, client, folder, base = "/") {
  const input = join(folder, "input");
  mkdirSync(input);
  const rows = ["order_id,customer_id,transaction_date,amount,quantity,category"];
  for (let at = 0; at < 40; at += 1)
    rows.push(`o${at},c${at % 7},2025-0${1 + (at % 9)}-1${at % 10},${10 + at}.50,1,${MARK}`);
  writeFileSync(join(input, "purchase_transactions.csv"), rows.join("\n"));
  const mapping = join(input, "mapping.toml");
  writeFileSync(mapping, `source = '${MARK}'\ncurrency.code = 'EUR'\n[purchase_transactions]\n`);
  const data = join(folder, base, "data");
  rmSync(join(data, "manifest.json"));
  execFileSync(hub, ["build", "--from", input, "--mapping", mapping, "--out", data], { stdio: "pipe" });
  rmSync(input, { recursive: true });
  const config = { signIn: { clientId: client } };
  writeFileSync(join(folder, base, "config.json"), JSON.stringify(config));
  return folder;
}

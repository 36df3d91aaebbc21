// Reads `_redirects` the way the hosts do for which it is made, so that tests see what programs see.

import { readFile } from "node:fs/promises";

/** The rules of a file: `[{ from, to, status }]`; none if there is no file. */
export async function readRedirects(file) {
  const text = await readFile(file, "utf8").catch(() => "");
  const lines = text.split("\n").filter((line) => line.trim());
  return lines.map((line) => {
    const [from, to, status] = line.trim().split(/\s+/);
    return { from, to, status: Number(status) };
  });
}

/** What the first rule for an address answers with: `{ path, status }`. */
export function redirected(rules, pathname) {
  for (const { from, to, status } of rules) {
    const found = pattern(from).exec(pathname);
    if (found) return { path: to.replace(/:(\w+)/g, (_, name) => found.groups[name]), status };
  }
  return undefined;
}

/** `*` stands for any characters, `:name` for any within a part. */
function pattern(from) {
  const literal = from.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  const source = literal.replaceAll("*", ".*").replace(/:(\w+)/g, "(?<$1>[^/]+)");
  return new RegExp(`^${source}$`);
}

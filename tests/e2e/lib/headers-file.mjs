// Reads `_headers` the way the hosts do for which it is made, so that tests see what users see.

import { readFile } from "node:fs/promises";

/** The rules of a file: `[{ path, headers: [[name, value]] }]`; none if there is no file. */
export async function readRules(file) {
  const text = await readFile(file, "utf8").catch(() => "");
  const rules = [];
  for (const line of text.split("\n").filter((line) => line.trim())) {
    if (!/^\s/.test(line)) {
      rules.push({ path: line.trim(), headers: [] });
      continue;
    }
    const colon = line.indexOf(":");
    rules.at(-1).headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return rules;
}

/** The headers that the rules give to an address; `*` stands for any characters. */
export function headersFor(rules, pathname) {
  const headers = new Map();
  for (const rule of rules.filter(({ path }) => matches(path, pathname))) {
    for (const [name, value] of rule.headers) {
      const before = headers.get(name);
      // A header that two rules set goes out with both values.
      headers.set(name, before === undefined ? value : `${before}, ${value}`);
    }
  }
  return headers;
}

function matches(pattern, pathname) {
  const [before, ...rest] = pattern.split("*");
  if (rest.length === 0) return pathname === pattern;
  const after = rest.join("*");
  const room = pathname.length >= before.length + after.length;
  return room && pathname.startsWith(before) && pathname.endsWith(after);
}

// The page's style sheets as one file: one request before the first paint instead of one a part.

import { createHash } from "node:crypto";
import { readFile, unlink, writeFile } from "node:fs/promises";
import path from "node:path";

import * as esbuild from "esbuild";

const LINK = /<link\b[^>]*\bhref=["']?[^"'\s>]*\/([^"'\s>/]+\.css)[^>]*>\s*/gi;

/** Joins the sheets that a page links, in their order; gives the page that links the result. */
export async function oneStylesheet(html, folder, base) {
  const links = [...html.matchAll(LINK)];
  if (links.length === 0) throw new Error("index.html links no style sheet");
  const files = links.map(([, name]) => path.join(folder, name));
  const sheets = await Promise.all(files.map((file) => readFile(file, "utf8")));
  const { code } = await esbuild.transform(sheets.join("\n"), { loader: "css", minify: true });
  const hash = createHash("sha256").update(code).digest("hex").slice(0, 16);
  await writeFile(path.join(folder, `page-${hash}.css`), code);
  await Promise.all(files.map((file) => unlink(file)));
  const [[first], ...others] = links;
  const joined = html.replace(first, `<link rel="stylesheet" href="${base}page-${hash}.css">\n`);
  return others.reduce((page, [link]) => page.replace(link, ""), joined);
}

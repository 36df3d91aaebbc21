// The page's style sheets as one, inside the page: laid out without another request.

import { readFile, unlink } from "node:fs/promises";
import path from "node:path";

import * as esbuild from "esbuild";

const LINK = /<link\b[^>]*\bhref=["']?[^"'\s>]*\/([^"'\s>/]+\.css)[^>]*>\s*/gi;

/** Joins the sheets that a page links, in their order; gives the page that holds the result. */
export async function oneStylesheet(html, folder) {
  const links = [...html.matchAll(LINK)];
  if (links.length === 0) throw new Error("index.html links no style sheet");
  const files = links.map(([, name]) => path.join(folder, name));
  const sheets = await Promise.all(files.map((file) => readFile(file, "utf8")));
  const { code } = await esbuild.transform(sheets.join("\n"), { loader: "css", minify: true });
  if (code.includes("</style")) throw new Error("a style sheet would end its element");
  await Promise.all(files.map((file) => unlink(file)));
  const [[first], ...others] = links;
  const joined = html.replace(first, () => `<style>${code.trim()}</style>\n`);
  return others.reduce((page, [link]) => page.replace(link, ""), joined);
}

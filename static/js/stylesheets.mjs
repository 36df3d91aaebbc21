// The page's style sheets as two: one for the first numbers, inside the page, so that they are laid out
// without another request; and one for all that only the app draws, which comes with the app.

import { readFile, unlink } from "node:fs/promises";
import path from "node:path";

import * as esbuild from "esbuild";

const LINK = /<link\b[^>]*\bhref=["']?[^"'\s>]*\/([^"'\s>/]+\.css)[^>]*>\s*/gi;

/** What `first-paint/first-view.html` is drawn by: the first sheets that `index.html` links. */
const FIRST = /^(?:tokens|base|shell|page-head|grid|card|kpi|states)-[\da-f]+\.css$/;

async function joined(files) {
  const sheets = await Promise.all(files.map((file) => readFile(file, "utf8")));
  const { code } = await esbuild.transform(sheets.join("\n"), { loader: "css", minify: true });
  if (code.includes("</style")) throw new Error("a style sheet would end its element");
  return code.trim();
}

/**
 * Joins the sheets that a page links, in their order; gives the page that holds those of the first
 * numbers, and the `styles` that come with the app, which count behind them.
 */
export async function styled(html, folder) {
  const links = [...html.matchAll(LINK)];
  const names = links.map(([, name]) => name);
  const count = names.filter((name) => FIRST.test(name)).length;
  if (count === 0 || count === names.length) throw new Error("index.html links no sheets of the first numbers, or no others");
  if (names.slice(0, count).some((name) => !FIRST.test(name))) {
    throw new Error("index.html links a sheet of the first numbers behind others");
  }
  const files = names.map((name) => path.join(folder, name));
  const [first, styles] = [await joined(files.slice(0, count)), await joined(files.slice(count))];
  await Promise.all(files.map((file) => unlink(file)));
  const [[link], ...others] = links;
  const page = html.replace(link, () => `<style>${first}</style>\n`);
  return { page: others.reduce((text, [other]) => text.replace(other, ""), page), styles };
}

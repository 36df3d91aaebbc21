// Puts the first view into the page, and makes it start the app: static/first-paint.

import { createHash } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";

import { withPieces } from "./pieces.mjs";

const SOURCES = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../first-paint");

/** What trunk has put into the page to start the app: it would start too early. */
const STARTERS = [
  /<link\b[^>]*\brel=["']?modulepreload\b[^>]*>\s*/gi,
  /<link\b[^>]*\brel=["']?preload\b[^>]*>\s*/gi,
  /<script\b[^>]*type=["']?module\b[^>]*>[\s\S]*?<\/script>\s*/gi,
];

/** The first 16 hexadecimal digits of a hash. */
const contentHash = (content) => createHash("sha256").update(content).digest("hex").slice(0, 16);

/** The one name in a text that a pattern finds. */
function only(pattern, text) {
  const found = new Set([...text.matchAll(pattern)].map(([name]) => name));
  if (found.size !== 1) throw new Error(`${pattern} should be found once, not ${found.size} times`);
  return [...found][0];
}

/**
 * Makes one small file of the glue that wasm-bindgen has written in several large ones, and of the
 * styles of what the app draws; gives the page without trunk's starters, and the names of the app's
 * two files.
 */
export async function bundledApp(page, folder, styles) {
  const starters = STARTERS.flatMap((pattern) => page.match(pattern) ?? []).join("");
  const wasm = only(/[\w-]+_bg\.wasm/g, starters);
  const file = path.join(folder, wasm.replace(/_bg\.wasm$/, ".js"));
  const { outputFiles } = await esbuild.build({
    stdin: {
      // What keeps the page for the next visit is not needed before the app, and comes with it.
      contents: `export { default } from "./${path.basename(file)}"; export * from "./${path.basename(file)}";
        export { keepPage } from ${JSON.stringify(path.join(SOURCES, "keep-page.js"))};
        export function addStyles() {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(${JSON.stringify(styles)});
          document.adoptedStyleSheets.push(sheet);
        }`,
      resolveDir: folder,
    },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
    write: false,
    plugins: [await withPieces(file, folder)],
    // The glue names the script of the pieces twice.
    logOverride: { "duplicate-object-key": "silent" },
  });
  await rm(file);
  await rm(path.join(folder, "snippets"), { recursive: true, force: true });
  // Trunk names the program by what it was before it was cut and shrunk.
  const named = `app-${contentHash(await readFile(path.join(folder, wasm)))}_bg.wasm`;
  await rename(path.join(folder, wasm), path.join(folder, named));
  const script = outputFiles[0].text.replaceAll(wasm, named);
  const glue = `app-${contentHash(script)}.js`;
  await writeFile(path.join(folder, glue), script);
  return { page: STARTERS.reduce((text, pattern) => text.replace(pattern, ""), page), glue, wasm: named };
}

/** A script of the first view with all that it imports, minified. */
export async function inOnePiece(name, define = {}) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(SOURCES, name)],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    logLevel: "warning",
    write: false,
    define,
  });
  return outputFiles[0].text;
}

/** The page with the script that shows the first view, and the template that it fills. */
export async function withFirstPaint(page, { glue, wasm, ahead }) {
  const code = await inOnePiece("first-paint.js", {
    APP_AHEAD: JSON.stringify(ahead),
    APP_GLUE: JSON.stringify(glue),
    APP_WASM: JSON.stringify(wasm),
  });
  const template = await readFile(path.join(SOURCES, "first-view.html"), "utf8");
  // Between two tags of the template no space means anything.
  const compact = template.replace(/>\s+</g, "><").trim();
  return page
    // It reads the marks of the page, so it stands behind the last of them.
    .replace(/<meta\b[^>]*\bhub-snapshot\b[^>]*>/i, (mark) => `${mark}\n<script>${code.trim()}</script>`)
    .replace(/<body>/i, () => `<body>\n${compact}`);
}

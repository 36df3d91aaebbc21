// The `<meta>` elements of the built page.

/** Sets the `content` of the one `<meta>` that has the given attribute. */
export function fillMeta(html, attribute, content) {
  const metas = [...html.matchAll(/<meta\b[^>]*>/gi)].filter(([tag]) => tag.includes(attribute));
  if (metas.length !== 1) {
    throw new Error(`index.html should have one <meta ${attribute} content>, not ${metas.length}`);
  }
  const [tag] = metas[0];
  const bare = tag.replace(/\scontent=("[^"]*"|'[^']*'|[^\s>]+)/i, "").replace(/\s*\/?>$/, "");
  return html.replace(tag, () => `${bare} content="${content}">`);
}

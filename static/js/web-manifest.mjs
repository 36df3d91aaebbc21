// What makes the page an app that can be installed: `app.webmanifest`.

/** Colours of the light page: as in static/css/tokens.css and index.html. */
const [BAR, GROUND] = ["#ffffff", "#f4f6f9"];
const SHORT = 12;

/** Icons of static/icons, which a host may replace. */
const ICONS = [
  { src: "icons/icon-192.png", sizes: "192x192", type: "image/png", purpose: "any" },
  { src: "icons/icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
  { src: "icons/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
  { src: "icons/logo.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
];

/** The file's text for a page under `base`, with the name that the configuration has at build time. */
export function webManifest(base, config) {
  const name = config.brand?.name ?? "E-Commerce Insights Hub";
  const manifest = {
    id: base,
    name,
    short_name: name.length > SHORT ? "Insights" : name,
    description: "Customer analytics in the browser, from a read-only snapshot.",
    start_url: `${base}dashboard`,
    scope: base,
    display: "standalone",
    background_color: GROUND,
    theme_color: BAR,
    icons: ICONS.map((icon) => ({ ...icon, src: base + icon.src })),
    shortcuts: [
      { name: "Customers", url: `${base}customers` },
      { name: "SQL", url: `${base}sql` },
    ],
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

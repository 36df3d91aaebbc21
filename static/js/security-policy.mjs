// The page's Content-Security-Policy.

import { createHash } from "node:crypto";

/**
 * What Google's sign-in needs, each as narrow as Google documents it. A page that asks for no
 * sign-in lets none of it in.
 */
const GOOGLE = {
  "script-src": "https://accounts.google.com/gsi/client",
  "style-src": "https://accounts.google.com/gsi/style",
  "connect-src": "https://accounts.google.com/gsi/",
  "frame-src": "https://accounts.google.com/gsi/",
  // Readers' own pictures.
  "img-src": "https://lh3.googleusercontent.com",
};

/** The hash of every inline script or style of a page, as a policy names it. */
function inline(html, element) {
  return [...html.matchAll(new RegExp(`<${element}\\b([^>]*)>([\\s\\S]*?)</${element}>`, "gi"))]
    .filter(([, attributes]) => !/\ssrc\s*=/i.test(attributes))
    .map(([, , text]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
}

/**
 * The origins, but for the page's own, with which a configuration has the page talk: where summaries of
 * visits go, where events come from, and where what readers change is sent.
 */
export function otherOrigins({ diagnostics, live, edits }) {
  const origins = [diagnostics?.beacon, live, edits].map((address) => {
    if (typeof address !== "string" || !URL.canParse(address)) return "";
    const { protocol, host, hostname } = new URL(address);
    return ["https:", "wss:"].includes(protocol) || hostname === "127.0.0.1" ? `${protocol}//${host}` : "";
  });
  return [...new Set(origins.filter(Boolean))].join(" ");
}

/**
 * A policy that lets a page's own scripts and styles in, and no other but Google's where asked; it may
 * talk to its own host and to `others`.
 */
export function contentSecurityPolicy(html, signIn = false, others = "") {
  const sources = {
    "default-src": "'self'",
    "script-src": ["'self' 'wasm-unsafe-eval'", ...inline(html, "script")].join(" "),
    "style-src": ["'self'", ...inline(html, "style")].join(" "),
    "img-src": "'self' data: blob:",
    "connect-src": ["'self'", others].filter(Boolean).join(" "),
    "frame-src": signIn ? "" : "'none'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
  };
  return Object.entries(sources)
    .map(([name, own]) => [name, own, signIn ? GOOGLE[name] : ""].filter(Boolean).join(" "))
    .join("; ");
}

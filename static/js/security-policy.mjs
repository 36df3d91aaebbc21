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

/** The text of every inline script of a page. */
export function inlineScripts(html) {
  return [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)]
    .filter(([, attributes]) => !/\ssrc\s*=/i.test(attributes))
    .map(([, , text]) => text);
}

/** A policy that lets these inline scripts run, and no other but Google's where it is asked. */
export function contentSecurityPolicy(scripts, signIn = false) {
  const hashes = scripts.map(
    (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
  );
  const sources = {
    "default-src": "'self'",
    "script-src": ["'self' 'wasm-unsafe-eval'", ...hashes].join(" "),
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "frame-src": signIn ? "" : "'none'",
    "worker-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
  };
  return Object.entries(sources)
    .map(([name, own]) => [name, own, signIn ? GOOGLE[name] : ""].filter(Boolean).join(" "))
    .join("; ");
}

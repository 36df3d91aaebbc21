// Cookies sealed by hand, with the keys that the edge under test was given.
import { createHmac, randomBytes } from "node:crypto";
import { DOMAIN, now } from "./google.mjs";

export const SESSION = "__Host-session";
export const NONCE = "__Host-nonce";
export const KEYS = { k1: randomBytes(32), k2: randomBytes(48) };

/** The setting for some of the keys, the signing one first. */
export const keySetting = (...names) =>
  names.map((name) => `${name}:${KEYS[name].toString("base64url")}`).join(",");

/** The value of a cookie with a right code, whatever it says. */
export function seal(
  payload,
  { name = SESSION, key = "k1", secret = KEYS[key], version = "v1" } = {},
) {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  const signed = `${version}.${key}.${Buffer.from(text).toString("base64url")}`;
  const code = createHmac("sha256", secret).update(`${name}=${signed}`).digest("base64url");
  return `${signed}.${code}`;
}

/** What a session's cookie says, begun just now. */
export function session(changes = {}) {
  const user = { sub: "1", email: `ann@${DOMAIN}`, hd: DOMAIN };
  return { sid: "forged", user, begun: now(), iat: now(), exp: now() + 600, ...changes };
}

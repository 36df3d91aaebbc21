// One running edge as a browser, an attacker and the stand-in for Google see it.
import { ask } from "./http.mjs";
import { claims, sign } from "./google.mjs";
import { NONCE, SESSION, seal } from "./seal.mjs";

export const JSON_TYPE = "application/json";
export const FORM_TYPE = "application/x-www-form-urlencoded";

export class Edge {
  /** `base` is the path under which the page lives. */
  constructor(runtime, { key, base = "/", ownOrigin = runtime.origin }) {
    Object.assign(this, { runtime, key, base, ownOrigin });
  }

  /** A request as it is. */
  ask(options) {
    return ask(this.runtime.origin, options);
  }

  get(path, headers = {}) {
    return this.ask({ path, headers });
  }

  /** A request of the page itself to one of the endpoints. */
  post(name, { body = "{}", headers = {}, cookie, ...more } = {}) {
    const own = {
      origin: this.ownOrigin,
      "sec-fetch-site": "same-origin",
      "content-type": JSON_TYPE,
    };
    const all = { ...own, ...(cookie ? { cookie } : {}), ...headers };
    for (const [header, value] of Object.entries(all)) if (value === null) delete all[header];
    return this.ask({
      method: "POST",
      path: `${this.base}api/auth/${name}`,
      headers: all,
      body,
      ...more,
    });
  }

  /** Begins a sign-in: the cookie to send and the digest for the token. */
  async begin() {
    const answer = await this.get(`${this.base}api/auth/nonce`);
    const value = answer.cookies[NONCE].value;
    return { answer, value, cookie: `${NONCE}=${value}`, nonce: answer.json().nonce };
  }

  /** Signs in with a token of these claims; `forge` may make the credential in another way. */
  async signIn(changes = {}, { header, key = this.key, forge, cookie = "" } = {}) {
    const begun = await this.begin();
    const payload = claims({ nonce: begun.nonce, ...changes });
    const credential = forge ? await forge(payload, begun) : await sign(payload, key, header);
    return this.present(credential, [begun.cookie, cookie].filter(Boolean).join("; "));
  }

  /** Presents a credential. */
  present(credential, cookie) {
    return this.post("google", { cookie, body: JSON.stringify({ credential }) });
  }

  /** The cookie of a fresh session. */
  async signedIn(changes = {}) {
    const answer = await this.signIn(changes);
    if (answer.status !== 200) throw new Error(`sign-in failed: ${answer.status} ${answer.text}`);
    return `${SESSION}=${answer.cookies[SESSION].value}`;
  }

  /** Asks for data with a session's cookie sealed by hand. */
  withSession(payload, options) {
    return this.get(`${this.base}data/manifest.json`, {
      cookie: `${SESSION}=${seal(payload, options)}`,
    });
  }
}

// A stand-in for Google: keys and tokens by jose, published on a server of this machine.
import http from "node:http";
import { CompactSign, exportJWK, exportSPKI, generateKeyPair } from "jose";

export const CLIENT = "test-client.apps.googleusercontent.com";
export const DOMAIN = "example.com";
export const LISTED = "bob@elsewhere.net";

/** Seconds since 1970. */
export const now = () => Math.floor(Date.now() / 1000);

/** A key pair with a name. */
export async function keyPair(kid) {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" };
  return { kid, privateKey, jwk, pem: await exportSPKI(publicKey) };
}

/** What Google says of an account of the listed domain. */
export function claims(changes = {}) {
  return {
    iss: "https://accounts.google.com",
    aud: CLIENT,
    azp: CLIENT,
    sub: "110169484474386276334",
    email: `ann@${DOMAIN}`,
    email_verified: true,
    hd: DOMAIN,
    name: "Ann Exámple 👩‍💻",
    picture: "https://lh3.googleusercontent.com/a/photo=s96-c",
    iat: now() - 5,
    exp: now() + 3595,
    ...changes,
  };
}

/** Signs claims, or a payload's very text, by a key. */
export function sign(payload, key, header = {}) {
  const text = typeof payload === "string" ? payload : JSON.stringify(payload);
  const signer = new CompactSign(new TextEncoder().encode(text));
  signer.setProtectedHeader({ alg: "RS256", kid: key.kid, typ: "JWT", ...header });
  return signer.sign(key.privateKey, { crit: { odd: true } });
}

/** Serves key sets, each at a path of its own and with its own behaviour and count of requests. */
export async function publisher() {
  const sets = new Map();
  const server = http.createServer((request, response) => {
    const set = sets.get(request.url);
    if (!set) return response.writeHead(404).end();
    set.hits += 1;
    if (set.hang) return undefined;
    const headers = { "cache-control": "public, max-age=3600", ...set.headers };
    const body = set.body ?? JSON.stringify({ keys: set.keys.map((key) => key.jwk) });
    return setTimeout(() => response.writeHead(set.status, headers).end(body), set.delay);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    publish(keys, behaviour = {}) {
      const path = `/certs/${sets.size}`;
      const set = { keys, hits: 0, status: 200, delay: 0, headers: {}, ...behaviour };
      sets.set(path, Object.assign(set, { url: origin + path }));
      return set;
    },
    close: () => (server.closeAllConnections(), server.close()),
  };
}

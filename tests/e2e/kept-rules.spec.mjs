// What may be kept, and what kept pieces answer for: the rules by themselves.

import { covering } from "../../static/first-paint/blocks.js";
import { rangeOf } from "../../static/first-paint/ranges.js";
import { isOpen, mayBeKept } from "../../static/first-paint/sign-in.js";
import { expect, test } from "./lib/test.mjs";

test("pieces answer for what they hold together, and for nothing else", () => {
  const pieces = [[0, 9], [5, 19], [20, 29], [40, 49]].map(([from, to]) => ({ from, to }));
  const cases = [[0, 9, true], [3, 25, true], [0, 29, true], [0, 30, false], [30, 39, false], [45, 49, true], [45, 50, false]];
  for (const [from, to, is] of cases) expect(Boolean(covering(pieces, from, to)), `${from}-${to}`).toBe(is);
});

test("only an answer that is what was asked for is kept", async () => {
  const asked = rangeOf(new Request("http://h/", { headers: { range: "bytes=10-13" } }));
  const headers = { "content-range": "bytes 10-13/100" };
  const answer = (body, how = {}) => new Response(body, { status: 206, ...how, headers: { ...headers, ...how.headers } });
  const cases = [
    ["the part", answer("abcd"), true],
    ["too short", answer("abc"), false],
    ["too long", answer("abcde"), false],
    ["another part", answer("abcd", { headers: { "content-range": "bytes 11-14/100" } }), false],
    ["without a length", answer("abcd", { headers: { "content-range": "bytes 10-13/*" } }), false],
    ["packed", answer("abcd", { headers: { "content-encoding": "gzip" } }), false],
    ["not to be kept", answer("abcd", { headers: { "cache-control": "no-store" } }), false],
    ["all of it", new Response("abcd"), false],
    ["an error", answer("abcd", { status: 500 }), false],
  ];
  for (const [what, given, is] of cases) {
    expect(Boolean(await asked.proved(given, "http://h/data/snapshot-0123456789abcdef.sqlite")), what).toBe(is);
  }
  expect(rangeOf(new Request("http://h/", { headers: { range: "bytes=10-" } }))).toBe(undefined);
  const whole = rangeOf(new Request("http://h/"));
  // The first 16 digits of the SHA-256 of "abcd".
  const named = "http://h/data/places-88d4266fd4e6338d.json";
  expect(Boolean(await whole.proved(new Response("abcd"), named))).toBe(true);
  expect(Boolean(await whole.proved(new Response("abce"), named))).toBe(false);
});

test("what may be kept is decided by the whole of the configuration", () => {
  const signIn = { clientId: "1-a.apps.googleusercontent.com" };
  const cases = [
    [{}, true, true],
    [{ offline: { keep: "open" } }, true, true],
    [{ offline: { keep: "never" } }, true, false],
    [{ offline: { keep: "sometimes" } }, true, false],
    [{ offline: { keep: true } }, false, false],
    [{ offline: { kept: "always" } }, false, false],
    [{ signIn }, false, false],
    [{ signIn, offline: { keep: "open" } }, false, false],
    [{ signIn, offline: { keep: "always" } }, false, true],
    [{ signIn: null, offline: { keep: "always" } }, false, false],
    [{ login: 1, signIn, offline: { keep: "always" } }, false, false],
  ];
  for (const [config, isPublic, isKept] of cases) {
    const text = JSON.stringify(config);
    expect([isOpen(text), mayBeKept(text)], text).toEqual([isPublic, isKept]);
  }
  expect(mayBeKept('{"offline":{"keep":"never"},"offline":{"keep":"always"}}')).toBe(false);
});

// A files' host that answers as it should not: bodies without a length or without an end, wrong
// ranges, redirects, faults and headers. Memory stays bounded, and nothing of it comes through.
import { readFileSync } from "node:fs";
import { MARK } from "../lib/site.mjs";
import { hold } from "../lib/wire.mjs";
import { SESSION, seal, session } from "../lib/seal.mjs";

/** The server reads its files itself. */
export const only = ["workerd", "deno"];

const odd = (act) => async (_, lab) => {
  lab.shared.odd ??= lab.start({}, { files: "upstream.js" });
  return act(await lab.shared.odd, lab);
};
const cookie = () => `${SESSION}=${seal(session())}`;
const get = (edge, name, range, headers = {}) =>
  edge.get(`/data/odd/${name}`, { cookie: cookie(), ...(range ? { range } : {}), ...headers });
const expected = (start, end) => Buffer.from(Array.from({ length: end - start }, (_, at) => (start + at) % 251));

/** A part with these bytes; `total` is what is said of the whole. */
const part = (name, range, start, end, total) =>
  odd(async (edge, { check }) => {
    const answer = await get(edge, name, range);
    check(answer.bytes.equals(expected(start, end)), `other bytes: ${answer.bytes.length}`);
    const said = answer.headers["content-range"];
    check(said === `bytes ${start}-${end - 1}/${total}`, `content-range ${said}`);
    return answer;
  });
const plain = (name, range, headers) => odd((edge) => get(edge, name, range, headers));
const page = (path, headers) => odd((edge) => edge.get(path, headers));

/** Most memory that a process has held, in MiB, where the system says. */
function peak({ pid }) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
  } catch {
    return 0;
  }
}

/** An edge of its own whose memory may grow by so many MiB while it answers. */
const within = (most, act) => async (_, lab) => {
  const edge = await lab.start({}, { files: "upstream.js" });
  await get(edge, "length", "bytes=0-3");
  const before = peak(edge.runtime.child);
  const answer = await act(edge, lab);
  const grown = Math.round(peak(edge.runtime.child) - before);
  if (process.env.PEAKS) console.log(`${lab.runtime} ${lab.name}: ${Math.round(before)} MiB and ${grown} more`);
  lab.check(grown <= most, `${grown} MiB more`);
  edge.runtime.stop();
  return answer;
};

export default [
  ["a range without a length", "206", part("no-length", "bytes=70000-70009", 70_000, 70_010, 100_000)],
  ["a range past the end without a length", "206", part("no-length", "bytes=99990-200000", 99_990, 100_000, 100_000)],
  [
    "a range behind the end without a length",
    "416 bad_range",
    odd(async (edge, { check }) => {
      const answer = await get(edge, "no-length", "bytes=100000-100001");
      check(answer.headers["content-range"] === "bytes */100000", answer.headers["content-range"]);
      return answer;
    }),
  ],
  ["the last bytes without a length are the whole", "200", plain("no-length", "bytes=-10")],
  ["an open range without a length is the whole", "200", plain("no-length", "bytes=10-")],
  ["a range with a length", "206", part("length", "bytes=70000-70009", 70_000, 70_010, 100_000)],
  ["a length that is no number", "206", part("says-words", "bytes=5-9", 5, 10, 1000)],
  ["a length that no file has", "206", part("says-too-much", "bytes=5-9", 5, 10, 1000)],
  ["a range of a file far too long", "206", part("no-length-huge", "bytes=4-7", 4, 8, "*")],
  [
    "four bytes of 600 MiB take no more memory",
    "206",
    within(100, async (edge, lab) => {
      const answer = await get(edge, "no-length-huge", "bytes=4-7");
      const { bytes } = Object.values((await get(edge, "pulled")).json()).at(-1);
      lab.check(bytes < 20 * 1024 * 1024, `${bytes} bytes were read`);
      return answer;
    }),
  ],
  [
    "four bytes of 600 MiB that are said to be 1000",
    "206",
    within(100, (edge) => get(edge, "says-less", "bytes=4-7")),
  ],
  [
    "thirty ranges of 31 MiB at once, of which nobody reads the end",
    "206",
    within(300, async (edge, lab) => {
      for (const name of ["31-mib", "31-mib-no-length"]) {
        const lines = ["Host: a", `Cookie: ${cookie()}`, `Range: bytes=1-${31 * 1024 * 1024}`];
        const held = Array.from({ length: 30 }, () => hold(edge.runtime.origin, `/data/odd/${name}`, lines));
        const sockets = await Promise.all(held);
        const { bytes } = (await get(edge, "pulled")).json()[`/data/odd/${name}`];
        lab.check(bytes < 20 * 1024 * 1024, `${name}: ${bytes} bytes were read`);
        for (const socket of sockets) socket.destroy();
      }
      return get(edge, "31-mib", "bytes=0-3");
    }),
  ],
  [
    "forty parts of 2 MiB without a length at once",
    "206",
    within(300, async (edge, lab) => {
      const asked = Array.from({ length: 40 }, (_, at) => get(edge, "31-mib-no-length", `bytes=${at}-${at + 2_000_000}`));
      for (const { status } of await Promise.all(asked)) lab.check([206, 503].includes(status), `${status}`);
      return get(edge, "31-mib-no-length", "bytes=0-3");
    }),
  ],
  [
    "a file shorter than it says breaks off",
    "0",
    odd(async (edge, { check }) => {
      const answer = await get(edge, "says-more", "bytes=2000-2009").catch(() => null);
      check(answer === null, `it is answered: ${answer?.status}`);
      return { status: 0, headers: {}, cookies: {}, bytes: Buffer.alloc(0), text: "" };
    }),
  ],
  ["a body that fails", "502 files_unavailable", plain("fails", "bytes=2000-2009")],
  ["a body that stops before the range", "502 files_unavailable", plain("hangs", "bytes=2000-2009")],
  ["a body that stops behind the range", "206", part("hangs", "bytes=4-7", 4, 8, "*")],
  ["an encoded file is not cut", "200", plain("encoded", "bytes=0-3")],
  ["another part than asked for", "502 files_unavailable", plain("part-of-another", "bytes=0-9")],
  ["a longer part than asked for", "502 files_unavailable", plain("part-too-long", "bytes=0-3")],
  ["a part without its place", "502 files_unavailable", plain("part-unnamed", "bytes=0-9")],
  ["several parts", "502 files_unavailable", plain("parts", "bytes=0-9")],
  ["a part that nobody asked for", "502 files_unavailable", plain("part-right")],
  ["the part asked for", "206", plain("part-right", "bytes=0-3")],
  ["outside of a file", "416 bad_range", plain("outside", "bytes=200-300")],
  ["outside, in other words", "416 bad_range", plain("outside-odd", "bytes=200-300")],
  ["outside, though no range was asked for", "502 files_unavailable", plain("outside")],
  [
    "a whole that says it is a part",
    "200",
    odd(async (edge, { check }) => {
      const answer = await get(edge, "whole-with-a-range");
      check(!answer.headers["content-range"], "a content-range");
      return answer;
    }),
  ],
  ["a file that is gone", "404 not_found", plain("gone")],
  ["a host that forbids", "502 files_unavailable", plain("forbidden")],
  ["a host that fails", "502 files_unavailable", plain("fault")],
  ["a status nobody knows", "502 files_unavailable", plain("teapot")],
  ["a redirect elsewhere", "404 not_found", plain("elsewhere")],
  ["a redirect within", "404 not_found", plain("elsewhere-here")],
  ["a choice", "404 not_found", plain("choices")],
  ["unchanged, though nobody asked", "502 files_unavailable", plain("known")],
  ["a condition that nobody set", "502 files_unavailable", plain("condition")],
  ["a host that throws", "502 files_unavailable", plain("throws")],
  [
    "headers of a guarded file",
    "200",
    odd(async (edge, { check }) => {
      const { headers } = await get(edge, "headers");
      check(headers["cache-control"] === "private, no-cache", headers["cache-control"]);
      return foreign(await get(edge, "headers"), check);
    }),
  ],
  ["headers of a public file", "200", odd(async (edge, { check }) => foreign(await edge.get("/js/odd/headers.js"), check))],
  ["a public file: a redirect elsewhere", "404 not_found", page("/js/odd/elsewhere.js")],
  ["a public file: a redirect to the data", "404 not_found", page("/js/odd/elsewhere-here.js")],
  ["a public file: a host that fails", "502 files_unavailable", page("/js/odd/fault.js")],
  ["a public file: a host that forbids", "502 files_unavailable", page("/js/odd/forbidden.js")],
  ["a public file: unchanged, though nobody asked", "502 files_unavailable", page("/js/odd/known.js")],
  ["a public file: unchanged", "304", page("/js/odd/known.js", { "if-none-match": '"x"' })],
  ["a public file: a part nobody asked for", "502 files_unavailable", page("/js/odd/part-right.js", { range: "bytes=0-3" })],
  ["a public file: not there", "404 not_found", page("/js/odd/nothing.js")],
];

function foreign(answer, check) {
  for (const name of ["set-cookie", "location", "refresh", "clear-site-data", "www-authenticate", "x-powered-by"])
    check(!answer.headers[name], name);
  check(!answer.bytes.includes(MARK), "the host's own words");
  return answer;
}

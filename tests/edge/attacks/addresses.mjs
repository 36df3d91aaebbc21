// Ways around the guard by what a request says of its host, sent byte for byte and without a
// session. Files of the data that are named like the page's own are what they aim at.
import { LIKE_PUBLIC, MARK } from "../lib/site.mjs";
import { raw } from "../lib/wire.mjs";

const send = (target, lines, options) => (edge) => raw(edge.runtime.origin, target, lines, options);
const host = (name, target = "/") => send(target, [`Host: ${name}`]);

/** All of these targets must be answered alike; gives the last answer. */
const each = (requests) => async (edge, lab) => {
  let answer;
  for (const request of requests) {
    answer = await request(edge);
    lab.judge(answer, lab.expected, lab.check);
    lab.check(!answer.bytes.includes(MARK), "a byte of data");
  }
  return answer;
};
const folders = ["data", "backup", "data\\snapshot-1", "DATA", "api"];
const throughHost = (form) =>
  each(folders.flatMap((folder) => LIKE_PUBLIC.map((name) => host(form(folder), `/${name}`))));

/** Refused, or taken for what everybody may see: a runtime may believe the Host line instead. */
const harmless = (requests) => async (edge, { check }) => {
  for (const request of requests) {
    const answer = await request(edge);
    check([200, 400].includes(answer.status), `status ${answer.status}`);
    check(!answer.bytes.includes(MARK), "a byte of data");
  }
  return edge.get("/");
};

/** An answer of the runtime's own, before the edge sees the request, or the edge's refusal. */
const refused = (act) => async (edge, { check }) => {
  const answer = await act(edge);
  check(answer.status >= 400 && answer.status < 500, `status ${answer.status}`);
  return { ...answer, status: 400, headers: { "cache-control": "private, no-store" } };
};

export default [
  ["a back slash in the host", "400 odd_host", throughHost((folder) => `a\\${folder}`)],
  ["two back slashes in the host", "400 odd_host", throughHost((folder) => `a\\\\${folder}`)],
  ["a port and a back slash", "400 odd_host", throughHost((folder) => `a:80\\${folder}`)],
  ["a back slash in an IPv6 host", "400 odd_host", throughHost((folder) => `[::1]\\${folder}`)],
  ["a slash in the host", "400 odd_host", throughHost((folder) => `a/${folder}`)],
  ["a back slash encoded in the host", "400 odd_host", throughHost((folder) => `a%5c${folder}`)],
  ["a question mark in the host", "400 odd_host", throughHost((folder) => `a?/${folder}`)],
  ["a number sign in the host", "400 odd_host", throughHost((folder) => `a#/${folder}`)],
  ["a user in the host", "400 odd_host", each(["u@a", "u:p@a", "a\\@b"].map((name) => host(name)))],
  ["a space in the host", "400 odd_host", host("a b")],
  ["a tabulator in the host", "400 odd_host", host("a\tb")],
  ["half a bracket", "400 odd_host", each(["[", "]", "[::1", "::1]", "[a]b", "a[1]", "[]"].map((name) => host(name)))],
  [
    "a port that is none",
    "400 odd_host",
    each(["a:99999", "a:65536", "a:0", "a:", "a:b", "a:-1", "a:80:80", ":80", "a:000080"].map((name) => host(name))),
  ],
  ["an underscore in the host", "400 odd_host", host("a_b")],
  ["letters of another script in the host", "400", refused(host("\xc3\xa9.example"))],
  ["two names in one host", "400 odd_host", host("a, b")],
  ["nothing but dots", "400 odd_host", each([".", "..", "a..b", ".a"].map((name) => host(name)))],
  ["the host sent twice", "400", refused(send("/config.json", ["Host: a", "Host: a\\data"]))],
  ["the host sent twice, odd first", "400", refused(send("/config.json", ["Host: a\\data", "Host: a"]))],
  [
    "a folded host",
    "400",
    refused(send("/config.json", ["Host: a", "\t\\data"])),
  ],
  ["a space before the colon", "400", refused(send("/config.json", ["Host: a", "Host : a\\data"]))],
  [
    "an absolute target with a back slash in its host",
    "400",
    refused(send("http://a\\data/x.js", ["Host: a"])),
  ],
  [
    "files like the page's behind a back slash in an absolute target",
    "200",
    harmless(LIKE_PUBLIC.map((name) => send(`http://a\\data/${name}`, ["Host: a"]))),
  ],
  [
    "an absolute target with a user",
    "200",
    harmless(["http://u@a/", "http://u:p@a/config.json", "http://@a/"].map((target) => send(target, ["Host: a"]))),
  ],
  ["an absolute target with a port that is none", "200", harmless([send("http://a:99999/", ["Host: a"])])],
  ["an absolute target of another scheme", "200", harmless([send("ftp://a/config.json", ["Host: a"])])],
  ["a file as target", "400", refused(send("file:///data/config.json", ["Host: a"]))],
  ["an absolute target without a host", "400", refused(send("http:///data/config.json", ["Host: a"]))],
  ["a target without its slash", "400", refused(send("data/config.json", ["Host: a"]))],
  ["a target of back slashes", "400", refused(send("\\data\\config.json", ["Host: a"]))],
  [
    "an absolute target names the data",
    "401 no_session",
    each(["http://a/data/config.json", "https://a/data/x.js"].map((target) => send(target, ["Host: b"]))),
  ],
  [
    "an absolute target without a path is the page",
    "200",
    each(["http://a", "http://a?/data/config.json"].map((target) => send(target, ["Host: b"]))),
  ],
  [
    "a fragment in the target hides nothing",
    "200",
    send("/config.json#/../data/config.json", ["Host: a"]),
  ],
  [
    "files of the data that are named like the page's",
    "401 no_session",
    each(["data", "api", "DATA", "data/snapshot-1"].flatMap((folder) =>
      LIKE_PUBLIC.map((name) => host("a", `/${folder}/${name}`)))),
  ],
  [
    "unlisted files that are named like the page's",
    "200",
    each(LIKE_PUBLIC.map((name) => host("a", `/backup/${name}`))),
  ],
  [
    "hosts as they are written",
    "200",
    each(["a", "A.Example", "a.example:8443", "127.0.0.1:1", "[::1]", "[::1]:65535", "xn--e1afmkfd.example", "a.example."]
      .map((name) => host(name))),
  ],
  [
    "HTTP/1.0 without a host gets no data",
    "400",
    refused(send("/data/config.json", [], { version: "1.0" })),
  ],
  [
    "two requests in one",
    "401 no_session",
    (edge) => send("/data/config.json", ["Host: a", "Content-Length: 0", "", "GET /config.json HTTP/1.1", "Host: a\\data"])(edge),
  ],
  [
    "a length beside chunks",
    "400",
    refused(send("/data/config.json", ["Host: a", "Content-Length: 5", "Transfer-Encoding: chunked", "", "0", ""], { method: "POST" })),
  ],
];

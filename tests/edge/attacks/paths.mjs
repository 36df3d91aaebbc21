// Ways around the guard by the way a path is written; none of them is sent with a session.
const get = (path, headers) => (edge) => edge.get(path, headers);
const by = (method, path) => (edge) => edge.ask({ method, path });

export default [
  ["the manifest", "401 no_session", get("/data/manifest.json")],
  ["a chunk", "401 no_session", get("/data/snapshot-1/00000.chunk")],
  [
    "a range of a chunk",
    "401 no_session",
    get("/data/snapshot-1/00000.chunk", { range: "bytes=0-15" }),
  ],
  ["an API file", "401 no_session", get("/api/kpis")],
  ["a script among the data", "401 no_session", get("/data/app.js")],
  ["a file that is not there", "401 no_session", get("/data/nothing")],
  ["the folder", "401 no_session", get("/data/")],
  ["the folder without its slash", "401 no_session", get("/data")],
  ["HEAD", "401", by("HEAD", "/data/manifest.json")],
  ["POST", "405 wrong_method", by("POST", "/data/manifest.json")],
  ["PROPFIND", "405 wrong_method", by("PROPFIND", "/data/")],
  ["with a query", "401 no_session", get("/data/manifest.json?a=.js")],
  ["in capitals", "401 no_session", get("/DATA/manifest.json")],
  ["the first letter encoded", "400 odd_path", get("/%64ata/manifest.json")],
  ["every letter encoded", "400 odd_path", get("/%64%61%74%61/%6d%61nifest.json")],
  ["a letter of the file encoded", "400 odd_path", get("/data/%6danifest.json")],
  ["the slash encoded", "400 odd_path", get("/data%2fmanifest.json")],
  ["encoded twice", "400 odd_path", get("/%2564ata/manifest.json")],
  ["a percent sign that encodes nothing", "400 odd_path", get("/data/%zz")],
  ["overlong UTF-8", "400 odd_path", get("/%c1%a4ata/manifest.json")],
  ["two slashes first", "400 odd_path", get("//data/manifest.json")],
  ["two slashes within", "400 odd_path", get("/data//manifest.json")],
  ["a back slash", "400 odd_path", get("/x\\..\\\\data\\manifest.json")],
  ["a back slash encoded", "400 odd_path", get("/%5cdata/manifest.json")],
  ["a dot segment", "400 odd_path", get("/./data/manifest.json")],
  ["up and down again", "400 odd_path", get("/js/../data/manifest.json")],
  ["up and down again, dots encoded", "400 odd_path", get("/js/%2e%2e/data/manifest.json")],
  ["up and down again, slash encoded", "400 odd_path", get("/js/..%2fdata/manifest.json")],
  ["a zero byte", "400 odd_path", get("/data/manifest.json%00.js")],
  ["a line break encoded", "400 odd_path", get("/data/%0d%0aSet-Cookie:a=b")],
  ["a parameter behind a semicolon", "400 odd_path", get("/data/manifest.json;.js")],
  ["full-width letters", "200", get("/%ef%bd%84ata/manifest.json")],
  ["a file of the root that is on no list", "200", get("/secret.sqlite")],
  ["a folder that is on no list", "200", get("/backup/manifest.json")],
  ["a hidden file", "400 odd_path", get("/.env")],
  [
    "an absolute address as target",
    "401 no_session",
    (edge) => edge.get(`${edge.runtime.origin}/data/manifest.json`),
  ],
  [
    "another path in headers",
    "200",
    get("/", { "x-original-url": "/data/manifest.json", "x-rewrite-url": "/data/manifest.json" }),
  ],
  [
    "a sub-request said to be inner",
    "401 no_session",
    get("/data/manifest.json", {
      "cf-worker": "x",
      "cdn-loop": "x",
      "x-forwarded-for": "127.0.0.1",
    }),
  ],
  ["an endpoint that is not", "404 not_found", get("/api/auth/users")],
  ["an endpoint with a slash", "404 not_found", get("/api/auth/nonce/")],

  ["the page", "200", get("/")],
  ["a deep link", "200", get("/customers/J%C3%BCrgen%20X?range=2024")],
  ["a part of the page", "200", get("/js/ab12/part.js")],
  ["the page's settings", "200", get("/config.json")],
  [
    "the page's headers",
    "200",
    async (edge, { check }) => {
      const answer = await edge.get("/");
      for (const [name, value] of [
        ["x-content-type-options", "nosniff"],
        ["x-frame-options", "DENY"],
        ["cross-origin-opener-policy", "same-origin-allow-popups"],
      ])
        check(answer.headers[name] === value, name);
      return answer;
    },
  ],
];

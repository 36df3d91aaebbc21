// Runs the cases against one runtime and judges every answer.
import { Edge } from "./edge.mjs";
import { KEYS } from "./seal.mjs";
import { MARK } from "./site.mjs";

const SLOW_GROUPS = ["keys", "hosts", "upstreams", "folders"];
const SLOW_AT_ONCE = 6;

export class Lab {
  constructor(parts) {
    Object.assign(this, parts);
    this.running = [];
    /** Edges that several cases use. */
    this.shared = {};
  }

  /** Runs the cases whose names hold all words; counts them. */
  async run(cases, words, tally) {
    const wanted = cases.filter(
      ({ name, runtimes }) =>
        words.every((word) => `${this.runtime} ${name}`.includes(word)) &&
        (!runtimes || runtimes.includes(this.runtime)),
    );
    if (wanted.length === 0) return;
    try {
      this.edge = await this.start();
      const slow = wanted.filter(({ name }) => SLOW_GROUPS.includes(name.split(":")[0]));
      const quick = wanted.filter((one) => !slow.includes(one));
      const queue = [...slow];
      const worker = async () => {
        while (queue.length) await this.one(queue.shift(), tally);
      };
      // Those that wait for clocks have edges of their own, and run beside each other.
      await Promise.all(Array.from({ length: SLOW_AT_ONCE }, worker));
      for (const one of quick) await this.one(one, tally);
      this.note("log: no token, cookie or key in it", this.secretsInLogs(), tally);
      this.note("log: one line of JSON for each refusal", this.oddLines(), tally);
    } finally {
      for (const runtime of this.running) runtime.stop();
    }
  }

  /** Starts an edge with some settings changed; null takes one away. */
  async start(changes = {}, options = {}) {
    const all = Object.entries({ ...this.settings, ...changes }).filter(
      ([, value]) => value !== null,
    );
    const { folder } = this;
    const [site, label] = [
      this.sites[options.base ?? "/"],
      `${this.runtime}-${this.running.length}-${Math.random().toString(36).slice(2)}`,
    ];
    const parts = { folder, site, settings: Object.fromEntries(all), label, files: options.files };
    // Somebody else may take the free port first.
    const again = () => this.launch(parts);
    const runtime = await again().catch(again).catch(again);
    this.running.push(runtime);
    return new Edge(runtime, { key: this.key, ...options });
  }

  async one({ name, expected, act }, tally) {
    const complaints = [];
    const check = (good, what) => good || complaints.push(what);
    // Each case complains to itself, also where several run beside each other.
    const lab = Object.assign(Object.create(this), { check, expected, name });
    try {
      const answer = await act(this.edge, lab);
      this.judge(answer, expected, check);
    } catch (error) {
      complaints.push(String(error.stack ?? error));
    }
    this.note(`${name} -> ${expected}`, complaints, tally);
  }

  /** What holds for every answer, and what was expected of this one. */
  judge(answer, expected, check) {
    const [status, code] = expected.split(" ");
    const type = answer.headers["content-type"] ?? "";
    const body = type.startsWith("application/json") && answer.bytes.length ? answer.json() : {};
    check(answer.status === Number(status), `status ${answer.status} ${answer.text.slice(0, 200)}`);
    if (code) check(body.code === code, `code ${body.code}`);
    if (answer.status >= 300) {
      check(!answer.bytes.includes(MARK), "a byte of data");
      check(!answer.cookies["__Host-session"] || answer.status === 303, "a session");
    }
    if (answer.status >= 400)
      check(answer.headers["cache-control"] === "private, no-store", "it may be kept");
    check(!type.startsWith("text/html") || !answer.bytes.includes(MARK), "data in the page");
  }

  secretsInLogs() {
    const text = this.running.map((runtime) => runtime.log()).join("\n");
    const secrets = Object.values(KEYS).map((secret) => secret.toString("base64url"));
    const marks = ["eyJ", "v1.k1.", "v1.k2.", "__Host-", "t0ken", "@", ...secrets];
    return marks.filter((mark) => text.includes(mark)).map((mark) => `the log holds ${mark}`);
  }

  oddLines() {
    const lines = this.running
      .flatMap((runtime) => runtime.log().split("\n"))
      .filter((line) => line.startsWith("{"));
    const refusals = lines
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event === "refused");
    const whole = refusals.every(
      ({ code, status, path, method }) => code && status && path && method,
    );
    const some = refusals.length > 0 || this.verbose;
    return some && whole ? [] : [`${refusals.length} refusals in the log, whole: ${whole}`];
  }

  note(name, complaints, tally) {
    const good = complaints.length === 0;
    tally[good ? "passed" : "failed"] += 1;
    if (good && !this.verbose) return;
    console.log(
      `${good ? "ok  " : "FAIL"} ${this.runtime} ${name}${complaints.map((text) => `\n       ${text}`).join("")}`,
    );
  }
}

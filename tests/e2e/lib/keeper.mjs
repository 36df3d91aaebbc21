// Whoever keeps the customers, for tests: takes changes of segments as docs/edits.md says, and does
// wrong on demand.

import { json } from "node:stream/consumers";

/** Segments that it knows. */
const KNOWN = ["High Value", "Medium Value", "Low Value"];

export class Keeper {
  /** What was asked, in order: `{ customer, key, segment, was }`. */
  asked = [];
  /** Events that everybody hears of: `{ seq, customer_id, segment }`. */
  events = [];
  #segments = new Map();
  #answers = new Map();
  #next = [];
  #held = [];

  /**
   * How the next requests are answered, one each: `fine`; a status; `lose` (it is done, and the line
   * breaks); `drop` (it is not done, and the line breaks); `hold` (until `release`); `[status, body]`.
   */
  then(...answers) {
    this.#next.push(...answers);
  }

  /** From now on every request is answered so. */
  always(answer) {
    this.#next = [];
    this.rest = answer;
  }

  /** Answers what was held. */
  release() {
    for (const answer of this.#held.splice(0)) answer();
  }

  /** A customer's segment, as somebody else has set it. */
  set(customer, segment) {
    this.#segments.set(customer, segment);
  }

  /** For `serve`. */
  handle = (request, response) => {
    if (!request.url.startsWith("/api/customers/")) return false;
    this.#answer(request, response).catch((error) => response.destroy(error));
    return true;
  };

  async #answer(request, response) {
    const customer = decodeURIComponent(request.url.slice("/api/customers/".length));
    const key = request.headers["idempotency-key"];
    const { customer_segment: segment, was } = await json(request);
    this.asked.push({ method: request.method, customer, key, segment, was });
    const how = this.#next.shift() ?? this.rest ?? "fine";
    const send = (status, body) => {
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    };
    if (how === "drop") return response.destroy();
    if (typeof how === "number") return send(how, { error: `status ${how} on demand` });
    if (Array.isArray(how)) return send(...how);
    const done = this.#do(customer, key, segment, was);
    if (how === "lose") return response.destroy();
    if (how === "hold") return this.#held.push(() => send(...done));
    return send(...done);
  }

  #do(customer, key, segment, was) {
    if (this.#answers.has(key)) return this.#answers.get(key);
    const present = this.#segments.get(customer);
    if (!KNOWN.includes(segment)) return [422, { error: `there is no segment ${segment}` }];
    if (was !== undefined && present !== undefined && present !== was) {
      return [409, { error: "somebody else was faster", customer_segment: present }];
    }
    this.#segments.set(customer, segment);
    const seq = this.events.length + 1;
    const at = "2026-01-01T12:00:00Z";
    this.events.push({ type: "customer_changed", seq, at, customer_id: customer, segment });
    const answer = [200, { customer_id: customer, customer_segment: segment, seq }];
    this.#answers.set(key, answer);
    return answer;
  }
}

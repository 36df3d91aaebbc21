// A small shop that goes on: its order lines up to a day as a snapshot, the later ones as events, and
// snapshots that the builder makes of all lines up to any of them, which are the truth.

import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { BUILDER } from "./native.mjs";

const run = promisify(execFile);

const MAPPING = `source = "A shop that goes on"
currency.code = "EUR"

[purchase_transactions.columns]
order_id = "order"
customer_id = "customer"
transaction_date = "date"
amount = "amount"
quantity = "quantity"
category = "category"
`;

const CATEGORIES = ["Tea", "Cups", "Books", "Garden & Yard"];

/** Numbers that look like chance, always the same. */
function* chance(seed) {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Orders by day over two years: `{ order, customer, day, lines: [{ category, amount, quantity }] }`. */
function orders(count, seed) {
  const [dice, another] = [chance(seed), chance(seed + 1)];
  const roll = (most) => Math.floor(dice.next().value * most);
  const start = Date.UTC(2024, 0, 1);
  return Array.from({ length: count }, (_, at) => {
    const day = new Date(start + Math.floor((at * 700) / count) * 86_400_000).toISOString().slice(0, 10);
    // Some are guests, some come for the first time late.
    const customer = roll(12) === 0 ? "" : `c${roll(20 + Math.floor(at / 8))}`;
    const lines = Array.from({ length: 1 + roll(3) }, () => ({
      category: CATEGORIES[roll(CATEGORIES.length)],
      amount: (roll(9_000) + 100) / 100,
      quantity: 1 + roll(4),
    }));
    // Now and then something is sent back.
    if (roll(15) === 0) lines.push({ category: lines[0].category, amount: -lines[0].amount, quantity: -1 });
    // And now and then somebody goes on with an order of somebody else, which counts once.
    const goesOn = at > count / 2 && another.next().value < 0.08;
    const order = goesOn ? Math.floor(another.next().value * at) : at;
    return { order: `o${order}`, customer, day, lines };
  });
}

const csv = (some) =>
  ["order,customer,date,amount,quantity,category"]
    .concat(some.flatMap(({ order, customer, day, lines }) =>
      lines.map(({ category, amount, quantity }) => [order, customer, day, amount, quantity, category].join(","))))
    .join("\n");

/** The events of some orders, numbered from `first`; who is new is told before. */
function events(some, known, first) {
  const all = [];
  const put = (event) => all.push({ seq: first + all.length, ...event });
  for (const { order, customer, day, lines } of some) {
    const at = `${day}T12:00:00Z`;
    if (customer && !known.has(customer)) put({ type: "new_customer", at, customer_id: customer });
    known.add(customer);
    const whose = customer ? { customer_id: customer } : {};
    const placed = lines.filter(({ amount }) => amount > 0);
    put({ type: "order_placed", at, ...whose, order_id: order, lines: placed });
    const back = lines.filter(({ amount }) => amount < 0);
    const given = back.map(({ category, amount, quantity }) => ({ category, amount: -amount, quantity: -quantity }));
    if (back.length > 0) put({ type: "order_returned", at, ...whose, order_id: order, lines: given });
  }
  return all;
}

/**
 * The shop: `before` is a snapshot of its first orders, `stops` lists of events with `kpis(queries)`, the
 * truth when all of them and all before have come.
 */
export async function shop({ count = 420, stops = 3, each = 25, seed = 11 } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), "hub-shop-"));
  const mapping = path.join(folder, "shop.toml");
  await writeFile(mapping, MAPPING);
  const all = orders(count, seed);
  const built = async (name, some, covers = 0) => {
    const [from, out] = [path.join(folder, `${name}.csv`), path.join(folder, name)];
    await writeFile(from, csv(some));
    await run(BUILDER, ["build", "--from", from, "--mapping", mapping, "--covers", String(covers), "--out", out]);
    return out;
  };
  const begun = count - stops * each;
  const before = await built("before", all.slice(0, begun));
  const known = new Set(all.slice(0, begun).map(({ customer }) => customer));
  const made = [];
  for (let stop = 0, seq = 1; stop < stops; stop += 1) {
    const end = begun + (stop + 1) * each;
    const list = events(all.slice(end - each, end), known, seq);
    seq += list.length;
    const out = await built(`after-${stop}`, all.slice(0, end), seq - 1);
    made.push({ events: list, covering: out, answers: (queries) => answers(out, queries) });
  }
  const begin = { answers: (queries) => answers(before, queries) };
  return { before, begin, stops: made, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** KPIs and tables of a snapshot under queries of the page's address. */
async function answers(out, queries) {
  const file = `${out}.queries`;
  await writeFile(file, queries.map((query) => `${query}\n`).join(""));
  const { stdout } = await run(BUILDER, ["inspect", out, "--queries", file], { maxBuffer: 1 << 28 });
  return stdout.trim().split("\n").map((line) => JSON.parse(line));
}

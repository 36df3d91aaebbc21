// The importer's worker: a module that the page starts when somebody brings files, and ends when it has
// what it wants. What it is asked and what it says stands in `crates/importer`, whose program it runs.

import start, { build, guess, tried } from "importer";

import { letters } from "./letters.js";

/** The program; it is fetched as soon as the worker is there. */
const started = start();

/** The order under way. */
let id;

const say = (message, handed = []) => self.postMessage({ id, ...message }, handed);

// The program calls these while it works.
globalThis.tellPage = (message) => say(JSON.parse(message));
globalThis.lettersProgram = letters;

const orders = {
  guess({ files }) {
    say({ says: "guess", guess: JSON.parse(guess(files)) });
  },
  try({ files, mapping, from }) {
    say({ says: "tried", tried: JSON.parse(tried(files, mapping, from)) });
  },
  build({ files, mapping, from }) {
    const snapshot = build(files, mapping, from);
    const built = [];
    for (let name = snapshot.next(); name !== undefined; name = snapshot.next()) {
      built.push({ name, bytes: snapshot.take() });
    }
    snapshot.free();
    say(
      { says: "built", files: built },
      built.map(({ bytes }) => bytes.buffer),
    );
  },
};

async function answer(order) {
  id = order.id;
  try {
    await started;
    orders[order.ask](order);
  } catch (error) {
    // What the program refuses it says as a text; whatever else comes is not its own.
    if (typeof error === "string") say({ says: "refused", why: JSON.parse(error) });
    else say({ says: "broken", message: String(error?.message ?? error) });
  }
}

/** One order after the other. */
let turn = Promise.resolve();
self.addEventListener("message", ({ data }) => {
  turn = turn.then(() => answer(data));
});

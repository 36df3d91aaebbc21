// Opens a snapshot in a database worker that can be watched, counted and ended.
//
// sql.js-httpvfs's own createDbWorker keeps the Worker to itself, so that one that hangs cannot
// be ended; this is the same few lines around comlink, with the Worker in our hands. Every
// function is async: one that threw at once would stop all of the page's Rust futures.
import * as Comlink from "comlink";

// How sql.js-httpvfs hands a database or a prepared statement over.
Comlink.transferHandlers.set("WORKERSQLPROXIES", {
  canHandle: () => false,
  serialize: () => [null, []],
  deserialize: (port) => {
    port.start();
    return Comlink.wrap(port);
  },
});

/** One worker with one open snapshot. `requests` and `bytes` count what it fetched. */
class Connection {
  requests = 0;
  bytes = 0;
  db;
  remote;
  #worker;
  #patience;
  #timer;
  #fault;
  #waiting = new Set();

  constructor(url, snapshot, whole) {
    this.#patience = snapshot.patience;
    this.#worker = new Worker(url, { name: JSON.stringify(snapshot) });
    this.#worker.addEventListener("message", ({ data }) => this.#received(data));
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#fail({ kind: "worker", message: event.message || `${url} did not load` });
    });
    // Before anything is asked of it.
    if (whole) this.#worker.postMessage({ snapshot: "whole", whole });
    this.remote = Comlink.wrap(this.#worker);
  }

  #received(message) {
    if (message?.snapshot === "asking") {
      this.requests += 1;
      this.#watch(message);
    } else if (message?.snapshot === "got") {
      this.bytes += message.bytes;
      this.#watch();
    } else if (message?.snapshot === "fault") {
      this.#fault ??= message.fault;
    } else if (message?.snapshot === "unsent") {
      this.#fail({ kind: "sqlite", message: message.message });
    }
  }

  /** Ends every wait unless the worker shows a sign of life in time. */
  #watch(request) {
    clearTimeout(this.#timer);
    const limit = this.#patience + (request?.limit ?? 0);
    const reason = request ? { kind: "time", url: request.url, limit } : { kind: "busy", limit };
    this.#timer = setTimeout(() => this.#fail(reason), limit);
  }

  #fail(reason) {
    for (const reject of this.#waiting) reject(reason);
  }

  /** True while a call is under way, even one that nobody waits for any more. */
  get busy() {
    return this.#waiting.size > 0;
  }

  /** The result of a call, or a rejection with `{ kind, ... }`. */
  async wait(call) {
    let fail;
    const failed = new Promise((_, reject) => (fail = reject));
    this.#waiting.add(fail);
    this.#watch();
    try {
      return await Promise.race([call(), failed]);
    } catch (error) {
      const told = error?.kind ? error : { kind: "sqlite", message: String(error?.message ?? error) };
      throw this.#fault ?? told;
    } finally {
      this.#waiting.delete(fail);
      if (this.#waiting.size === 0) clearTimeout(this.#timer);
    }
  }

  /** Ends the worker, whatever it is doing. */
  close() {
    clearTimeout(this.#timer);
    this.#worker.terminate();
  }
}

/** Starts a worker without waiting for it; `whole` is the snapshot where it was read as a whole. */
export async function start(workerUrl, snapshot, whole) {
  return new Connection(workerUrl, snapshot, whole);
}

/** Loads SQLite into the worker and opens the snapshot. */
export async function open(connection, wasmUrl, pageSize) {
  const config = { serverMode: "full", url: "snapshot", requestChunkSize: pageSize };
  const configs = [{ from: "inline", virtualFilename: "snapshot", config }];
  await connection.wait(async () => {
    connection.db = await connection.remote.SplitFileHttpDatabase(wasmUrl, configs);
    await connection.db.exec("PRAGMA query_only = 1");
  });
}

/** Runs one statement: `{ columns, values }`. */
export async function ask(connection, sql, params) {
  return connection.wait(async () => {
    const [answer] = await connection.db.exec(sql, params);
    return answer ?? { columns: await names(connection.db, sql), values: [] };
  });
}

/** As much of an answer as `bounds` let through, and what is left out: see worker/within.js. */
export async function askWithin(connection, sql, params, bounds) {
  return connection.wait(() => connection.remote.within(sql, params, bounds));
}

/** sql.js names no columns where there are no rows. */
async function names(db, sql) {
  const statement = await db.prepare(sql);
  const columns = await statement.getColumnNames();
  await statement.free();
  await statement[Comlink.releaseProxy]();
  return columns;
}

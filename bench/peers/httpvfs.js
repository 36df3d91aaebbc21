// Opening a database by sql.js-httpvfs.
import { createDbWorker } from "sql.js-httpvfs";

export async function open(file, requestChunkSize) {
  const url = (name) => new URL(name, document.baseURI).href;
  const config = { serverMode: "full", url: url(file), requestChunkSize };
  const configs = [{ from: "inline", config }];
  return createDbWorker(configs, url("sqlite.worker.js"), url("sql-wasm.wasm"));
}

/** Rows as objects. */
export async function ask(database, sql) {
  return database.db.query(sql);
}

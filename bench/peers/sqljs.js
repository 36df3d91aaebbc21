// sql.js over the whole file, held in memory.
import initSqlJs from "sql.js";

import { run } from "./common.js";
import { overTables } from "./tables.js";

const [sqlite, bytes] = await Promise.all([
  initSqlJs({ locateFile: () => new URL("sql-wasm.wasm", document.baseURI).href }),
  fetch(new URL("raw.sqlite", document.baseURI)).then((response) => response.arrayBuffer()),
]);
const database = new sqlite.Database(new Uint8Array(bytes));

await run(
  overTables(async (sql) => {
    const [answer] = database.exec(sql);
    const names = answer?.columns ?? [];
    return (answer?.values ?? []).map((row) => Object.fromEntries(row.map((cell, at) => [names[at], cell])));
  }),
);

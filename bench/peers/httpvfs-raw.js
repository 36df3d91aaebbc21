// sql.js-httpvfs over the tables as they are, with indexes on day and customer.
import { run } from "./common.js";
import { ask, open } from "./httpvfs.js";
import { overTables } from "./tables.js";

const database = await open("raw.sqlite", 4096);
await run(overTables((sql) => ask(database, sql)));

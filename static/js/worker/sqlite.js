// The database worker: sql.js-httpvfs on a transport of our own (bundled as a classic worker).
//
// Imports run in order: the transport must stand in for XMLHttpRequest before the database part
// looks for it.
import "./transport.js";
import "sql.js-httpvfs/dist/sqlite.worker.js";
import { within } from "./within.js";

// The database part keeps its database to itself and takes calls as messages of comlink. One that
// never leaves the worker may set a function beside its own, which is then called as they are.
// The numbers are comlink's: SET and RAW.
const value = {
  type: 0,
  value(sql, params, bounds) {
    return within(this.db, sql, params, bounds);
  },
};
self.dispatchEvent(new MessageEvent("message", { data: { id: "within", type: 1, path: ["within"], value } }));

// An answer that cannot be sent would be waited for in vain.
self.addEventListener("unhandledrejection", ({ reason }) => {
  self.postMessage({ snapshot: "unsent", message: String(reason?.message ?? reason) });
});

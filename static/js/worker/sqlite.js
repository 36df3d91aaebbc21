// The database worker: sql.js-httpvfs on a transport of our own (bundled as a classic worker).
//
// Imports run in order: the transport must stand in for XMLHttpRequest before the database part
// looks for it.
import "./transport.js";
import "sql.js-httpvfs/dist/sqlite.worker.js";

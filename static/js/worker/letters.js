// The program for files that are not UTF-8, `crates/importer-letters`. It is fetched when the importer's
// program first asks for it, which then waits: a worker may, the page does not notice.

import { decoder, detector, initSync, known } from "importer-letters";

const program = { decoder, detector, known };

let isThere = false;

function load() {
  const request = new XMLHttpRequest();
  request.open("GET", new URL("importer_letters_bg.wasm", import.meta.url), false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${request.responseURL}: ${request.status}`);
  initSync({ module: request.response });
  isThere = true;
}

/** The program, once it is there. */
export function letters() {
  if (!isThere) load();
  return program;
}

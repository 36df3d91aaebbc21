// What a file weighs on the wire at its smallest.

import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

/** Bytes compressed by brotli, as far as it can. */
export async function smallest(bytes) {
  return promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

// A WebAssembly file all of whose functions trap: what a fault in the program is to the browser.

const CODE = 10;

/** Reads a number in LEB128: the number, and where it ends. */
function leb(bytes, at) {
  let [value, shift] = [0, 0];
  for (;;) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    shift += 7;
    if (byte < 0x80) return [value, at];
  }
}

/** The same module with functions of the same types that end in `unreachable`. */
export function trapping(module) {
  const bytes = Buffer.from(module);
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at];
    const [length, from] = leb(bytes, at + 1);
    if (id === CODE) trapAll(bytes, from);
    at = from + length;
  }
  return bytes;
}

function trapAll(bytes, section) {
  let [count, at] = leb(bytes, section);
  for (; count > 0; count -= 1) {
    const [size, from] = leb(bytes, at);
    // No locals, then `unreachable` up to the `end`.
    bytes.fill(0x00, from, from + size - 1);
    bytes[from + size - 1] = 0x0b;
    at = from + size;
  }
}

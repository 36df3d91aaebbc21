// Files that a reader brings, and the files of a snapshot that a reader takes along.
import { downloadZip, predictLength } from "client-zip";

/** Most files that are looked at: whoever drops a whole disk did not mean to. */
const MOST = 20_000;

/**
 * The files behind what was dropped or chosen, folders looked through: `[[path, file], …]`.
 * `brought` are entries of a drop, or files of an input.
 */
export async function files(brought) {
  const found = [];
  for (const one of brought) await look(one, found);
  return found;
}

async function look(one, found) {
  if (found.length >= MOST) throw new Error("too-many");
  if (one instanceof File) {
    found.push([one.webkitRelativePath || one.name, one]);
  } else if (one.isFile) {
    const file = await new Promise((done, failed) => one.file(done, failed));
    found.push([one.fullPath.replace(/^\//, ""), file]);
  } else if (one.isDirectory) {
    const reader = one.createReader();
    for (;;) {
      // A folder is told in parts, until one is empty.
      const part = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (part.length === 0) break;
      for (const inner of part) await look(inner, found);
    }
  }
}

/** True if a file begins as a ZIP archive does. */
export async function isZip(file) {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);
}

const LAST = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const LAST_64 = 0x06064b50;
const PLACE_64 = 0x07064b50;

/**
 * The files in a ZIP archive: `[[path, blob], …]`. What is stored as it is stays where it is, as a part
 * of the archive; what is compressed is unpacked into memory. Throws `damaged` for what is no archive.
 */
export async function unzip(archive) {
  const view = async (from, to) => {
    if (from < 0 || to > archive.size || from > to) throw new Error("damaged");
    return new DataView(await archive.slice(from, to).arrayBuffer());
  };
  const [at, length, count] = await directory(archive, view);
  const list = await view(at, at + length);
  const files = [];
  for (let place = 0; files.length < count; ) {
    if (place + 46 > length || list.getUint32(place, true) !== ENTRY) throw new Error("damaged");
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((field) => list.getUint16(place + field, true));
    const method = list.getUint16(place + 10, true);
    const sizes = wide(list, place, nameLength, extraLength);
    const name = new TextDecoder().decode(new Uint8Array(list.buffer, place + 46, nameLength));
    // A name of its own, by which the importer calls it.
    files.push([name, new File([await content(archive, view, method, sizes)], name.split("/").at(-1))]);
    place += 46 + nameLength + extraLength + noteLength;
  }
  return files.filter(([name]) => !name.endsWith("/"));
}

/** Where the list of files lies, its length, and how many there are. */
async function directory(archive, view) {
  // Behind the list stands a note of at most 64 KiB.
  const from = Math.max(0, archive.size - 65_557);
  const end = await view(from, archive.size);
  for (let at = end.byteLength - 22; at >= 0; at -= 1) {
    if (end.getUint32(at, true) !== LAST) continue;
    const small = [end.getUint32(at + 16, true), end.getUint32(at + 12, true), end.getUint16(at + 10, true)];
    if (small[0] !== 0xffffffff && small[1] !== 0xffffffff && small[2] !== 0xffff) return small;
    const place = at - 20;
    if (place < 0 || end.getUint32(place, true) !== PLACE_64) throw new Error("damaged");
    const where = Number(end.getBigUint64(place + 8, true));
    const large = await view(where, where + 56);
    if (large.getUint32(0, true) !== LAST_64) throw new Error("damaged");
    return [48, 40, 32].map((field) => Number(large.getBigUint64(field, true)));
  }
  throw new Error("damaged");
}

/** Bytes packed and unpacked, and where the file begins; large ones stand in an extra field. */
function wide(list, place, nameLength, extraLength) {
  const sizes = { unpacked: list.getUint32(place + 24, true), packed: list.getUint32(place + 20, true), at: list.getUint32(place + 42, true) };
  let extra = place + 46 + nameLength;
  const end = extra + extraLength;
  while (extra + 4 <= end) {
    const [id, length] = [list.getUint16(extra, true), list.getUint16(extra + 2, true)];
    let field = extra + 4;
    if (id === 1) {
      for (const key of Object.keys(sizes)) {
        if (sizes[key] !== 0xffffffff) continue;
        sizes[key] = Number(list.getBigUint64(field, true));
        field += 8;
      }
    }
    extra += 4 + length;
  }
  return sizes;
}

async function content(archive, view, method, { packed, unpacked, at }) {
  const head = await view(at, at + 30);
  if (head.getUint32(0, true) !== LOCAL) throw new Error("damaged");
  const from = at + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  if (from + packed > archive.size) throw new Error("damaged");
  const part = archive.slice(from, from + packed);
  if (method === 0) return part;
  if (method !== 8) throw new Error("compressed");
  const stream = part.stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const whole = await new Response(stream).blob().catch(() => undefined);
  if (whole?.size !== unpacked) throw new Error("damaged");
  return whole;
}

/** One ZIP archive of files, nothing in it compressed, so that it can be opened where it lies. */
export async function zip(files) {
  const inputs = files.map(([name, input]) => ({ name, input, size: input.size }));
  const length = predictLength(inputs.map(({ name, size }) => ({ name, size })));
  const blob = await downloadZip(inputs, { length }).blob();
  return blob;
}

/** True where a folder of the reader's can be written. */
export function writesFolders() {
  return typeof showDirectoryPicker === "function";
}

/**
 * Writes files into a folder that the reader chooses; the manifest last, so that who reads there
 * meanwhile finds what it names. False if the reader chose none.
 */
export async function writeFolder(files, tell) {
  let folder;
  try {
    folder = await showDirectoryPicker({ id: "hub-snapshot", mode: "readwrite" });
  } catch (error) {
    if (error.name === "AbortError") return false;
    throw error;
  }
  let written = 0;
  const inOrder = files.toSorted(([one], [other]) => (one === "manifest.json") - (other === "manifest.json"));
  for (const [name, file] of inOrder) {
    const steps = name.split("/");
    let place = folder;
    for (const step of steps.slice(0, -1)) place = await place.getDirectoryHandle(step, { create: true });
    const handle = await place.getFileHandle(steps.at(-1), { create: true });
    await file.stream().pipeTo(await handle.createWritable());
    written += file.size;
    tell(written);
  }
  return true;
}

// As much of an answer as the page can hold and draw: counted and cut here, in the worker, before any
// of it is sent.

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Runs one statement on a database of sql.js: `{ columns, values, left }`.
 *
 * `bounds` is `{ rows, columns, cells, bytes, longest }`: what is kept at most, the longest cell in
 * characters or bytes; `left` is `{ rows, columns, cells }`: whether there are more rows and columns,
 * and how many of the kept cells are longer.
 */
export function within(db, sql, params, bounds) {
  const statement = db.prepare(sql, params);
  try {
    const names = statement.getColumnNames();
    const columns = names.slice(0, bounds.columns).map((name) => cut(name, bounds.longest).value);
    const left = { rows: false, columns: names.length > columns.length, cells: 0 };
    const most = Math.min(bounds.rows, Math.floor(bounds.cells / Math.max(columns.length, 1)));
    const values = [];
    let bytes = 0;
    while (statement.step()) {
      left.rows = values.length === most;
      if (left.rows) break;
      const cells = statement.get().slice(0, columns.length);
      const row = cells.map((cell) => cut(cell, bounds.longest));
      bytes += row.reduce((sum, cell) => sum + cell.bytes, 0);
      left.rows = bytes > bounds.bytes;
      if (left.rows) break;
      left.cells += row.filter(({ isCut }) => isCut).length;
      values.push(row.map(({ value }) => value));
    }
    return { columns, values, left };
  } finally {
    statement.free();
  }
}

/** A cell as far as it is kept, in memory of its own, and the bytes of it. */
function cut(value, longest) {
  if (typeof value === "string") {
    const end = endOf(value, longest);
    const written = encoder.encode(value.slice(0, end));
    const isCut = end < value.length;
    // A part of a text would keep the whole of it.
    return { value: isCut ? decoder.decode(written) : value, bytes: written.length, isCut };
  }
  if (value instanceof Uint8Array) {
    const isCut = value.length > longest;
    return { value: isCut ? value.slice(0, longest) : value, bytes: Math.min(value.length, longest), isCut };
  }
  return { value, bytes: 0, isCut: false };
}

/** Where the first so many characters of a text end. */
function endOf(text, most) {
  if (text.length <= most) return text.length;
  let end = 0;
  for (let count = 0; count < most && end < text.length; count += 1) end += text.codePointAt(end) > 0xffff ? 2 : 1;
  return end;
}

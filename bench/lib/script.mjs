// The questions: the default view, then forty changes of its filter.
//
// Whole months, any segments and churn risks, at most one category: what every peer can answer.

/** The day before a month. */
function lastDay(year, month) {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** Whole months, `back` months before the last one, `length` of them. */
function months(meta, back, length) {
  const [year, month] = meta.as_of.split("-").map(Number);
  const at = year * 12 + month - 1 - back;
  const first = at - length + 1;
  const from = `${Math.floor(first / 12)}-${String((first % 12) + 1).padStart(2, "0")}-01`;
  return { from, to: lastDay(Math.floor(at / 12), (at % 12) + 1) };
}

/** The default view's filter: the twelve months up to the one of the as-of day. */
export function first(meta) {
  return { ...months(meta, 0, 12), segment: [], churn: [], category: [] };
}

/** Forty filters, each one step from the one before. */
export function changes(meta) {
  const { segments, churn_risks: risks, categories } = labels(meta);
  const script = [];
  let filter = first(meta);
  const step = (change) => script.push((filter = { ...filter, ...change }));
  for (let round = 0; script.length < 40; round += 1) {
    step({ segment: [segments[round % segments.length]] });
    step({ churn: [risks[round % risks.length]] });
    step(months(meta, round, 6));
    step({ category: [categories[round % categories.length]] });
    step({ segment: [] });
    step(months(meta, 1 + round, 3 + round));
    step({ churn: risks.slice(0, 2), segment: segments.slice(-2) });
    step({ category: [], ...months(meta, 0, 24) });
    step({ segment: [], churn: [] });
    step(months(meta, 0, 12));
  }
  return script.slice(0, 40);
}

/** The labels of a snapshot's dimensions. */
export function labels(meta) {
  const { segments, churn_risks, categories } = meta.labels;
  return { segments, churn_risks, categories: categories.slice(0, 7) };
}

/** A filter as the page's address carries it; the default view has none. */
export function query(filter, meta) {
  const usual = first(meta);
  const words = new URLSearchParams();
  if (filter.from !== usual.from || filter.to !== usual.to) {
    words.set("from", filter.from);
    words.set("to", filter.to);
  }
  for (const name of ["segment", "churn", "category", "rfm"]) {
    for (const label of filter[name] ?? []) words.append(name, label);
  }
  return words.toString();
}

// Medians and how they are written.

export function quantile(values, part) {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? sorted[0];
}

/** The middle; of an even number the mean of both in the middle. */
export function median(values) {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const at = sorted.length >> 1;
  return sorted.length % 2 ? sorted[at] : (sorted[at - 1] + sorted[at]) / 2;
}

const known = (write) => (value) => (value === undefined ? "–" : write(value));

export const ms = known((value) => {
  if (value < 10) return `${value.toFixed(1)} ms`;
  return `${Math.round(value).toLocaleString("en-US")} ms`;
});

export const size = known((value) => {
  if (value < 100_000) return `${(value / 1000).toFixed(1)} KB`;
  return `${(value / 1e6).toFixed(2)} MB`;
});

export const ratio = known((value) => `${value.toFixed(2)}x`);

// Figures from figures.

export const sum = (values) => values.reduce((total, value) => total + value, 0);

export const mean = (values) => sum(values) / values.length;

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How far the values lie apart: (highest - lowest) / median. */
export const spread = (values) => (Math.max(...values) - Math.min(...values)) / median(values);

/** A figure in words: three digits that count, and the unit that suits. */
export function ns(value) {
  if (value === null || value === undefined) return '–';
  const [divisor, unit] = [
    [1e9, 's'],
    [1e6, 'ms'],
    [1e3, 'µs'],
    [1, 'ns'],
  ].find(([least]) => value >= least) ?? [1, 'ns'];
  return `${digits(value / divisor)} ${unit}`;
}

/** Three digits that count, no more. */
export function digits(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return Number(value.toPrecision(3)).toString();
}

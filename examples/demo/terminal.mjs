// What the terminal can show, and how numbers are printed.

const { env, stdout } = process;

/** Whether a line can be rewritten. */
export const isLive = Boolean(stdout.isTTY) && env.TERM !== 'dumb';

// https://no-color.org: set and not empty
const coloured = isLive && !env.NO_COLOR;

const paint = (open, close) => (text) => (coloured ? `\u001b[${open}m${text}\u001b[${close}m` : String(text));

export const bold = paint(1, 22);
export const dim = paint(2, 22);
export const red = paint(31, 39);
export const green = paint(32, 39);
export const yellow = paint(33, 39);
export const cyan = paint(36, 39);

/** Columns that a line may have: more than 100 are hard to read. */
export const width = () => Math.min(stdout.columns || 80, 100);

/** Shows a line that the next one replaces. Prints nothing where that is not possible. */
export function showLine(text) {
  if (isLive) stdout.write(`\r\u001b[2K${text.slice(0, width() - 1)}`);
}

export function print(text = '') {
  if (isLive) stdout.write('\r\u001b[2K');
  stdout.write(`${text}\n`);
}

const grouped = new Intl.NumberFormat('en-US');

/** 12,345 */
export const number = (value) => grouped.format(Math.round(value));

/** 0.12 ms, 3.4 ms, 1,655 ms, 12.3 s */
export function duration(ms) {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms >= 100) return `${number(ms)} ms`;
  return `${ms.toFixed(ms >= 1 ? 1 : 2)} ms`;
}

/** Bytes, in KB of 1,000 or MB of 1,000,000 where they are many. */
export function size(bytes) {
  if (bytes < 1e3) return `${bytes} bytes`;
  return bytes < 1e6 ? `${number(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

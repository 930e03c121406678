// What a stream can show: its width, and colours if somebody looks at it.
'use strict';

const DEFAULT_WIDTH = 80;
const MIN_WIDTH = 40;

const STYLES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], cyan: [36, 39] };

/**
 * @param {{ isTTY?: boolean, columns?: number }} stream
 * @param {Record<string, string | undefined>} env
 */
function terminalOf(stream, env) {
  const hasColours = wantsColours(stream, env);
  return {
    width: Math.max(MIN_WIDTH, stream.columns ?? (Number.parseInt(env.COLUMNS ?? '', 10) || DEFAULT_WIDTH)),
    hasColours,
    /** @param {keyof typeof STYLES} name @param {string} text */
    style(name, text) {
      if (!hasColours) return text;
      const [on, off] = STYLES[name];
      return `\u001b[${on}m${text}\u001b[${off}m`;
    },
  };
}

/** By https://no-color.org and https://force-color.org; a forced colour wins, as in Node.js. */
function wantsColours({ isTTY }, { FORCE_COLOR, NO_COLOR, TERM }) {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return isTTY === true && TERM !== 'dumb';
}

/**
 * Text of a report for a terminal: without the control characters by which a hostile error could move its cursor or change its
 * title.
 *
 * @param {string} text
 */
function printable(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

module.exports = { printable, terminalOf };

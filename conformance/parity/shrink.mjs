// Makes a disagreement small: it leaves out pieces of flags, pattern and text as long as the judges still disagree in the same way (delta
// debugging, after Zeller and Hildebrandt).

/** Questions that one shrinking may ask. */
const MAX_QUESTIONS = 600;

/**
 * @param {{ pattern: string, flags: string, text?: string }} found
 * @param {(candidate: { pattern: string, flags: string, text?: string }) => Promise<boolean>} stillDisagrees
 */
export async function shrink(found, stillDisagrees) {
  let best = found;
  let questions = 0;
  const attempt = async (candidate) => {
    if (questions++ >= MAX_QUESTIONS || !(await stillDisagrees(candidate))) return false;
    best = candidate;
    return true;
  };
  for (let before = Number.POSITIVE_INFINITY; size(best) < before; ) {
    before = size(best);
    for (const field of ['flags', 'pattern', 'text']) {
      if (best[field] === undefined) continue;
      await shorten(field, () => best, attempt);
    }
  }
  return best;
}

function size({ pattern, flags, text = '' }) {
  return pattern.length + flags.length + text.length;
}

async function shorten(field, best, attempt) {
  for (let piece = Math.max(1, best()[field].length >> 1); piece >= 1; piece >>= 1) {
    for (let at = best()[field].length - piece; at >= 0; at--) {
      const value = best()[field];
      if (at + piece > value.length) continue;
      // all the places for small pieces, the aligned ones for large
      if (piece > 4 && at % piece !== 0) continue;
      await attempt({ ...best(), [field]: value.slice(0, at) + value.slice(at + piece) });
    }
  }
  if (field === 'flags') return;
  // the two parentheses of a group go together or not at all
  for (let at = best()[field].length - 1; field === 'pattern' && at >= 0; at--) {
    const value = best()[field];
    if (value[at] !== '(') continue;
    const close = value.indexOf(')', at);
    if (close < 0) continue;
    const head = /^\((?:\?(?:<?[=!]|:|<[^>]*>))?/.exec(value.slice(at))[0];
    await attempt({ ...best(), pattern: value.slice(0, at) + value.slice(at + head.length, close) + value.slice(close + 1) });
  }
  // the plainest letter in place of a strange one
  for (let at = 0; at < best()[field].length; at++) {
    const value = best()[field];
    if (/[ -~]/.test(value[at])) continue;
    await attempt({ ...best(), [field]: `${value.slice(0, at)}a${value.slice(at + 1)}` });
  }
}

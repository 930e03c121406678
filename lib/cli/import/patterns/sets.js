// Sets of characters that other dialects have a name for, as they stand in a class of JavaScript.
'use strict';

const HORIZONTAL = ' \\t\\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000';
const VERTICAL = '\\n\\x0b\\f\\r\\x85\\u2028\\u2029';

/** `\p{Alpha}` of Java and `[[:alpha:]]`: ASCII. */
const POSIX = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  ascii: '\\0-\\x7f',
  blank: ' \\t',
  cntrl: '\\0-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: ' \\t-\\r',
  upper: 'A-Z',
  word: 'A-Za-z0-9_',
  xdigit: '0-9A-Fa-f',
};

/** Constructs that are a set: what is in it, and whether they mean what is not. */
const SETS = {
  horizontal: [HORIZONTAL, false],
  notHorizontal: [HORIZONTAL, true],
  vertical: [VERTICAL, false],
  notVertical: [VERTICAL, true],
  hexDigit: ['0-9a-fA-F', false],
  notHexDigit: ['0-9a-fA-F', true],
  notLineFeed: ['\\n', true],
};

/** What `\p{…}` is. @returns {{ posix: string } | { property: string } | null} */
function propertyOf(name, dialect) {
  if (dialect === 'java' && Object.hasOwn(POSIX, name.toLowerCase())) return { posix: POSIX[name.toLowerCase()] };
  // in .NET, `Is` and a name is a block, which JavaScript lacks
  const bare = dialect === 'java' ? name.replace(/^Is(?=[A-Z])/, '') : name;
  const candidates = [bare, `General_Category=${bare}`, `Script=${bare}`, name.replace(/^(?:sc|script)[=:]/i, 'Script=')];
  for (const property of candidates) {
    try {
      new RegExp(`\\p{${property}}`, 'u');
      return { property };
    } catch {}
  }
  return null;
}

module.exports = { POSIX, propertyOf, SETS };

// ECMAScript patterns in the words of Vectorscan's parser, which is PCRE's. What it does not know is left as it is: it refuses it.

/**
 * @param {string} source
 * @param {string} flags
 * @returns {{ pattern: string, flags: string }} `8`: the pattern is about characters, not bytes
 */
export function toPcre(source, flags = '') {
  let pattern = '';
  let inClass = false;
  for (let i = 0; i < source.length; i++) {
    const rest = source.slice(i);
    const [unicode] = /^\\u[0-9a-fA-F]{4}/.exec(rest) ?? [];
    if (unicode) {
      pattern += `\\x{${unicode.slice(2)}}`;
      i += unicode.length - 1;
    } else if (source[i] === '\\') {
      // `\-` and the like are an error in PCRE's eyes nowhere, so escapes pass
      pattern += source.slice(i, i + 2);
      i++;
    } else if (inClass) {
      inClass = source[i] !== ']';
      pattern += source[i] === '[' ? '\\[' : source[i];
    } else if (rest.startsWith('[^]')) {
      pattern += '[\\s\\S]';
      i += 2;
    } else if (source[i] === '$' && !flags.includes('m')) {
      // PCRE's `$` would match before a line feed at the end, too
      pattern += '\\z';
    } else {
      inClass = source[i] === '[';
      pattern += source[i];
    }
  }
  return { pattern, flags: [...flags].filter((flag) => 'ims'.includes(flag)).join('') + (needsCharacters(source) ? '8' : '') };
}

/** Bytes would do for plain literals; a class, a dot and a quantifier are about what comes before them, or instead. */
const needsCharacters = (source) => /[^\0-\x7f]|\\u/.test(source);

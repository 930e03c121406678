// A line of an error becomes a pattern of the lines that have the same signature: what the signature folds may vary, the rest is
// literal.
'use strict';

const { escapeLiteral } = require('../escape-pattern.js');

/** What stands in a signature for what varies, and the pattern of it. Longer ones first. */
const FOLDED = new Map([
  ['<n>, …', '\\d[\\d., _+-]*'],
  ['<duration>', '\\d[\\d.,]*\\s?[a-zµ]+'],
  ['<time>', '\\d[\\d:.,TZ+ -]+'],
  ['<ip>', '[\\da-fA-F.:[\\]]+'],
  ['<id>', '[\\w-]+'],
  ['<n>', '\\d[\\d.,_]*'],
  ["'…'", "'.*?'"],
  ['"…"', '".*?"'],
  ['`…`', '`.*?`'],
  ['“…”', '[“«„].*?[”»“]'],
]);
const PLACEHOLDERS = [...FOLDED.keys()].map(escapeLiteral).join('|');
/** A URL in a signature: its scheme and host, and its path. */
const URL_IN_SIGNATURE = /([a-z][a-z0-9+.-]{1,20}:\/\/)((?:<\w+>|[^\s'"<>()/])*)((?:\/(?:<\w+>|[^\s'"<>()/])*)*)/gi;
const TOKENS = new RegExp(`${URL_IN_SIGNATURE.source}|${PLACEHOLDERS}|\\s+|[^\\s<'"\`“]+|[^]`, 'gi');
/** What a URL may have that its signature has not. */
const USER = '(?:[^\\s@/]*@)?';
const PORT = '(?::\\d+)?';
const SEGMENT = `[^\\s/?#'"<>()]*`;
const URL_REST = `[^\\s'"<>()]*`;

/**
 * @param {string} line as it is; or several with the same signature, a blank between them
 * @param {string} folded the signature
 * @returns {{ source: string, literals: number }} `literals`: how many letters of it are literal
 */
function linePattern(line, folded) {
  let literals = 0;
  const sign = /(?:^|[\s([{=:,])[+-]\d/.test(line) ? '[+-]?' : '';
  const space = /[^\S ]|\s{2}/.test(line) ? '\\s+' : ' ';
  const source = folded.replace(TOKENS, (token, scheme, host, path) => {
    if (scheme !== undefined) {
      literals += `${host}${path}`.replace(/<\w+>|[^\p{L}]/gu, '').length;
      return urlPattern(line, scheme, host, path);
    }
    const pattern = FOLDED.get(token);
    if (pattern !== undefined) return token === '<n>' ? sign + pattern : pattern;
    if (/^\s+$/.test(token)) return space;
    literals += token.replace(/[^\p{L}]/gu, '').length;
    return literalPattern(token, line);
  });
  return { source, literals };
}

function urlPattern(line, scheme, host, path) {
  const [, ...segments] = path.split('/');
  const user = /:\/\/[^\s/]*@/.test(line) ? USER : '';
  const port = /:\/\/[^\s/]*:\d/.test(line) ? PORT : '';
  const rest = /:\/\/\S*[?#]/.test(line) ? URL_REST : '';
  const rooted = segments.map((segment) => `/${withFolded(segment, SEGMENT)}`).join('');
  return escapeLiteral(scheme) + user + withFolded(host) + port + rooted + rest;
}

/** @param {string} text of a signature @param {string} [id] the pattern of an `<id>` */
function withFolded(text, id) {
  return text
    .split(/(<\w+>)/)
    .map((part) => (part === '<id>' && id !== undefined ? id : (FOLDED.get(part) ?? escapeLiteral(part))))
    .join('');
}

/** A signature has the name of a file where the line has its path; where that is, the line says. */
function literalPattern(token, line) {
  const [, before, name, after] = /^([(["]*)(.*?)([)\]",;:.]*)$/s.exec(token) ?? [null, '', token, ''];
  const at = name === '' ? -1 : line.search(new RegExp(`[/\\\\]${escapeLiteral(name)}`));
  if (at < 0) return escapeLiteral(token);
  return `${escapeLiteral(before)}(?:[^\\s'"<>()]*[\\\\/])?${escapeLiteral(name)}${escapeLiteral(after)}`;
}

module.exports = { linePattern };

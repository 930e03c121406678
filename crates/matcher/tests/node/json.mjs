// What a list of rules in JSON text means, by `JSON.parse` and `Response.json()`.
//
// A line holds `s` (a string) or `b` (bytes), then the text in hexadecimal (UTF-16 big-endian, or
// bytes). The answer: `json` and V8's position, `shape`, or `ok` and each rule or its field at fault.

import { fromHex, lines, toHex } from './hex.mjs';

// one key differs from the field's name, and two fields share one, as in the test
const KEYS = { issue: 'ticket', error: 'error', test: 'test', flags: 'flags', id: 'test' };

const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isAbsent = (value) => value === undefined || value === null;
const isOptionalText = (value) => isAbsent(value) || typeof value === 'string';
const isText = (value) => typeof value === 'string' || typeof value === 'number';
const isPattern = (value) =>
  typeof value === 'string' ||
  (isObject(value) && typeof own(value, 'source') === 'string' && isOptionalText(own(value, 'flags')));

const show = (value) => (isAbsent(value) ? '-' : `"${toHex(String(value))}`);
const sourceOf = (pattern) => (typeof pattern === 'string' ? pattern : pattern.source);
const flagsOf = (pattern) => (typeof pattern === 'string' ? undefined : own(pattern, 'flags'));

function outline(rule) {
  if (!isObject(rule)) return '!rule';
  const [issue, error, test, flags, id] = Object.values(KEYS).map((key) => own(rule, key));
  if (!isText(issue)) return '!issue';
  if (!isPattern(error)) return '!error';
  if (!isAbsent(test) && !isPattern(test)) return '!test';
  if (!isOptionalText(flags)) return '!flags';
  if (!isAbsent(id) && !isText(id)) return '!id';
  const isScoped = !isAbsent(test) && (sourceOf(test) || flagsOf(test));
  const scope = isScoped ? `${show(sourceOf(test))}/${show(flagsOf(test) ?? '')}` : '-';
  return [show(issue), show(id), `${show(sourceOf(error))}/${show(flagsOf(error) ?? flags ?? '')}`, scope].join(' ');
}

// what `Response.json()` is by the Fetch standard; Node 20's own skips a second byte order mark, too
const decoder = new TextDecoder();
const textOf = (line) => (line[0] === 's' ? fromHex(line.slice(1)) : decoder.decode(Buffer.from(line.slice(1), 'hex')));
// a string may start with one, too, though `JSON.parse` refuses it
const BOM = '\ufeff';

function answer(line) {
  const text = textOf(line);
  const skipped = line[0] === 's' && text.startsWith(BOM) ? 1 : 0;
  let value;
  try {
    value = JSON.parse(text.slice(skipped));
  } catch (error) {
    const position = /at position (\d+)/.exec(error.message)?.[1];
    return `json ${position === undefined ? '' : Number(position) + skipped}`;
  }
  const list = isObject(value) ? own(value, 'rules') : value;
  return Array.isArray(list) ? `ok ${list.map(outline).join(';')}` : 'shape';
}

process.stdout.write(lines().map(answer).join('\n'));

// The text of whatever a runner hands over as a test's error: one rule for real errors of any realm, for the copies of
// errors that reporters get over IPC or JSON, for arrays of them, and for thrown values of any kind.
//
// It never throws: what throws when it is read is left out. It is bounded by `MAX_CAUSES` and `MAX_ELEMENTS`, and linear:
// a message is compared with its stack at a few places and never searched for. A long text stays in the parts that it
// consists of, which the addon copies one behind the other: V8 would have to copy them once more to join them.
'use strict';

const { inspect, types } = require('node:util');
const { LONG_TEXT } = require('./addon-text.js');
const {
  apply,
  bareArray,
  getPrototypeOf,
  hasOwn,
  indexOf,
  NativeSet,
  setAdd,
  setHas,
  slice,
  stringValueOf,
  toText,
} = require('./primordials.js');
const { isArrayOrFalse, property, read } = require('./property.js');
const { MAX_CAUSES, MAX_DEPTH, MAX_ELEMENTS } = require('./limits.js');

const { isNativeError, isStringObject } = types;

/** Code units of a stack in which the name that its message follows ends. */
const MAX_NAME_UNITS = 256;
/** The text of what cannot be read. */
const UNREADABLE = '[unreadable error]';

/** Where Playwright and the JSON of reporters keep what V8 keeps as `stack`, `message` and `name`, in the order of preference. */
const STACKS = ['stackTrace', 'trace', 'errStack'];
const MESSAGES = ['errMsg'];
const NAMES = ['type'];

// the properties that most errors are asked for, each by its name: V8 then remembers where it has found it the last time
const lengthOf = (value) => value.length;
const stackOf = (value) => value.stack;
const messageOf = (value) => value.message;
const nameOf = (value) => value.name;
const errorsOf = (value) => value.errors;
const causeOf = (value) => value.cause;

/**
 * The text of an error. A string is taken verbatim. Of what has a string `message` or `stack`, the text is its stack, headed by
 * `name: message` unless the stack has that message at its head; then, each below a line `Caused by:`, the texts of its `errors`
 * and its `cause`. Of an array it is the texts of its elements, a line each. Of other objects it is what their own `toString`
 * gives, or what `util.inspect` shows.
 *
 * @param {unknown} error
 * @returns {string | string[] | null} an array: the parts of a long text. null: there is no error (null, undefined, an array
 *   without any)
 */
function readError(error) {
  if (typeof error === 'string') return error;
  if (error === null || error === undefined) return null;
  const start = { text: '', next: undefined };
  const reading = { last: start, causes: 0, elements: 0, first: undefined, others: undefined };
  return write(error, reading, 0) ? joined(start.next) : null;
}

/** The text of a list of parts, or an array of them if it is long. */
function joined(first) {
  if (first.next === undefined) return first.text;
  let length = 0;
  for (let part = first; part !== undefined; part = part.next) length += part.text.length;
  if (length >= LONG_TEXT) return arrayOf(first);
  let whole = '';
  for (let part = first; part !== undefined; part = part.next) whole += part.text;
  return whole;
}

function arrayOf(first) {
  const parts = bareArray();
  for (let part = first; part !== undefined; part = part.next) parts[parts.length] = part.text;
  return parts;
}

/** The text that `readError` gives, in one string. */
function wholeText(text) {
  if (text === null || typeof text === 'string') return text;
  let whole = '';
  for (let index = 0; index < text.length; index++) whole += text[index];
  return whole;
}

/** Adds a part to the text. The parts are a list because most texts have only one, and an array that inherits nothing is slow to make. */
function add(reading, text) {
  const part = { text, next: undefined };
  reading.last.next = part;
  reading.last = part;
  return true;
}

/** Whether an object is read for the first time. Most errors are the only one. */
function isNew(reading, object) {
  if (reading.first === undefined) {
    reading.first = object;
    return true;
  }
  if (reading.first === object) return false;
  reading.others ??= new NativeSet();
  if (setHas(reading.others, object)) return false;
  setAdd(reading.others, object);
  return true;
}

/** Writes the text of an error, or of one within an error. Returns whether there was one that is not written already. */
function write(value, reading, depth) {
  if (typeof value === 'string') return add(reading, value);
  if (value === null || value === undefined) return false;
  if (typeof value !== 'object')
    return add(
      reading,
      orUnreadable(() => toText(value)),
    );
  if (depth > MAX_DEPTH || !isNew(reading, value)) return false;
  // a call into Node, so only for what has a length
  if (read(lengthOf, value) !== undefined && isStringObject(value))
    return add(
      reading,
      orUnreadable(() => stringValueOf(value)),
    );
  if (isArrayOrFalse(value)) return writeElements(value, reading, depth);
  return writeObject(value, reading, depth);
}

/** Writes `prefix` and a text behind it, or nothing. */
function writeBehind(prefix, value, reading, depth) {
  const { last } = reading;
  add(reading, prefix);
  const written = write(value, reading, depth);
  if (!written) {
    last.next = undefined;
    reading.last = last;
  }
  return written;
}

function writeElements(array, reading, depth) {
  let written = false;
  const length = property(array, 'length');
  for (let index = 0; index < length && reading.elements < MAX_ELEMENTS; index++) {
    reading.elements++;
    const element = property(array, index);
    written = (written ? writeBehind('\n', element, reading, depth + 1) : write(element, reading, depth + 1)) || written;
  }
  return written;
}

function writeObject(object, reading, depth) {
  const stack = firstString(object, read(stackOf, object), STACKS);
  const message =
    firstString(object, read(messageOf, object), MESSAGES) ?? (stack === undefined ? undefined : primitiveMessage(object));
  if (stack === undefined && message === undefined) return add(reading, textOfThrown(object));
  writeError(object, stack, message, reading);
  writeCauses(object, reading, depth);
  return true;
}

/** Writes an error without those that caused it. */
function writeError(object, stack, message, reading) {
  if (!stack && !message) {
    // an error class of the old kind, whose message only its `toString` or its `inspect` makes
    const made = madeByToString(object) || madeBy(object, 'inspect');
    if (made) return add(reading, made);
  }
  if (stack && hasAtHead(stack, message)) return add(reading, stack);
  const name = firstString(object, read(nameOf, object), NAMES) ?? (isNativeError(object) ? 'Error' : '');
  writeHeadline(name, message ?? '', reading);
  if (!stack) return true;
  if (name || message) add(reading, '\n');
  return add(reading, stack);
}

/** Writes `name: message`, as `Error.prototype.toString` joins them. */
function writeHeadline(name, message, reading) {
  add(reading, name);
  if (name && message) add(reading, ': ');
  add(reading, message);
}

/**
 * Whether `stack` begins with `message`, or with a name and `message`, and goes on with another line. V8 puts it there; what was
 * changed since the stack was made is not there.
 */
function hasAtHead(stack, message) {
  if (isFrame(stack)) return false;
  if (!message || isLineAt(stack, message, 0)) return true;
  const names = slice(stack, 0, MAX_NAME_UNITS);
  for (let colon = indexOf(names, ': '); colon >= 0; colon = indexOf(names, ': ', colon + 2)) {
    if (isLineAt(stack, message, colon + 2)) return true;
  }
  return false;
}

/** Whether `text` has `line` at `at`, and there ends or goes on with another line. */
function isLineAt(text, line, at) {
  const end = at + line.length;
  if (end > text.length || (end < text.length && text[end] !== '\n' && text[end] !== '\r')) return false;
  // V8 compares whole strings eight times as fast as `startsWith` does, and makes no copy for it
  return slice(text, at, end) === line;
}

/** Whether a stack has no head: its first line is a frame. */
function isFrame(stack) {
  let at = 0;
  while (at < MAX_NAME_UNITS && (stack[at] === ' ' || stack[at] === '\t' || stack[at] === '\n')) at++;
  return at > 0 && slice(stack, at, at + 3) === 'at ';
}

/** Writes what caused an error: its `errors`, then its `cause`, each with its own causes. */
function writeCauses(object, reading, depth) {
  const errors = read(errorsOf, object);
  if (isArrayOrFalse(errors)) {
    const length = property(errors, 'length');
    for (let index = 0; index < length && reading.causes < MAX_CAUSES; index++)
      writeCause(property(errors, index), reading, depth);
  }
  writeCause(read(causeOf, object), reading, depth);
}

function writeCause(cause, reading, depth) {
  if (cause === undefined) return;
  if (reading.causes >= MAX_CAUSES) return;
  reading.causes++;
  if (!writeBehind('\nCaused by:\n', cause, reading, depth + 1)) reading.causes--;
}

/** The text of an object that is no error: Playwright's `{ value }`, a class with a `toString`, a record. */
function textOfThrown(object) {
  const value = property(object, 'value');
  if (typeof value === 'string') return value;
  const made = madeByToString(object);
  if (made !== undefined) return made;
  return orUnreadable(() => inspect(object));
}

/** What an object's own `toString` gives. Undefined: it has none but that of all objects, or of all errors. */
function madeByToString(object) {
  try {
    if (isInheritedByAll(object)) return undefined;
  } catch {
    return undefined;
  }
  return madeBy(object, 'toString');
}

/** The text that a method of an object gives. Undefined: there is no such method, it throws, or gives something else. */
function madeBy(object, name) {
  const method = property(object, name);
  if (typeof method !== 'function') return undefined;
  try {
    const text = apply(method, object, []);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an object's `toString` is that of `Object.prototype` or of `Error.prototype`, in whatever realm. */
function isInheritedByAll(object) {
  for (let owner = object; owner !== null; owner = getPrototypeOf(owner)) {
    if (!hasOwn(owner, 'toString')) continue;
    const parent = getPrototypeOf(owner);
    // `Object.prototype` has no prototype; `Error.prototype` has that one, and a `name` of its own
    if (parent === null) return hasOwn(owner, 'hasOwnProperty');
    return hasOwn(owner, 'name') && hasOwn(owner, 'message') && getPrototypeOf(parent) === null && owner !== object;
  }
  return true;
}

/** The first of some properties that is a string and not empty; else the first that is a string. `value`: of the first property. `others`: the names of the others. */
function firstString(object, value, others) {
  if (typeof value === 'string' && value !== '') return value;
  let found = value === '' ? value : undefined;
  for (let index = 0; index < others.length; index++) {
    const other = property(object, others[index]);
    if (typeof other !== 'string') continue;
    if (other !== '') return other;
    found ??= other;
  }
  return found;
}

/** A message that is no string but reads as one: somebody has assigned a number. */
function primitiveMessage(object) {
  const message = property(object, 'message');
  const isPrimitive = message !== null && message !== undefined && typeof message !== 'object' && typeof message !== 'function';
  return isPrimitive ? toText(message) : undefined;
}

function orUnreadable(made) {
  try {
    return made();
  } catch {
    return UNREADABLE;
  }
}

module.exports = { readError, UNREADABLE, wholeText };

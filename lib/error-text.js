// The text of whatever a runner hands over as a test's error: one rule for real errors of any realm, for the copies of
// errors that reporters get over IPC or JSON, for arrays of them, and for thrown values of any kind.
//
// It never throws: what throws when it is read is left out. It is bounded by `MAX_CAUSES` and `MAX_ELEMENTS`, and linear:
// a message is compared with its stack at a few places and never searched for. Strings are joined as V8 joins them,
// without a copy; the one copy is the addon's.
'use strict';

const { inspect, types } = require('node:util');
const {
  apply,
  getPrototypeOf,
  hasOwn,
  indexOf,
  isArray,
  NativeSet,
  setAdd,
  setHas,
  slice,
  startsWith,
  stringValueOf,
  toText,
} = require('./primordials.js');

const { isNativeError, isStringObject } = types;

/** Errors that are read below the error itself, of `errors` and `cause`, all levels together. */
const MAX_CAUSES = 16;
/** Elements of arrays that are read, all levels together. */
const MAX_ELEMENTS = 1000;
/** Levels of arrays and errors within each other. */
const MAX_DEPTH = 32;
/** Code units of a stack in which the name that its message follows ends. */
const MAX_NAME_UNITS = 256;
/** The text of what cannot be read. */
const UNREADABLE = '[unreadable error]';

/** Where V8, Playwright and the JSON of reporters keep a stack, a message and a name, in the order of preference. */
const STACKS = ['stack', 'stackTrace', 'trace', 'errStack'];
const MESSAGES = ['message', 'errMsg'];
const NAMES = ['name', 'type'];

/**
 * The text of an error. A string is taken verbatim. Of what has a string `message` or `stack`, the text is its stack, headed by
 * `name: message` unless the stack has that message at its head; then, each below a line `Caused by:`, the texts of its `errors`
 * and its `cause`. Of an array it is the texts of its elements, a line each. Of other objects it is what their own `toString`
 * gives, or what `util.inspect` shows.
 *
 * @param {unknown} error
 * @returns {string | null} null: there is no error (null, undefined, an array without any)
 */
function errorText(error) {
  if (typeof error === 'string') return error;
  if (error === null || error === undefined) return null;
  return textOf(error, { causes: 0, elements: 0, seen: new NativeSet() }, 0);
}

/** As `errorText`, for a value within an error. `budget`: what was read so far. `null`: nothing to read, or read already. */
function textOf(value, budget, depth) {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return orUnreadable(() => toText(value));
  if (depth > MAX_DEPTH || setHas(budget.seen, value)) return null;
  setAdd(budget.seen, value);
  if (isStringObject(value)) return orUnreadable(() => stringValueOf(value));
  if (isArrayOrFalse(value)) return textOfElements(value, budget, depth);
  return textOfObject(value, budget, depth);
}

function textOfElements(array, budget, depth) {
  let text = null;
  const length = property(array, 'length');
  for (let index = 0; index < length && budget.elements < MAX_ELEMENTS; index++) {
    budget.elements++;
    const element = textOf(property(array, index), budget, depth + 1);
    if (element !== null) text = text === null ? element : `${text}\n${element}`;
  }
  return text;
}

function textOfObject(object, budget, depth) {
  const stack = firstString(object, STACKS);
  const message = firstString(object, MESSAGES) ?? (stack === undefined ? undefined : primitiveMessage(object));
  if (stack === undefined && message === undefined) return textOfThrown(object);
  return ownText(object, stack, message) + textOfCauses(object, budget, depth);
}

/** The text of an error without those that caused it. */
function ownText(object, stack, message) {
  if (!stack && !message) {
    // an error class of the old kind, whose message only its `toString` or its `inspect` makes
    const made = madeByToString(object) || madeBy(object, 'inspect');
    if (made) return made;
  }
  if (stack && hasAtHead(stack, message)) return stack;
  const head = headline(firstString(object, NAMES) ?? (isNativeError(object) ? 'Error' : ''), message);
  if (!stack) return head;
  return head === '' ? stack : `${head}\n${stack}`;
}

/** `name: message`, as `Error.prototype.toString` joins them. */
function headline(name, message) {
  if (!name) return message ?? '';
  return message ? `${name}: ${message}` : name;
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
  if (!startsWith(text, line, at)) return false;
  const end = at + line.length;
  return end === text.length || text[end] === '\n' || text[end] === '\r';
}

/** Whether a stack has no head: its first line is a frame. */
function isFrame(stack) {
  let at = 0;
  while (stack[at] === ' ' || stack[at] === '\t' || stack[at] === '\n') at++;
  return startsWith(stack, 'at ', at) && at > 0;
}

/** What caused an error: its `errors`, then its `cause`, each with its own causes. */
function textOfCauses(object, budget, depth) {
  let text = '';
  const add = (cause) => {
    if (budget.causes >= MAX_CAUSES) return;
    if (typeof cause !== 'object' || !setHas(budget.seen, cause)) budget.causes++;
    const own = textOf(cause, budget, depth + 1);
    if (own !== null) text += `\nCaused by:\n${own}`;
  };
  const errors = property(object, 'errors');
  if (isArrayOrFalse(errors)) {
    const length = property(errors, 'length');
    for (let index = 0; index < length && budget.causes < MAX_CAUSES; index++) add(property(errors, index));
  }
  const cause = property(object, 'cause');
  if (cause !== null && cause !== undefined) add(cause);
  return text;
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

/** The first of the named properties that is a string and not empty; else the first that is a string. */
function firstString(object, names) {
  let found;
  for (let index = 0; index < names.length; index++) {
    const value = property(object, names[index]);
    if (typeof value !== 'string') continue;
    if (value !== '') return value;
    found ??= value;
  }
  return found;
}

/** A message that is no string but reads as one: somebody has assigned a number. */
function primitiveMessage(object) {
  const message = property(object, 'message');
  const isPrimitive = message !== null && message !== undefined && typeof message !== 'object' && typeof message !== 'function';
  return isPrimitive ? toText(message) : undefined;
}

/** A property; undefined if reading it throws. */
function property(object, name) {
  try {
    return object[name];
  } catch {
    return undefined;
  }
}

function isArrayOrFalse(value) {
  try {
    return isArray(value);
  } catch {
    // a revoked proxy
    return false;
  }
}

function orUnreadable(read) {
  try {
    return read();
  } catch {
    return UNREADABLE;
  }
}

module.exports = { errorText, isArrayOrFalse, property, UNREADABLE };

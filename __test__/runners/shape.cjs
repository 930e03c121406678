// A value's shape as JSON, and the value made again from it: prototypes, realms, what is native, own and enumerable. So that what a
// runner has handed over once can be read again without the runner.

const { types } = require('node:util');
const vm = require('node:vm');

const MAX_DEPTH = 6;
/** Of an object; a DOMException has thirty. */
const MAX_KEYS = 40;

const otherRealm = vm.createContext();
const fromOtherRealm = (name) => vm.runInContext(name, otherRealm);

/**
 * The shape of `value`. Primitives that JSON has are themselves; all else is `{ kind, … }`.
 *
 * @param {unknown} value
 */
function describeShape(value, depth = 0) {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value === undefined || depth > MAX_DEPTH) return { kind: 'undefined' };
  if (typeof value === 'function') return { kind: 'function' };
  if (typeof value !== 'object') return { kind: 'text', value: String(value) };
  if (Array.isArray(value)) return { kind: 'array', items: value.map((item) => describeShape(item, depth + 1)) };
  return { ...kindOf(value), properties: describeProperties(value, depth) };
}

function kindOf(value) {
  if (types.isStringObject(value)) return { kind: 'String', value: String.prototype.valueOf.call(value) };
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null) return { kind: 'null-prototype' };
  const name = value.constructor?.name ?? 'Object';
  if (types.isNativeError(value)) return { kind: 'native', class: name, far: !(value instanceof Error) };
  if (value instanceof Error) return { kind: 'derived', class: name };
  return { kind: 'object', class: name };
}

/** `[key, shape, enumerable]` each. The keys of a string's units are left out. */
function describeProperties(value, depth) {
  const isText = types.isStringObject(value);
  const properties = [];
  for (const key of Object.getOwnPropertyNames(value).slice(0, MAX_KEYS)) {
    if (isText && (key === 'length' || /^\d+$/.test(key))) continue;
    const { value: own, enumerable, get } = Object.getOwnPropertyDescriptor(value, key);
    // a stack of V8's may be an accessor
    properties.push([key, describeShape(get ? value[key] : own, depth + 1), enumerable]);
  }
  return properties;
}

/** The value that has this shape. */
function buildShape(shape) {
  if (shape === null || typeof shape !== 'object') return shape;
  if (shape.kind === 'undefined') return undefined;
  if (shape.kind === 'function') return () => {};
  if (shape.kind === 'text') return shape.value;
  if (shape.kind === 'array') return shape.items.map(buildShape);
  const value = bare(shape);
  for (const [key, own, enumerable] of shape.properties) {
    Object.defineProperty(value, key, { value: buildShape(own), enumerable, writable: true, configurable: true });
  }
  return value;
}

/** An object of a shape's kind and class, without the properties that V8 gives it. */
function bare({ kind, class: name, far, value }) {
  if (kind === 'String') return new String(value);
  if (kind === 'null-prototype') return Object.create(null);
  if (kind === 'object') return name === 'Object' ? {} : Object.create(classNamed(name, Object).prototype);
  const Base = far ? fromOtherRealm('Error') : Error;
  const BuiltIn = far ? vm.runInContext(`globalThis[${JSON.stringify(name)}]`, otherRealm) : globalThis[name];
  const Class =
    typeof BuiltIn === 'function' && (BuiltIn === Base || BuiltIn.prototype instanceof Base) ? BuiltIn : classNamed(name, Base);
  if (kind === 'derived') return Object.create(Class.prototype);
  const error = Reflect.construct(Base, [], Class);
  delete error.stack;
  return error;
}

function classNamed(name, Base) {
  const Class = class extends Base {};
  Object.defineProperty(Class, 'name', { value: name });
  return Class;
}

module.exports = { describeShape, buildShape };

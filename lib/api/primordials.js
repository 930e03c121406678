// Built-ins as they were when the package was loaded. A test may replace any of them later (fake timers, polyfills,
// a hostile page's code), and reading its error must neither fail nor change because of that.
'use strict';

const { apply, getPrototypeOf } = Reflect;
const { setPrototypeOf } = Object;
const NativeArray = Array;

/** `method` as a function that takes its receiver first. */
const uncurried =
  (method) =>
  (receiver, ...args) =>
    apply(method, receiver, args);

/**
 * An array that inherits nothing, so that an assignment creates an element whatever was put on the prototypes.
 *
 * @param {number} [length] how many elements it will have: one that grows is copied again and again
 */
const bareArray = (length = 0) => setPrototypeOf(new NativeArray(length), null);

/** A date as ISO 8601 writes it. Fake timers replace `Date`. */
const NativeDate = Date;
const toIsoString = uncurried(Date.prototype.toISOString);

module.exports = {
  bareArray,
  dateOf: (milliseconds) => toIsoString(new NativeDate(milliseconds)),
  apply,
  exec: uncurried(RegExp.prototype.exec),
  getPrototypeOf,
  isArray: Array.isArray,
  hasOwn: Object.hasOwn,
  reject: Promise.reject.bind(Promise),
  toText: String,
  NativeSet: Set,
  setHas: uncurried(Set.prototype.has),
  setAdd: uncurried(Set.prototype.add),
  indexOf: uncurried(String.prototype.indexOf),
  slice: uncurried(String.prototype.slice),
  stringValueOf: uncurried(String.prototype.valueOf),
};

// The errors that the hooks `afterTest` and `afterHook` got. They have causes; what reporters get of them are copies without. But of a
// timeout only reporters hear.
'use strict';

const { property } = require('../../api/property.js');

/** A test's error is reported right after its hook. */
const KEPT = 20;

class ThrownErrors {
  /** @type {unknown[]} the last ones */
  #errors = [];

  /** @param {unknown} error undefined if the test passed */
  add(error) {
    if (error === undefined || error === null) return;
    this.#errors.push(error);
    if (this.#errors.length > KEPT) this.#errors.shift();
  }

  /** The error that a reporter got a copy of; the copy if it is not known. */
  originalOf(copy) {
    const isOriginal = (error) =>
      property(error, 'message') === property(copy, 'message') && property(error, 'stack') === property(copy, 'stack');
    return this.#errors.findLast(isOriginal) ?? copy;
  }
}

module.exports = { ThrownErrors };

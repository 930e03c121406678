// The name of a test, from whatever a runner hands over as the test.
'use strict';

const { MAX_TITLES } = require('./limits.js');
const { apply } = require('./primordials.js');
const { isArrayOrFalse, property } = require('./property.js');

/** Between the titles of suites and test, in every runner. */
const SEPARATOR = ' › ';

/** Where runners keep a test's name, in the order of preference: those that have the suites first. */
const NAMES = ['titlePath', 'fullName', 'fullTitle', 'fullname', 'title', 'name'];
/** Whether some runners have it as a method. */
const isMethod = (name) => name === 'titlePath' || name === 'fullTitle';

/**
 * The name of a test: a string; an array of titles; or of an object the first of `titlePath`, `fullName`, `fullTitle`, `fullname`,
 * `title` and `name` that gives something. `titlePath` and `fullTitle` may be methods. Titles that are not empty are joined
 * by ` › `. It never throws.
 *
 * @param {unknown} test
 * @returns {string} empty if there is none
 */
function testName(test) {
  if (typeof test === 'string') return test;
  if (test === null || (typeof test !== 'object' && typeof test !== 'function')) return '';
  if (isArrayOrFalse(test)) return joined(test);
  for (let index = 0; index < NAMES.length; index++) {
    const name = nameOf(property(test, NAMES[index]), test, index);
    if (name !== '') return name;
  }
  return '';
}

function nameOf(value, test, index) {
  if (typeof value === 'string') return value;
  if (isArrayOrFalse(value)) return joined(value);
  if (typeof value !== 'function' || !isMethod(NAMES[index])) return '';
  try {
    const made = apply(value, test, []);
    return typeof made === 'string' ? made : isArrayOrFalse(made) ? joined(made) : '';
  } catch {
    return '';
  }
}

function joined(titles) {
  let name = '';
  const length = property(titles, 'length');
  for (let index = 0; index < length && index < MAX_TITLES; index++) {
    const title = property(titles, index);
    if (typeof title === 'string' && title !== '') name += name === '' ? title : SEPARATOR + title;
  }
  return name;
}

module.exports = { testName };

// Which tests a query finds.
'use strict';

/**
 * @typedef {object} Query
 * @property {string} text words, each of which must be in the test's name, file, issue, errors, steps or messages; any case
 * @property {Set<string>} statuses keys of statuses, and `flaky`. None: all
 * @property {string | null} issue
 */

/** @returns {Query} */
const emptyQuery = () => ({ text: '', statuses: new Set(), issue: null });

/** @param {Query} query */
const isEmpty = (query) => query.text.trim() === '' && query.statuses.size === 0 && query.issue === null;

/** Texts that are searched, made when a test is first looked at. */
const haystacks = new WeakMap();

/** @param {object[]} tests @param {Query} query @param {(status: string) => string} keyOf */
function find(tests, query, keyOf) {
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
  return tests.filter((test) => hasStatus(test, query.statuses, keyOf) && hasIssue(test, query.issue) && hasWords(test, words));
}

function hasStatus(test, statuses, keyOf) {
  return statuses.size === 0 || statuses.has(keyOf(test.status)) || (test.flaky && statuses.has('flaky'));
}

/** Whether the test, or one of its attempts, has failed by an issue. */
function hasIssue(test, issue) {
  if (issue === null || test.issue === issue) return true;
  return test.attempts.some(({ failures }) => failures.some((failure) => failure.issue === issue));
}

function hasWords(test, words) {
  if (words.length === 0) return true;
  let haystack = haystacks.get(test);
  if (haystack === undefined) {
    haystack = haystackOf(test);
    haystacks.set(test, haystack);
  }
  return words.every((word) => haystack.includes(word));
}

function haystackOf(test) {
  const parts = [test.name, test.file ?? '', test.issue ?? '', ...test.messages];
  for (const { failures } of test.attempts) for (const { text, issue } of failures) parts.push(text, issue ?? '');
  const steps = [...test.steps];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    parts.push(step.title, ...(step.messages ?? []));
    steps.push(...(step.steps ?? []));
  }
  return parts.join('\n').toLowerCase();
}

module.exports = { emptyQuery, find, isEmpty };

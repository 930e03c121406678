// What a verdict does to an Allure result, and how it is undone when the list has changed.
'use strict';

const { linkOf } = require('../link.js');

/** The label by which a known failure is found, and by which its marks are known as ours. */
const LABEL = 'known-failure';

/** @param {any} result @returns {boolean} whether there is something to judge */
const isFailure = (result) => result?.status === 'failed' || result?.status === 'broken';

/** What `classify` gets: Allure has the message and the stack of one error. Null: there is none. */
function errorOf({ statusDetails }) {
  const { message, trace } = statusDetails ?? {};
  return message || trace ? { message, trace } : null;
}

/**
 * Marks a failed result as its verdict says, and takes away the marks of an earlier verdict.
 *
 * @param {any} result is changed
 * @param {{ status: 'Broken' | 'Failed', issue: string | null, url?: string | null }} verdict
 * @param {{ status: 'verdict' | 'keep', issueUrl: string | null }} options
 * @returns {boolean} whether the result is another one now
 */
function markResult(result, verdict, { status, issueUrl }) {
  const before = markedParts(result);
  const labels = arrayOf(result.labels);
  const links = arrayOf(result.links);
  if (unmark(labels, links)) delete result.statusDetails?.known;
  const isKnown = verdict.status === 'Broken';
  if (isKnown) {
    result.statusDetails = { ...result.statusDetails, known: true };
    labels.push({ name: LABEL, value: verdict.issue });
    const url = linkOf(verdict, issueUrl);
    if (url !== null) links.push({ type: 'issue', name: verdict.issue, url });
  }
  result.labels = labels;
  result.links = links;
  if (status === 'verdict') result.status = isKnown ? 'broken' : 'failed';
  return markedParts(result) !== before;
}

const arrayOf = (value) => (Array.isArray(value) ? value : []);

/** Removes our labels and, of each issue, our link. @returns {boolean} whether there were marks */
function unmark(labels, links) {
  let isMarked = false;
  for (let at = labels.length - 1; at >= 0; at--) {
    if (labels[at]?.name !== LABEL) continue;
    const [{ value: issue }] = labels.splice(at, 1);
    // ours is the last one: the test may have a link to the same issue
    const link = links.findLastIndex((one) => one?.type === 'issue' && one.name === issue);
    if (link >= 0) links.splice(link, 1);
    isMarked = true;
  }
  return isMarked;
}

const markedParts = ({ status, statusDetails, labels, links }) =>
  JSON.stringify([status, statusDetails?.known, arrayOf(labels), arrayOf(links)]);

module.exports = { errorOf, isFailure, LABEL, markResult };

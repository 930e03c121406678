// What text and Markdown have in common: the sentences.
'use strict';

const { plural } = require('../../shared/plural.js');
const { number } = require('../progress.js');
const { ruleName } = require('../rules-file.js');
const { changedOf } = require('./outcome.js');

/** What is shown of a long outcome; JSON has the whole. */
const MAX_CHANGES = 50;
const MAX_ISSUES = 50;

/** @type {Record<import('./outcome.js').Change['kind'], { title: string, meaning: string, color: 'red' | 'yellow' | 'green' }>} */
const WORDS = {
  newlyFailed: { title: 'Newly Failed', meaning: 'known before, unknown now', color: 'red' },
  changedIssue: { title: 'Another issue', meaning: 'known as another issue now', color: 'yellow' },
  newlyBroken: { title: 'Newly Broken', meaning: 'unknown before, known now', color: 'green' },
};

/** @param {import('./outcome.js').Counts} counts */
function headline(counts) {
  const changed = changedOf(counts);
  const of = `${number(counts.failures)} failure${counts.failures === 1 ? '' : 's'}`;
  return changed === 0
    ? `None of ${of} gets another verdict`
    : `${number(changed)} of ${of} get${changed === 1 ? 's' : ''} another verdict`;
}

/** What a reader has to know of the numbers. @param {import('./outcome.js').Counts} counts @returns {string[]} */
function notes({ otherRule, cut, skipped }) {
  return [
    otherRule > 0 && `${number(otherRule)} unchanged by a rule with another id`,
    cut > 0 && `${plural(cut, 'failure')} recorded in part: its verdict may differ from that of the whole text`,
    skipped > 0 && `${plural(skipped, 'line or file').replace('line or files', 'lines or files')} could not be read`,
  ].filter((note) => note !== false);
}

/** `SHOP-1 (timeout) → SHOP-2` @param {import('./outcome.js').Change} change */
function rulesOf({ before, after }) {
  return [before, after]
    .filter((rule) => rule !== null)
    .map((rule) => ruleName(rule))
    .join(' → ');
}

/** `old.json:3 → new.json:4` @param {import('./outcome.js').Change} change */
function placesOf({ before, after }) {
  return [before?.place, after?.place].filter(Boolean).join(' → ');
}

/** `+3`, `−2` */
const difference = ({ before, after }) => `${after > before ? '+' : '−'}${number(Math.abs(after - before))}`;

module.exports = { difference, headline, MAX_CHANGES, MAX_ISSUES, notes, placesOf, rulesOf, WORDS };

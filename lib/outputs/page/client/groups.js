// Failures that belong together: unknown ones by signature, known ones by issue, tests that never ended.
'use strict';

const { element, hidden, icon, outsideLink } = require('./dom.js');
const { disclosure, fillInParts } = require('./disclosure.js');
const { errorText, matchedLine } = require('./error-text.js');
const { count, plural } = require('./format.js');
const { shareLink } = require('./share-link.js');
const { ruleName } = require('./test-details.js');
const { testRow } = require('./test-row.js');

const GROUPS_AT_ONCE = 25;
const TESTS_AT_ONCE = 10;
/** Groups of unknown failures that are open from the start. */
const OPEN_AT_START = 3;

/** Unknown failures by signature, then the tests that never ended. */
function unknownGroups(model) {
  const groups = [...model.unknown];
  if (model.unfinished.length > 0) groups.push({ index: 'unfinished', signature: null, tests: model.unfinished, sample: null });
  return groupList(groups, unknownGroup, (group) => String(group.index), OPEN_AT_START);
}

function unknownGroup(group) {
  const isUnfinished = group.signature === null;
  const key = isUnfinished ? 'unfinished' : 'failed';
  return disclosure({
    className: `group status-${key}`,
    heading: 'h3',
    head: [
      icon(key),
      countOf(group.tests),
      isUnfinished
        ? element('span', { class: 'group-title' }, 'Started and never ended')
        : element('code', { class: 'group-title signature' }, group.signature),
    ],
    panel: () =>
      [
        group.sample && errorText(group.sample.failure, group.tests.length > 1 ? 'Error of the first test' : 'Error'),
        testList(group.tests),
        !isUnfinished && shareLink('unknown', group.index, 'Link to this group'),
      ].filter(Boolean),
  });
}

/** Known failures by issue. */
function knownGroups(model) {
  const hits = new Map(model.rules.hits.map((hit) => [hit.rule, hit]));
  return groupList(
    model.issues,
    (issue) => issueGroup(issue, hits),
    (issue) => issue.issue.toWellFormed(),
    0,
  );
}

function issueGroup(issue, hits) {
  const { sample } = issue;
  return disclosure({
    className: 'group status-broken',
    heading: 'h3',
    head: [
      icon('broken'),
      countOf(issue.tests),
      element(
        'span',
        { class: 'group-title' },
        element('span', { class: 'issue-name' }, issue.issue),
        sample && matchedLine(sample.failure),
      ),
    ],
    panel: () =>
      [
        element('p', { class: 'issue-facts' }, ...issueFacts(issue, hits)),
        sample && errorText(sample.failure, issue.tests.length > 1 ? 'First error with its match' : 'Error with its match'),
        testList(issue.tests, issue.issue),
        shareLink('issue', issue.issue, 'Link to this issue'),
      ].filter(Boolean),
  });
}

function issueFacts({ issue, url, rules }, hits) {
  const names = rules.flatMap((rule, index) => {
    const hit = hits.get(rule);
    const failures = hit === undefined ? '' : ` (${plural(hit.failures, 'error')})`;
    return [index > 0 && ', ', ruleName({ rule, id: hit?.id }), failures];
  });
  return [outsideLink(url, url ? `Open ${issue}` : issue), rules.length > 0 && ' · matched by ', ...names].filter(Boolean);
}

/** A list of groups that address links can open. */
function groupList(groups, makeGroup, nameOf, openAtStart) {
  const list = element('ul', { class: 'groups' });
  const made = new Map();
  const parts = fillInParts(
    list,
    groups,
    (group) => {
      const part = makeGroup(group);
      made.set(nameOf(group), part);
      if (made.size <= openAtStart) part.setOpen(true);
      return part.item;
    },
    GROUPS_AT_ONCE,
  );
  return {
    list,
    /** Opens the group of that name. @returns {HTMLElement | null} its button */
    open(name) {
      const index = groups.findIndex((group) => nameOf(group) === name);
      if (index < 0) return null;
      parts.reveal(index);
      const part = made.get(name);
      part.setOpen(true);
      return part.button;
    },
  };
}

/** @param {object[]} tests @param {string} [issue] the one whose tests they are */
function testList(tests, issue) {
  const list = element('ul', { class: 'tests', 'aria-label': plural(tests.length, 'test') });
  fillInParts(list, tests, (test) => testRow(test, { withSuites: true, issue }).item, TESTS_AT_ONCE);
  return list;
}

const countOf = (tests) =>
  element('span', { class: 'group-count' }, count(tests.length), hidden(tests.length === 1 ? ' test: ' : ' tests: '));

module.exports = { knownGroups, unknownGroups };

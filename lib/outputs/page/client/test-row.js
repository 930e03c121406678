// One test as a line that opens. The lists of unknown failures, of issues and of all tests are made of it.
'use strict';

const { element, hidden, icon } = require('./dom.js');
const { disclosure } = require('./disclosure.js');
const { duration } = require('./format.js');
const { statusOf } = require('./statuses.js');
const { testDetails } = require('./test-details.js');

/** What is no test, but failed like one. */
const KINDS = new Set(['hook', 'file', 'run']);

/**
 * @param {object} test
 * @param {{ withSuites?: boolean, issue?: string, onToggle?: (isOpen: boolean) => void }} [options] `withSuites`: names the suites,
 *   too; `issue`: named by what is around the line
 */
function testRow(test, { withSuites = false, issue, onToggle } = {}) {
  const status = statusOf(test.status);
  return disclosure({
    className: `test status-${status.key}`,
    onToggle,
    head: [
      icon(status.key),
      hidden(`${status.label}: `),
      KINDS.has(test.kind) && element('span', { class: 'tag' }, test.kind),
      element(
        'span',
        { class: 'test-title' },
        withSuites && test.suites.length > 0 && element('span', { class: 'muted' }, `${test.suites.join(' › ')} › `),
        test.title,
      ),
      test.flaky && element('span', { class: 'tag tag-flaky' }, icon('flaky'), 'flaky'),
      test.attempts.length > 1 && !test.flaky && element('span', { class: 'tag' }, `${test.attempts.length} attempts`),
      test.issue !== null && test.issue !== issue && element('span', { class: 'tag tag-issue' }, test.issue),
      test.durationMs !== undefined && element('span', { class: 'time' }, duration(test.durationMs)),
    ],
    panel: () => testDetails(test),
  });
}

module.exports = { testRow };

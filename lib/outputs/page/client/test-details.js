// All that the report says of one test: its attempts with their errors, its steps and messages.
'use strict';

const { element, icon, outsideLink } = require('./dom.js');
const { errorText } = require('./error-text.js');
const { fillInParts } = require('./disclosure.js');
const { count, duration } = require('./format.js');
const { shareLink } = require('./share-link.js');
const { statusOf } = require('./statuses.js');

const STEPS_AT_ONCE = 100;

const REASONS = new Map([
  ['no-match', 'No rule matches.'],
  ['no-error', 'The runner gave no error.'],
  ['no-rules', 'No list of known failures was in force.'],
  ['time-limit', 'Not decided within the time limit.'],
  ['no-verdict', 'No verdict, because of an error of known-failures: see the warnings of the run.'],
]);

function testDetails(test) {
  return element(
    'div',
    { class: 'details' },
    facts(test),
    ...test.attempts.flatMap((attempt, index) => attemptParts(test, attempt, index)),
    test.steps.length > 0 && [partTitle('Steps'), stepList(test.steps)],
    test.messages.length > 0 && [partTitle('Messages'), messageList(test.messages)],
    shareLink('test', test.id, 'Link to this test'),
  );
}

function facts(test) {
  const entries = [
    ['Status', `${statusOf(test.status).label}${test.flaky ? ', flaky' : ''}`],
    test.issue !== null && ['Issue', outsideLink(test.url, test.issue)],
    test.file !== null && ['File', element('code', null, test.file)],
    test.suites.length > 0 && ['Suite', test.suites.join(' › ')],
    test.startedMs !== undefined && ['Started', `${duration(test.startedMs)} into the run`],
    test.durationMs !== undefined && ['Duration', duration(test.durationMs)],
  ];
  return factList(entries.filter(Boolean));
}

function factList(entries) {
  const rows = entries.map(([term, value]) => element('div', null, element('dt', null, term), element('dd', null, value)));
  return element('dl', { class: 'facts' }, ...rows);
}

function attemptParts(test, attempt, index) {
  const several = test.attempts.length > 1;
  const status = statusOf(attempt.status);
  const took = attempt.durationMs === undefined ? '' : `, ${duration(attempt.durationMs)}`;
  const heading = several && partTitle(icon(status.key), `Attempt ${index + 1}: ${status.label}${took}`);
  return [heading, ...attempt.failures.map((failure, at) => failureParts(failure, at, attempt.failures.length))];
}

/** No heading, because the details of a test stand below headings of different levels. */
const partTitle = (...content) => element('p', { class: 'part-title' }, ...content);

function failureParts(failure, index, of) {
  const label = of > 1 ? `Error ${index + 1} of ${of}` : 'Error';
  return element('div', { class: 'failure' }, element('p', { class: 'verdict' }, ...verdict(failure)), errorText(failure, label));
}

function verdict(failure) {
  if (failure.status !== 'Broken') {
    return [icon('failed'), element('strong', null, 'Unknown. '), REASONS.get(failure.reason) ?? `Reason: ${failure.reason}.`];
  }
  return [
    icon('broken'),
    element('strong', null, 'Known as '),
    outsideLink(failure.url, failure.issue),
    ' by ',
    ruleName(failure),
  ];
}

/** A rule as its author finds it in the list. */
function ruleName({ rule, id }) {
  return element('span', { class: 'rule' }, `rule ${rule ?? '?'}`, id != null && ' ', id != null && element('code', null, id));
}

function stepList(steps) {
  const list = element('ol', { class: 'steps' });
  fillInParts(list, steps, stepItem, STEPS_AT_ONCE);
  return list;
}

function stepItem(step) {
  const status = statusOf(step.status);
  const { messages = [], steps = [] } = step;
  return element(
    'li',
    { class: `step status-${status.key}` },
    element(
      'p',
      { class: 'step-head' },
      icon(status.key),
      element('span', { class: 'step-title' }, step.title),
      element('span', { class: 'visually-hidden' }, `, ${status.label}`),
      step.durationMs !== undefined && element('span', { class: 'time' }, duration(step.durationMs)),
    ),
    messages.length > 0 && messageList(messages),
    steps.length > 0 && stepList(steps),
  );
}

function messageList(messages) {
  const list = element('ul', { class: 'messages', 'aria-label': `Messages (${count(messages.length)})` });
  fillInParts(list, messages, (message) => element('li', null, message), STEPS_AT_ONCE);
  return list;
}

module.exports = { factList, ruleName, testDetails };

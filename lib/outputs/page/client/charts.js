// Charts, each with a sentence or a table that says the same.
'use strict';

const { linkTo } = require('./address.js');
const { element, hidden, icon } = require('./dom.js');
const { loopChart } = require('./loop-chart.js');
const { duration, plural } = require('./format.js');
const { statusOf } = require('./statuses.js');

const SLOWEST = 10;
/** Upper bounds in milliseconds; the last bin has none. */
const BOUNDS = [10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 60_000, 180_000];

/** @returns {Node[]} none if the report has neither durations nor samples */
function charts(model) {
  const timed = model.tests.filter(({ durationMs }) => durationMs !== undefined);
  return [
    timed.length > 0 && figure('Slowest tests', slowestTests(timed)),
    timed.length > 1 && figure('Duration of tests', durationBins(timed)),
    model.eventLoop.length > 1 && figure('Event-loop delay', loopChart(model.eventLoop), 'chart-wide'),
  ].filter(Boolean);
}

const figure = (heading, content, className = '') =>
  element('div', { class: `chart ${className}` }, element('h3', null, heading), ...content);

function slowestTests(timed) {
  const slowest = [...timed].sort((a, b) => b.durationMs - a.durationMs).slice(0, SLOWEST);
  const longest = slowest[0].durationMs;
  const rows = slowest.map((test) => {
    const { key, label } = statusOf(test.status);
    return element(
      'li',
      { class: `status-${key}` },
      element(
        'a',
        { href: linkTo('test', test.id), title: test.name },
        icon(key),
        hidden(`${label}: `),
        element('span', { class: 'slow-title' }, test.title),
        test.suites.length > 0 && element('span', { class: 'slow-suites' }, test.suites.join(' › ')),
      ),
      element('span', { class: 'time' }, duration(test.durationMs)),
      meter(test.durationMs, longest, key),
    );
  });
  return [element('ol', { class: 'slowest' }, ...rows)];
}

function meter(value, of, key) {
  const filled = element('span', { class: `meter-part fill-${key}` });
  filled.style.width = `${of === 0 ? 0 : (100 * value) / of}%`;
  return element('span', { class: 'meter', 'aria-hidden': 'true' }, filled);
}

/** A histogram as a table: the bars are a column that a screen reader need not read. */
function durationBins(timed) {
  const bins = binned(timed.map(({ durationMs }) => durationMs));
  const most = Math.max(...bins.map(({ value }) => value));
  const rows = bins.map(({ label, value }) =>
    element(
      'tr',
      null,
      element('th', { scope: 'row' }, label),
      element('td', { class: 'bin-bar' }, meter(value, most, 'bin')),
      element('td', { class: 'numeric' }, value.toLocaleString('en')),
    ),
  );
  const sorted = timed.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  const at = (share) => duration(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
  return [
    element(
      'table',
      { class: 'bins' },
      element('caption', null, `${plural(timed.length, 'test')}: half of them within ${at(0.5)}, 95% within ${at(0.95)}.`),
      element(
        'thead',
        { class: 'visually-hidden' },
        element('tr', null, ...['Duration', 'Bar', 'Tests'].map((text) => element('th', { scope: 'col' }, text))),
      ),
      element('tbody', null, ...rows),
    ),
  ];
}

/** The bins from the first to the last that is not empty. */
function binned(durations) {
  const values = new Array(BOUNDS.length + 1).fill(0);
  for (const ms of durations) {
    const bin = BOUNDS.findIndex((bound) => ms < bound);
    values[bin < 0 ? BOUNDS.length : bin]++;
  }
  const bins = values.map((value, index) => ({ label: binLabel(index), value }));
  const first = values.findIndex((value) => value > 0);
  const last = values.findLastIndex((value) => value > 0);
  return bins.slice(first, last + 1);
}

function binLabel(index) {
  // a bound is a whole number of its unit: `1 s`, not `1.0 s`
  const bound = (at) => duration(BOUNDS[at]).replace('.0', '');
  if (index === 0) return `under ${bound(0)}`;
  if (index === BOUNDS.length) return `over ${bound(index - 1)}`;
  return `${bound(index - 1)} – ${bound(index)}`;
}

module.exports = { charts };

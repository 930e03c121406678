// The summary of a run, in 80 columns. Every figure says what it is and what it was measured over.

import { bold, cyan, dim, duration, green, number, print, red, size, width, yellow } from './terminal.mjs';

const row = (label, text) => print(`  ${bold(label.padEnd(12))}${text}`);
const more = (text) => row('', dim(text));

/** The 50th and 99th percentile and the largest value. */
const spread = (values) => `p50 ${duration(values.p50)}, p99 ${duration(values.p99)}, max ${duration(values.max)}`;

const spreadOf = (distribution) =>
  spread({ p50: distribution.percentile(50), p99: distribution.percentile(99), max: distribution.max });

/**
 * @param {object} figures
 * @param {import('../../lib/recorder/index.js').RunReport} figures.run
 * @param {import('../../index.js').LoadReport} figures.report
 * @param {import('./progress.mjs').Progress} figures.progress
 * @param {import('./event-stream.mjs').EventStream} figures.events
 * @param {{ bytes: number, ms: number }} figures.fetched
 * @param {{ p50: number, p99: number, max: number, maxGc: number }} figures.loopDelay
 * @param {import('./distribution.mjs').Distribution} figures.verdictWait
 * @param {import('./runner.mjs').Outcome[]} figures.outcomes
 * @param {number} figures.peakRss bytes
 * @param {number} figures.concurrency
 */
export function printSummary({ run, report, progress, events, fetched, loopDelay, verdictWait, peakRss, concurrency, outcomes }) {
  const { passed, Broken, Failed } = progress.byStatus;
  print();
  row('Tests', `${number(run.tests.length)} in ${duration(run.durationMs)}, ${concurrency} at a time`);
  more(
    `${green(`${number(passed)} passed`)}, ${yellow(`${number(Broken)} Broken`)} (a known failure), ${red(`${number(Failed)} Failed`)}`,
  );
  printRules(report, fetched);
  if (outcomes.length > 0) row('Verdicts', `${number(outcomes.length)}, after ${spreadOf(verdictWait)}`);
  row('Event loop', `late by ${spread(loopDelay)} (GC: max ${duration(loopDelay.maxGc)})`);
  row('Log events', `${number(events.count)}, each late by ${spreadOf(events.wait)}`);
  row('Memory', `${size(peakRss)} peak: tests, their logs and the addon together`);
  printIssues(run.issues);
  printExample(run.tests);
}

function printRules(report, fetched) {
  const refused = report.rejected.length > 0 ? yellow(`${number(report.rejected.length)} refused`) : '0 refused';
  row('Rules', `${number(report.active)} in force, ${refused}; ${size(fetched.bytes)} of JSON`);
  more(`fetched in ${duration(fetched.ms)}, loaded in ${duration(report.durationMs)}, while the first tests ran`);
  const [first] = report.rejected;
  if (first) more(fit(`refused: ${first.id ?? `rule ${first.index}`}, ${first.field}: ${first.message}`, 14));
}

function printIssues(issues) {
  if (issues.length === 0) return;
  const top = issues.slice(0, 5);
  const most = top[0].tests.length;
  print();
  print(`  ${bold('Top issues')}  ${dim(`${top.length} of ${number(issues.length)}, by the tests that they broke`)}`);
  for (const { issue, tests } of top) {
    const bar = '█'.repeat(Math.max(1, Math.round((20 * tests.length) / most)));
    print(`  ${number(tests.length).padStart(5)}  ${yellow(bar.padEnd(20))}  ${fit(issue, 31)}`);
  }
}

/** One Broken test, short enough to read. The page has the others. */
function printExample(tests) {
  const test = tests.find(({ status }) => status === 'Broken');
  if (!test) return;
  const { text } = test.attempts[0].failures[0];
  print();
  print(`  ${bold('A Broken test')}  ${dim(fit(test.name, 17))}`);
  print(`    ${cyan(fit(`issue: ${test.issue}`, 4))}`);
  print(`    ${dim(fit(`error: ${text.split('\n', 1)[0]}`, 4))}`);
}

/**
 * @param {import('./comparison.mjs').Comparison} comparison
 * @param {number} active rules
 */
export function printComparison(comparison, active) {
  const { compared, differences, undecided, newer, threads, cut, looped, loopMs, worstMs, addonMs } = comparison;
  print();
  if (looped === 0) {
    print(
      cut
        ? '  The JavaScript loop did not finish one error in 5 seconds.'
        : '  There is no error to compare with the JavaScript loop.',
    );
    return;
  }
  const line = (label, text) => print(`    ${label.padEnd(18)}${text}`);
  const digits = Math.max(duration(loopMs).length, duration(addonMs).length);
  const result = differences.length === 0 ? green('the same') : red(`${number(differences.length)} differ`);
  print(`  ${bold('Against the JavaScript loop')}  ${dim(`the same ${number(looped)} errors, ${number(active)} rules`)}`);
  line(`${number(compared)} verdicts`, result);
  if (undecided > 0) line('', `${number(undecided)} not compared: undecided by the rule that the loop found`);
  if (newer > 0) line('', `${number(newer)} not compared: the rule's syntax is newer than this Node.js`);
  line('JavaScript loop', `${red(duration(loopMs).padStart(digits))} on the event loop, ${duration(worstMs)} for the slowest`);
  if (threads > 1) line('', dim(`(on ${threads} worker threads here, their times added up)`));
  if (cut) line('', 'stopped after 5 seconds, at the next error');
  line(
    'known-failures',
    `${green(duration(addonMs).padStart(digits))} on another thread, ${number(loopMs / addonMs)} times faster`,
  );
  for (const { test, text, expected, actual } of differences.slice(0, 5)) {
    print(`\n  ${red('differs')} ${test}`);
    print(`    expected: ${JSON.stringify(expected)}`);
    print(`    addon:    ${JSON.stringify(actual)}`);
    print(`    text:     ${JSON.stringify(text?.slice(0, 600) ?? null)}`);
  }
}

/** Cuts a text that does not fit beside the columns which are taken. */
function fit(text, taken) {
  const room = Math.max(20, width() - taken);
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}

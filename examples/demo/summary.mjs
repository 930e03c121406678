// The summary of a run. Every figure says what it is and over what it was taken.

import { errorText } from './error-text.mjs';
import { bold, cyan, dim, duration, green, number, percent, print, red, size, yellow } from './terminal.mjs';

const row = (label, text) => print(`  ${bold(label.padEnd(13))}${text}`);
const more = (text) => row('', dim(text));

/**
 * @param {object} figures
 * @param {import('../log-plugin/tree.mjs').Run} figures.run
 * @param {import('../log-plugin/tree.mjs').Test[]} figures.tests
 * @param {import('./progress.mjs').Progress} figures.progress
 * @param {import('./event-stream.mjs').EventStream} figures.events
 * @param {{ bytes: number, ms: number } | null} figures.fetched
 * @param {{ p50: number, p99: number, max: number, maxGc: number }} figures.loopDelay
 * @param {import('./distribution.mjs').Distribution} figures.verdictWait
 * @param {import('./runner.mjs').Outcome[]} figures.outcomes
 * @param {{ count: number, ms: number } | null} figures.replayed verdicts by classifyAll
 * @param {number} figures.peakRss bytes
 * @param {number} figures.concurrency
 */
export function printSummary({
  run,
  tests,
  progress,
  events,
  fetched,
  loopDelay,
  verdictWait,
  replayed,
  peakRss,
  concurrency,
  outcomes,
}) {
  const { passed, Broken, Failed } = progress.byStatus;
  print();
  row('Tests', `${number(tests.length)} in ${duration(run.durationMs)}, ${concurrency} at a time`);
  more(
    `${green(`${number(passed)} passed`)}, ${yellow(`${number(Broken)} Broken`)} (a known failure), ${red(`${number(Failed)} Failed`)}`,
  );
  printRules(run.metadata.knownFailures, fetched);
  row(
    'Verdicts',
    `${number(Broken + Failed)} during the run, ${number(((Broken + Failed) * 1000) / run.durationMs)} a second: as many as tests failed`,
  );
  more(
    `from a test's end to its verdict: p50 ${duration(verdictWait.percentile(50))}, p99 ${duration(verdictWait.percentile(99))}, max ${duration(verdictWait.max)} (the first ones wait for the rules)`,
  );
  if (replayed)
    more(
      `afterwards, without tests: ${number(replayed.count)} of these errors by classifyAll in ${duration(replayed.ms)}, ${number((replayed.count * 1000) / replayed.ms)} a second`,
    );
  row(
    'Event loop',
    `delay during the run: p50 ${duration(loopDelay.p50)}, p99 ${duration(loopDelay.p99)}, max ${duration(loopDelay.max)}`,
  );
  more(
    `sampled every millisecond; tests, server, plugin and this display share the loop; longest garbage collection ${duration(loopDelay.maxGc)}`,
  );
  row(
    'Log events',
    `${number(events.count)}, waited for the loop: p50 ${duration(events.wait.percentile(50))}, p99 ${duration(events.wait.percentile(99))}, max ${duration(events.wait.max)}; at most ${number(events.peakBacklog)} at once`,
  );
  row('Memory', `${size(peakRss)} at most, the whole process with test data, tree and addon (peak RSS)`);
  printIssues(tests);
  printTests(tests, outcomes);
}

function printRules(report, fetched) {
  if (!report) {
    row('Rules', red('none: every failed test is Failed'));
    return;
  }
  const refused = report.rejected.length > 0 ? yellow(`${number(report.rejected.length)} refused`) : '0 refused';
  row(
    'Rules',
    `${number(report.total)} in the list: ${number(report.active)} active (${number(report.scoped)} for some tests only), ${refused}`,
  );
  if (fetched)
    more(
      `${size(fetched.bytes)} of JSON, fetched in ${duration(fetched.ms)} while the first tests started, loaded off the event loop in ${duration(report.durationMs)}`,
    );
  for (const { index, id, field, message, offset } of report.rejected.slice(0, 5)) {
    more(`refused: rule ${index}${id ? ` (${id})` : ''}, ${field}: ${message}${offset === null ? '' : ` at ${offset}`}`);
  }
  if (report.rejected.length > 5) more(`and ${number(report.rejected.length - 5)} more`);
}

function printIssues(tests) {
  const counts = new Map();
  let broken = 0;
  for (const { metadata } of tests) {
    if (metadata.issue === undefined) continue;
    broken += 1;
    counts.set(metadata.issue, (counts.get(metadata.issue) ?? 0) + 1);
  }
  if (counts.size === 0) return;
  const top = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 8);
  print();
  print(
    `  ${bold('Top issues')} ${dim(`${top.length} of ${number(counts.size)}, by how many of ${number(broken)} Broken tests they broke`)}`,
  );
  for (const [issue, count] of top) {
    const bar = '█'.repeat(Math.max(1, Math.round((20 * count) / top[0][1])));
    print(`  ${number(count).padStart(6)}  ${yellow(bar.padEnd(20))}  ${issue} ${dim(percent(count, broken))}`);
  }
}

const badge = { passed: green('passed'), failed: red('failed'), Broken: yellow('Broken'), Failed: red('Failed') };

const stepsBelow = (node) => node.children.reduce((sum, child) => sum + 1 + stepsBelow(child), 0);

/** One test of each kind, and one that is short enough to read. */
function printTests(tests, outcomes) {
  const errors = new Map(outcomes.map(({ test, error }) => [test, errorText(error) ?? 'nothing was thrown']));
  const shown = ['Broken', 'Failed', 'passed'].flatMap((status) => {
    const candidates = tests.filter((test) => test.status === status);
    return candidates.find((test) => stepsBelow(test) <= 10) ?? candidates.slice(0, 1);
  });
  print();
  print(`  ${bold('Some tests')}`);
  for (const test of shown) {
    print(`  ${badge[test.status]} ${test.fullName} ${dim(duration(test.durationMs))}`);
    if (test.metadata.issue !== undefined) print(`    ${cyan(`issue: ${test.metadata.issue}`)}`);
    if (errors.has(test)) print(`    ${dim(`error: ${firstLine(errors.get(test))}`)}`);
    printSteps(test.children, '    ');
  }
}

function firstLine(text) {
  const line = text.split('\n', 1)[0];
  return line.length > 110 ? `${line.slice(0, 109)}…` : line;
}

/** The demo's steps nest three deep, so this may call itself. */
function printSteps(steps, indent) {
  for (const [i, step] of steps.entries()) {
    const last = i === steps.length - 1;
    const took = step.durationMs === null ? '' : dim(duration(step.durationMs));
    const title = step.status === 'failed' ? red(step.title) : step.title;
    const logged = step.messages.length > 0 ? dim(`, ${step.messages.length} logged`) : '';
    print(`${indent}${last ? '└' : '├'} ${title} ${took}${logged}`);
    printSteps(step.children, `${indent}${last ? ' ' : '│'} `);
  }
}

/** @param {import('./verify.mjs').Comparison} comparison */
export function printComparison({ compared, differences, undecided, newer, threads, looped, loopMs, worstMs }) {
  print();
  const result = differences.length === 0 ? green('no difference') : red(`${number(differences.length)} differ`);
  const loop = threads === 0 ? 'what is due without rules' : 'the JavaScript loop';
  row('Verified', `${number(compared)} verdicts against ${loop}: ${result}`);
  if (undecided > 0) more(`${number(undecided)} not compared: the addon gave up the very rule that the loop found, and says so`);
  if (newer > 0) more(`${number(newer)} not compared: by rules whose syntax this version of Node does not have`);
  if (looped > 0) {
    const mean = loopMs / looped;
    more(
      `the loop took ${duration(loopMs)} for ${number(looped)} errors: ${duration(mean)} on average, ${duration(worstMs)} for the worst`,
    );
    more(`(added up over ${threads} worker threads; in a plugin, the event loop stands still for as long)`);
  }
  for (const { test, text, expected, actual } of differences.slice(0, 5)) {
    print(`\n  ${red('differs')} ${test}`);
    print(`    expected: ${JSON.stringify(expected)}`);
    print(`    addon:    ${JSON.stringify(actual)}`);
    print(`    text:     ${JSON.stringify(text?.slice(0, 600) ?? null)}`);
  }
}

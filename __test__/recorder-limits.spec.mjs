// Large runs: the time is linear, the memory bounded, and what is dropped is counted.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createRecorder, formatSummary, readRunReport } from 'known-failures/recorder';
import { loadRules } from '../index.js';

test('docs/recorder.md has every limit', async () => {
  const limits = createRequire(import.meta.url)('../lib/recorder/limits.js');
  const page = await readFile(new URL('../docs/recorder.md', import.meta.url), 'utf8');
  const inWords = { MAX_LOG_BYTES: '64 MiB', MAX_WARNING_UNITS: '' };
  for (const [name, value] of Object.entries(limits)) {
    const shown = inWords[name] ?? ` ${value.toLocaleString('en-US')}`;
    assert.ok(page.includes(shown), `${name}: ${shown}`);
  }
});

before(() => loadRules([{ issue: 'KNOWN', error: 'timeout after \\d+ ms' }], { strict: true }));

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

const warn = (message) => assert.fail(message);

/** A run of many tests with steps, of which each tenth fails. */
async function runMany(tests, options) {
  const recorder = createRecorder({ warn, ...options });
  const startedAt = process.cpuUsage();
  for (let id = 0; id < tests; id++) {
    recorder.startTest({ id, suites: ['Shop', `suite ${id % 50}`], title: `test ${id}` });
    for (let step = 0; step < 10; step++) {
      recorder.onLog({ test: id, type: 'start', step, parent: step % 5 ? step - 1 : null, title: `step ${step} of ${id}` });
      recorder.onLog({ test: id, type: 'message', step, text: `message ${step} of ${id}` });
      recorder.onLog({ test: id, type: 'end', step, status: 'passed' });
    }
    const error = id % 20 === 0 ? `timeout after ${id} ms` : new Error(`cannot read ${id}`);
    const ended = recorder.endTest({ id, ...(id % 10 === 0 ? { status: 'failed', errors: [error] } : { status: 'passed' }) });
    if (id % 100 === 0) await ended;
  }
  const report = await recorder.endRun();
  // of the processor, for it may be busy with other things
  const { user, system } = process.cpuUsage(startedAt);
  return { report, ms: (user + system) / 1000 };
}

test('the time of a run grows with its tests, no faster', async () => {
  await runMany(1000);
  const small = await runMany(2500);
  const large = await runMany(10_000);
  assert.deepEqual([large.report.counts.broken, large.report.counts.failed], [500, 500]);
  assert.equal(large.report.unknown.length, 1);
  // four times the tests; quadratic would be sixteen times the time
  assert.ok(large.ms < 10 * small.ms, `${small.ms} ms, then ${large.ms} ms`);
  assert.equal(readRunReport(JSON.stringify(large.report)).tests.length, 10_000);
  assert.ok(formatSummary(large.report).length < 20_000);
});

test('steps of passed tests go when there is no room, the earliest first; failures keep theirs', async () => {
  const { report } = await runMany(3000, { maxLogBytes: 5_000_000 });
  const hasSteps = ({ steps }) => steps.length > 0;
  const failed = report.tests.filter(({ status }) => status !== 'passed');
  assert.ok(failed.every((recorded) => hasSteps(recorded) && recorded.dropped === 0));
  const passed = report.tests.filter(({ status }) => status === 'passed');
  const first = passed.findIndex(hasSteps);
  assert.ok(first > 0 && first < passed.length, `${first}`);
  assert.ok(passed.slice(first).every(hasSteps), 'the later ones have theirs');
  assert.ok(
    passed.slice(0, first).every(({ dropped }) => dropped === 20),
    'what is dropped is counted',
  );
});

test('a test that passed and then failed keeps its steps', async () => {
  const recorder = createRecorder({ warn, maxLogBytes: 10_000 });
  const log = (id) => recorder.onLog({ test: id, type: 'message', text: 'x'.repeat(100) });
  for (const id of ['pass, then fail', 'pass']) {
    for (let count = 0; count < 10; count++) log(id);
    recorder.endTest({ id, status: 'passed' });
  }
  recorder.endTest({ id: 'pass, then fail', status: 'failed' });
  for (let count = 0; count < 20; count++) log('later');
  const kept = (await recorder.endRun()).tests.map(({ messages, dropped }) => [messages.length, dropped]);
  assert.deepEqual(kept, [
    [10, 0],
    [0, 10],
    [18, 2],
  ]);
});

test('a budget that failures have used up takes no more', async () => {
  const recorder = createRecorder({ warn, maxLogBytes: 10_000 });
  for (let step = 0; step < 100; step++) recorder.onLog({ test: 1, type: 'message', text: 'x'.repeat(100) });
  const [{ messages, dropped }] = (await recorder.endRun()).tests;
  assert.ok(messages.length > 10 && messages.length < 100);
  assert.equal(messages.length + dropped, 100);
});

test('a test has 10,000 steps and messages, 100 levels of them, whatever comes', async () => {
  const recorder = createRecorder({ warn });
  const parent = (step) => (step > 0 ? step - 1 : null);
  for (let step = 0; step < 100_000; step++) recorder.onLog({ test: 1, type: 'start', step, parent: parent(step), at: step });
  const report = await recorder.endRun();
  const [{ steps, dropped }] = report.tests;
  assert.equal(dropped, 90_000);
  let levels = 0;
  let count = 0;
  for (let level = steps; level.length > 0; level = level.flatMap((step) => step.steps)) {
    levels += 1;
    count += level.length;
  }
  assert.deepEqual([levels, count], [100, 10_000]);
  assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
});

test('memory of a large run is bounded: huge errors and messages are not kept', async () => {
  const recorder = createRecorder({ warn });
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let id = 0; id < 200; id++) {
    const text = `failure ${id} ${'text '.repeat(200_000)}`;
    recorder.onLog({ test: id, type: 'message', text });
    await recorder.endTest({ id, title: `test ${id}`, status: 'failed', errors: [new Error(text)] });
  }
  collect();
  // 200 texts of 1 MB, each twice: of them 16 KB are kept, each twice
  const used = process.memoryUsage().heapUsed - before;
  assert.ok(used < 40_000_000, `${used} bytes`);
  const report = await recorder.endRun();
  assert.equal(report.unknown.length, 1);
  assert.ok(report.tests.every(({ attempts }) => attempts[0].failures[0].text.length === 16_384));
});

test('the texts of all failures have a limit together; later ones are shorter', async () => {
  const recorder = createRecorder({ warn, maxTextUnits: 1_048_576 });
  const text = 'x'.repeat(1_000_000);
  for (let id = 0; id < 40; id++) await recorder.endTest({ id, title: `${id}`, status: 'failed', errors: [text] });
  const lengths = (await recorder.endRun()).tests.map(({ attempts }) => attempts[0].failures[0].text.length);
  assert.deepEqual(lengths, [...Array(34).fill(1_000_000), ...Array(6).fill(1024)]);
});

test('warnings are told once, 100 of them', async () => {
  const told = [];
  const recorder = createRecorder({ warn: (message) => told.push(message) });
  for (let id = 0; id < 500; id++) recorder.endTest({ id, status: `status ${id % 250}` });
  const { warnings } = await recorder.endRun();
  assert.deepEqual([told.length, warnings.length], [100, 101]);
  assert.match(warnings[100], /^and \d+ more warnings$/);
});

test('1,000 errors of a test are read', async () => {
  const recorder = createRecorder({ warn });
  const errors = Array.from({ length: 1500 }, (_, index) => `error ${index}`);
  const { attempts } = await recorder.endTest({ id: 1, title: 't', status: 'failed', errors });
  assert.equal(attempts[0].failures.length, 1000);
});

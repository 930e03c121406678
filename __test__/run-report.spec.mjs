// The JSON of a run: reading it, and making one of several.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRecorder, mergeReports, readRunReport } from 'known-failures/recorder';
import { loadRules } from '../index.js';

await loadRules(
  [
    { issue: 'A', error: 'alpha', id: 'a' },
    { issue: 'B', error: 'beta' },
  ],
  { strict: true },
);

/** The report of a run in which these tests end. */
async function run(ends, options) {
  const recorder = createRecorder({ now: () => 0, warn: () => {}, ...options });
  for (const [id, status, error] of ends) {
    recorder.startTest({ id, title: `test ${id}` });
    recorder.onLog({ test: id, type: 'start', step: 1, title: 'step', at: 0 });
    recorder.endTest({ id, status, error });
  }
  return recorder.endRun();
}

const good = await run([
  ['1', 'failed', 'alpha'],
  ['2', 'failed', 'x'],
]);

describe('readRunReport', () => {
  test('reads text, bytes and objects, with or without a byte order mark', async () => {
    const report = await run([['1', 'failed', 'alpha']]);
    const json = JSON.stringify(report);
    for (const given of [json, `\ufeff${json}`, Buffer.from(json), new TextEncoder().encode(`\ufeff${json}`), report]) {
      assert.deepEqual(readRunReport(given), report);
    }
  });

  test('keys that it does not know are welcome', async () => {
    const report = { ...(await run([])), branch: 'main' };
    assert.equal(readRunReport(JSON.stringify(report)).branch, 'main');
  });

  /** The report with another value at a path. */
  const changed = (path, value) => {
    const copy = structuredClone(good);
    const last = path.at(-1);
    path.slice(0, -1).reduce((part, key) => part[key], copy)[last] = value;
    return copy;
  };
  for (const [given, message] of [
    ['{', /^a run report is JSON, but this cannot be parsed: ./],
    ['', /^a run report is JSON, but this cannot be parsed: ./],
    [null, /^a run report is a JSON object, but this is null$/],
    [undefined, /^a run report is a JSON object, but this is undefined$/],
    ['[]', /^a run report is a JSON object, but this is an array$/],
    ['7', /^a run report is a JSON object, but this is a number$/],
    ['{}', /^a run report has `"format": "known-failures-run"`, but this has none\./],
    [{ format: 'junit' }, /^a run report has `"format": "known-failures-run"`, but this has "junit"\./],
    [
      changed(['formatVersion'], 2),
      /^this reads `formatVersion` 1 of a run report, but it is 2\. Update known-failures to read it$/,
    ],
    [changed(['formatVersion'], '1'), /^this reads `formatVersion` 1 of a run report, but it is "1"\./],
    [changed(['tests'], {}), /^the report: `tests` must be an array, but is an object$/],
    [changed(['rules'], null), /^the report: `rules` must be an object, but is null$/],
    [changed(['title'], undefined), /^the report: `title` must be a string, but is undefined$/],
    [changed(['tests', 1], null), /^tests\[1\] must be an object, but is null$/],
    [changed(['tests', 1, 'name'], 7), /^tests\[1\]: `name` must be a string, but is a number$/],
    [changed(['tests', 0, 'attempts', 0], {}), /^tests\[0\]\.attempts\[0\]: `status` must be a string, but is undefined$/],
    [
      changed(['tests', 0, 'attempts', 0, 'failures', 0], 'x'),
      /^tests\[0\]\.attempts\[0\]\.failures\[0\] must be an object, but is a string$/,
    ],
    [changed(['tests', 0, 'file'], undefined), /^tests\[0\]: `file` must be a string or null, but is undefined$/],
    [changed(['tests', 0, 'steps', 0, 'steps'], [7]), /^tests\[0\]: a level of steps\[0\] must be an object, but is a number$/],
    [changed(['rules', 'hits', 0, 'issue'], null), /^rules\.hits\[0\]: `issue` must be a string, but is null$/],
    [changed(['rules', 'rejected'], [{}]), /^rules\.rejected\[0\]: `index` must be a number, but is undefined$/],
    [changed(['counts'], {}), /^counts: `total` must be a number, but is undefined$/],
    [changed(['warnings'], null), /^the report: `warnings` must be an array, but is null$/],
    [changed(['issues', 0, 'tests'], [2]), /^issues\[0\]\.tests has an index that `tests` has not$/],
    [changed(['warnings'], ['a', null]), /^warnings\[1\] must be a string, but is null$/],
    [changed(['eventLoop'], [null]), /^eventLoop\[0\] must be an object, but is null$/],
    [changed(['tests', 0, 'suites'], [1]), /^tests\[0\]\.suites\[0\] must be a string, but is a number$/],
    [changed(['tests', 0, 'messages'], [{}]), /^tests\[0\]\.messages\[0\] must be a string, but is an object$/],
    [changed(['unknown', 0, 'tests'], [-1]), /^unknown\[0\]\.tests has an index that `tests` has not$/],
  ]) {
    test(`refuses: ${message.source}`, () => {
      assert.throws(() => readRunReport(given), { name: 'Error', code: 'ERR_REPORT_FORMAT', message });
    });
  }
});

describe('mergeReports', () => {
  test('tests of all, groups anew, times from the earliest start', async () => {
    const first = await run(
      [
        ['1', 'failed', 'alpha'],
        ['2', 'failed', 'x 1'],
      ],
      { title: 'shop', runner: { name: 'mocha' } },
    );
    const second = await run([
      ['1', 'failed', 'alpha'],
      ['3', 'failed', 'x 2'],
      ['4', 'passed'],
    ]);
    second.tests[0].attempts[0].failures[0].url = 'https://example.com/A';
    first.startedAt = '2026-01-01T00:00:01.000Z';
    second.startedAt = '2026-01-01T00:00:00.000Z';
    first.durationMs = 500;
    second.durationMs = 700;
    first.eventLoop = [{ atMs: 10, delayMs: 1 }];
    const merged = mergeReports([JSON.stringify(first), second]);
    assert.deepEqual(readRunReport(JSON.stringify(merged)), merged);
    assert.deepEqual(
      [merged.title, merged.runner, merged.startedAt, merged.durationMs],
      ['shop', { name: 'mocha', version: null }, second.startedAt, 1500],
    );
    assert.deepEqual(
      merged.tests.map(({ id, startedMs }) => [id, startedMs]),
      [
        ['1', 1000],
        ['2', 1000],
        ['1~2', 0],
        ['3', 0],
        ['4', 0],
      ],
    );
    assert.equal(merged.tests[0].steps[0].startedMs, 1000);
    assert.deepEqual(merged.counts, { total: 5, passed: 1, skipped: 0, broken: 2, failed: 2, unfinished: 0, flaky: 0 });
    assert.deepEqual(merged.issues, [{ issue: 'A', url: 'https://example.com/A', rules: [0], tests: [0, 2] }]);
    assert.deepEqual(merged.unknown, [{ signature: 'x <n>', tests: [1, 3] }]);
    assert.deepEqual(merged.rules.hits, [{ rule: 0, id: 'a', issue: 'A', url: null, failures: 2 }]);
    assert.deepEqual(merged.eventLoop, [{ atMs: 1010, delayMs: 1 }]);
    assert.deepEqual(merged.warnings, []);
  });

  test('the worst list is told, and that there were several', async () => {
    const fresh = await run([]);
    const stale = {
      ...fresh,
      rules: { ...fresh.rules, state: 'stale', version: '9-other', reason: '503' },
      warnings: ['the list is old'],
    };
    const merged = mergeReports([fresh, stale, stale]);
    assert.deepEqual([merged.rules.state, merged.rules.reason], ['stale', '503']);
    assert.deepEqual(merged.warnings, ['the list is old', 'the merged runs had 2 different lists of known failures']);
  });

  for (const given of [undefined, [], 'x']) {
    test(`refuses ${JSON.stringify(given)}`, () => {
      assert.throws(() => mergeReports(given), { code: 'ERR_INVALID_ARG' });
    });
  }

  test('refuses what is no report', () => {
    assert.throws(() => mergeReports(['{}']), { code: 'ERR_REPORT_FORMAT' });
  });
});

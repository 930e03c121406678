// What a recorder makes of the events of a run. Rules are loaded once, for the whole file.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createRecorder } from 'known-failures/recorder';
import { loadRules } from '../index.js';
import { hostile, revokedProxy } from './support.mjs';

const rules = [
  { issue: 'PAY-1', error: 'card \\d+ refused', id: 'a' },
  { issue: 'PAY-2', error: 'timed out', test: '^Cart › .*\\[phone\\]$' },
  { issue: 'PAY-3', error: 'gateway' },
  { issue: 'HOOK', error: 'no database', test: 'before all' },
];

before(() => loadRules(rules, { strict: true }));

/** A recorder with a clock that moves by hand, and its warnings. */
function create(options) {
  const warnings = [];
  const clock = { time: 1000 };
  const recorder = createRecorder({ warn: (message) => warnings.push(message), now: () => clock.time, ...options });
  return { ...recorder, warnings, clock };
}

const known = new Error('card 12 refused');
const unknown = new TypeError('x is not a function');

/** Calls hooks in turn, nothing awaited, and gives the report. */
async function run(events, options) {
  const recorder = create(options);
  for (const [hook, event, ms = 0] of events) {
    recorder.clock.time += ms;
    recorder[hook](event);
  }
  return { report: await recorder.endRun(), warnings: recorder.warnings };
}

/** A test's status and issue, and the statuses of its attempts with the reasons of their failures. */
const outline = ({ id, status, issue, flaky, attempts }) => [
  id,
  issue === null ? status : `${status} ${issue}`,
  ...(flaky ? ['flaky'] : []),
  attempts.map(({ status, failures }) => [status, ...failures.map(({ reason }) => reason)].join(' ')).join(', '),
];

const start = (id, more) => ['startTest', { id, suites: ['Cart'], title: `test ${id}`, ...more }];
const end = (id, status, more) => ['endTest', { id, status, ...more }];

describe('events become tests', () => {
  const table = {
    'a test that passes': [[start(1), end(1, 'passed')], [['1', 'passed', 'passed']]],
    'a known failure': [[start(1), end(1, 'failed', { error: known })], [['1', 'Broken PAY-1', 'Broken matched']]],
    'an unknown failure': [[start(1), end(1, 'failed', { error: unknown })], [['1', 'Failed', 'Failed no-match']]],
    'a failure without an error': [[start(1), end(1, 'failed')], [['1', 'Failed', 'Failed no-error']]],
    'a failure with errors that are none': [
      [start(1), end(1, 'failed', { errors: [null, undefined, []] })],
      [['1', 'Failed', 'Failed no-error']],
    ],
    'errors that are no array': [[start(1), end(1, 'failed', { errors: known })], [['1', 'Broken PAY-1', 'Broken matched']]],
    'no errors, but an error': [
      [start(1), end(1, 'failed', { errors: [], error: known })],
      [['1', 'Broken PAY-1', 'Broken matched']],
    ],
    'a scope matches the name of suites and test': [
      [
        start(1, { title: 'waits [phone]' }),
        start(2, { title: 'waits [desktop]' }),
        start(3, { title: 'waits [phone]', suites: ['', 'Cart', 'x'] }),
        end(1, 'failed', { error: 'timed out' }),
        end(2, 'failed', { error: 'timed out' }),
        end(3, 'failed', { error: 'timed out' }),
      ],
      [
        ['1', 'Broken PAY-2', 'Broken matched'],
        ['2', 'Failed', 'Failed no-match'],
        ['3', 'Broken PAY-2', 'Broken matched'],
      ],
    ],
    skipped: [[start(1), end(1, 'skipped', { error: known })], [['1', 'skipped', 'skipped']]],
    'it never ends': [[start(1)], [['1', 'unfinished', 'unfinished']]],
    'it was interrupted': [[start(1), end(1, 'unfinished', { error: unknown })], [['1', 'unfinished', 'unfinished no-match']]],
    'it never starts': [[end(1, 'failed', { error: known })], [['1', 'Broken PAY-1', 'Broken matched']]],
    'an end that tells everything': [
      [end(1, 'failed', { suites: ['Cart'], title: 'waits [phone]', error: 'timed out' })],
      [['1', 'Broken PAY-2', 'Broken matched']],
    ],
    'the end comes before the start, which tells the name that the scope needs': [
      [end(1, 'failed', { error: 'timed out' }), start(1, { title: 'waits [phone]' })],
      [['1', 'Broken PAY-2', 'Broken matched']],
    ],
    'the start comes twice': [[start(1), start(1), end(1, 'passed')], [['1', 'passed', 'passed']]],
    'Mocha: pass, then fail for one test': [
      [start(1), end(1, 'passed'), end(1, 'failed', { error: unknown })],
      [['1', 'Failed', 'Failed no-match']],
    ],
    'fail, then pass for one attempt': [
      [start(1), end(1, 'failed', { error: known }), end(1, 'passed')],
      [['1', 'Broken PAY-1', 'Broken matched']],
    ],
    'the same end twice': [
      [start(1), end(1, 'failed', { errors: [known] }), end(1, 'failed', { errors: [known] })],
      [['1', 'Broken PAY-1', 'Broken matched']],
    ],
    'two ends with different errors': [
      [start(1), end(1, 'failed', { error: known }), end(1, 'failed', { error: unknown })],
      [['1', 'Failed', 'Failed matched no-match']],
    ],
    'an end without an error, then one with': [
      [start(1), end(1, 'failed'), end(1, 'failed', { error: known })],
      [['1', 'Broken PAY-1', 'Broken matched']],
    ],
    'one end may have the same error twice': [
      [start(1), end(1, 'failed', { errors: [known, known] })],
      [['1', 'Broken PAY-1', 'Broken matched matched']],
    ],
    'a retry that passes': [
      [start(1), end(1, 'failed', { error: known }), start(1), end(1, 'passed')],
      [['1', 'passed', 'flaky', 'Broken matched, passed']],
    ],
    'a retry that fails otherwise': [
      [start(1), end(1, 'failed', { error: known }), start(1), end(1, 'failed', { error: unknown })],
      [['1', 'Failed', 'Broken matched, Failed no-match']],
    ],
    'attempts with numbers, in any order': [
      [
        end(1, 'passed', { attempt: 2 }),
        start(1, { attempt: 1 }),
        end(1, 'failed', { attempt: 0, error: known }),
        end(1, 'failed', { attempt: 1, error: unknown }),
      ],
      [['1', 'passed', 'flaky', 'Broken matched, Failed no-match, passed']],
    ],
    'errors of a test that passed are those of an earlier attempt': [
      [start(1), end(1, 'passed', { errors: [unknown] })],
      [['1', 'passed', 'flaky', 'Failed no-match, passed']],
    ],
    'a wrong status is a failure': [
      [start(1), end(1, 'timedOut', { error: known })],
      [['1', 'Broken PAY-1', 'Broken matched']],
      ['endTest: `status` must be one of passed, failed, skipped, unfinished, but is timedOut'],
    ],
    'a test without an id has its name for one': [
      [
        ['startTest', { suites: ['Cart'], title: 'pays' }],
        ['endTest', { suites: ['Cart'], title: 'pays', status: 'passed' }],
      ],
      [['Cart › pays', 'passed', 'passed']],
    ],
    'ids that two tests share': [
      [start(1), end(1, 'passed'), start(1, { title: 'another' }), end(1, 'failed', { error: unknown })],
      [['1', 'Failed', 'passed, Failed no-match']],
      ['two tests have the id "1": "Cart › test 1" and "Cart › another". They are recorded as one'],
    ],
    'hooks, files and the run have ids that no test has': [
      [
        start('hook-1'),
        end('hook-1', 'passed'),
        ['fail', { kind: 'hook', suites: ['Cart'], title: '"before all" hook', errors: [new Error('no database')] }],
        ['fail', { kind: 'hook', suites: ['Cart'], title: '"after all" hook', error: new Error('no database') }],
        ['fail', { kind: 'file', file: 'cart.spec.mjs', errors: [new SyntaxError('bad')] }],
        ['fail', { kind: 'run' }],
      ],
      [
        ['hook-1', 'passed', 'passed'],
        ['hook-2', 'Broken HOOK', 'Broken matched'],
        ['hook-3', 'Failed', 'Failed no-match'],
        ['file-1', 'Failed', 'Failed no-match'],
        ['run-1', 'Failed', 'Failed no-error'],
      ],
    ],
  };
  for (const [name, [events, expected, warnings = []]] of Object.entries(table)) {
    test(name, async () => {
      const ran = await run(events);
      assert.deepEqual(ran.report.tests.map(outline), expected);
      assert.deepEqual(ran.warnings, warnings);
      assert.deepEqual(ran.report.warnings, warnings);
    });
  }
});

describe('policies', () => {
  const two = [start(1), end(1, 'failed', { errors: [unknown, new Error('gateway'), known] })];
  const flaky = [start(1), end(1, 'failed', { error: known }), start(1), end(1, 'passed')];
  for (const [name, events, options, expected] of [
    ['errors: all is the default', two, {}, 'Failed'],
    ['errors: any takes the first known error', two, { errors: 'any' }, 'Broken PAY-3'],
    ['retries: last is the default', flaky, {}, 'passed'],
    ['retries: each takes the worst attempt', flaky, { retries: 'each' }, 'Broken PAY-1'],
  ]) {
    test(name, async () => {
      const { report } = await run(events, options);
      assert.equal(outline(report.tests[0])[1], expected);
    });
  }

  test('with retries: each, a flaky test is in the groups of its failure', async () => {
    const { report } = await run(flaky, { retries: 'each' });
    assert.deepEqual([report.status, report.counts.broken, report.counts.flaky], ['failed', 1, 1]);
    assert.deepEqual(
      report.issues.map(({ issue, tests }) => [issue, tests]),
      [['PAY-1', [0]]],
    );
  });
});

test('endTest gives the test with its verdicts', async () => {
  const recorder = create();
  recorder.startTest({ id: 1, suites: ['Cart'], title: 'pays' });
  recorder.onLog({ test: 1, type: 'start', step: 's', title: 'opens' });
  const recorded = await recorder.endTest({ id: 1, status: 'failed', errors: [known] });
  assert.equal(recorded.status, 'Broken');
  assert.equal(recorded.name, 'Cart › pays');
  const [{ text, match, rule, id, url, signature }] = recorded.attempts[0].failures;
  assert.equal(text, known.stack);
  assert.equal(text.slice(match.start, match.end), 'card 12 refused');
  assert.deepEqual([rule, id, url, signature], [0, 'a', null, null]);
  assert.equal(recorded.steps[0].title, 'opens');
  const report = await recorder.endRun();
  assert.deepEqual(report.tests[0], recorded);
  assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
});

test('an error is read when the test ends', async () => {
  const recorder = create();
  const error = { message: 'card 1 refused', stack: 'Error: card 1 refused' };
  const ended = recorder.endTest({ id: 1, status: 'failed', errors: [error] });
  error.message = error.stack = 'changed';
  assert.equal((await ended).issue, 'PAY-1');
});

test('the whole report of a run', async () => {
  const { report, warnings } = await run(
    [
      ['startRun', undefined, 50],
      ['startTest', { id: 1, suites: ['Cart'], title: 'pays', file: pathToFileURL('__test__/cart.spec.mjs').href }, 10],
      ['onLog', { test: 1, type: 'message', text: 'of the test' }, 1],
      ['onLog', { test: 1, type: 'start', step: 1, title: 'opens', at: 1065 }, 4],
      ['onLog', { test: 1, type: 'end', step: 1, status: 'failed', at: 1068 }, 3],
      ['endTest', { id: 1, status: 'failed', errors: ['card 1 refused', 'card 2 refused'] }, 2],
      ['endTest', { id: 2, title: 'slow', status: 'passed', durationMs: 15 }, 0],
      ['endTest', { id: 3, title: 'bad', status: 'failed', errors: ['x 1', 'x 2', 'y'], file: '/elsewhere/a.js' }, 0],
      ['endTest', { id: 4, title: 'bad, too', status: 'failed', errors: ['x 3'] }, 0],
    ],
    { title: 'shop', runner: { name: 'mocha', version: '12' } },
  );
  const failed = (text, signature) => ({
    ...{ text, cut: false, status: 'Failed', issue: null, url: null, reason: 'no-match', rule: null, id: null },
    ...{ match: null, undecided: [], signature },
  });
  const broken = (text) => ({
    ...{ text, cut: false, status: 'Broken', issue: 'PAY-1', url: null, reason: 'matched', rule: 0, id: 'a' },
    ...{ match: { start: 0, end: 14 }, undecided: [], signature: null },
  });
  const { startedAt, rules: list, tests, ...rest } = report;
  assert.deepEqual(warnings, []);
  assert.ok(Math.abs(Date.parse(startedAt) - Date.now()) < 60_000, startedAt);
  assert.deepEqual(rest, {
    format: 'known-failures-run',
    formatVersion: 1,
    title: 'shop',
    runner: { name: 'mocha', version: '12' },
    durationMs: 20,
    status: 'failed',
    counts: { total: 4, passed: 1, skipped: 0, broken: 1, failed: 2, unfinished: 0, flaky: 0 },
    issues: [{ issue: 'PAY-1', url: null, rules: [0], tests: [0] }],
    unknown: [
      { signature: 'x <n>', tests: [2, 3] },
      { signature: 'y', tests: [2] },
    ],
    eventLoop: null,
    warnings: [],
  });
  const { version, ...listed } = list;
  assert.match(version, /^\d+-/);
  assert.deepEqual(listed, {
    ...{ source: null, state: 'fresh', confirmedAt: null, reason: null, total: 4, active: 4, rejected: [], warnings: [] },
    hits: [{ rule: 0, id: 'a', issue: 'PAY-1', url: null, failures: 2 }],
  });
  assert.deepEqual(tests[0], {
    id: '1',
    kind: 'test',
    suites: ['Cart'],
    title: 'pays',
    name: 'Cart › pays',
    file: '__test__/cart.spec.mjs',
    status: 'Broken',
    flaky: false,
    issue: 'PAY-1',
    url: null,
    startedMs: 10,
    durationMs: 10,
    attempts: [{ status: 'Broken', durationMs: 10, failures: [broken('card 1 refused'), broken('card 2 refused')] }],
    messages: ['of the test'],
    steps: [{ title: 'opens', status: 'failed', startedMs: 15, durationMs: 3, messages: [], steps: [] }],
    dropped: 0,
  });
  assert.deepEqual([tests[1].startedMs, tests[1].durationMs], [5, 15]);
  assert.equal(tests[2].file, '/elsewhere/a.js');
  assert.deepEqual(tests[2].attempts[0].failures, [failed('x 1', 'x <n>'), failed('x 2', 'x <n>'), failed('y', 'y')]);
});

test('the start that an end tells is not that of a late event', async () => {
  const recorder = create();
  recorder.startRun();
  const startedAt = Date.now() + 5000;
  recorder.endTest({ id: 1, status: 'passed', startedAt, durationMs: 7 });
  recorder.startTest({ id: 1, title: 'late' });
  const [{ startedMs, durationMs, attempts }] = (await recorder.endRun()).tests;
  assert.ok(startedMs >= 5000 && startedMs < 10_000, `${startedMs}`);
  assert.deepEqual([durationMs, attempts.length], [7, 1]);
});

describe('the end of a run', () => {
  test('waits for verdicts that nobody awaited, and for those that come meanwhile', async () => {
    const recorder = create();
    recorder.endTest({ id: 1, status: 'failed', error: known });
    const ended = recorder.endRun();
    recorder.endTest({ id: 2, status: 'failed', error: known });
    assert.deepEqual(
      (await ended).tests.map(({ status }) => status),
      ['Broken', 'Broken'],
    );
  });

  test('what comes later is in the next report', async () => {
    const recorder = create();
    assert.equal((await recorder.endRun()).counts.total, 0);
    assert.equal((await recorder.endTest({ id: 1, status: 'failed', error: known })).status, 'Broken');
    assert.equal((await recorder.endRun()).counts.broken, 1);
  });

  test('a run of which nothing was heard passed', async () => {
    const report = await create({ now: undefined }).endRun();
    assert.deepEqual([report.status, report.tests], ['passed', []]);
    assert.ok(report.durationMs >= 0);
  });
});

describe('steps', () => {
  const events = [
    { type: 'start', step: 'a', title: 'opens the basket', at: 1001 },
    { type: 'start', step: 'b', parent: 'a', title: 'GET /basket', at: 1002 },
    { type: 'message', step: 'b', text: '200', at: 1003 },
    { type: 'end', step: 'b', status: 'passed', at: 1004 },
    { type: 'end', step: 'a', status: 'failed', at: 1007 },
  ];
  const titles = (steps) => steps.map(({ title, status, steps: below }) => [title, status, titles(below)]);
  const log = (id, list) => list.map((event) => ['onLog', { test: id, ...event }]);

  for (const [name, order] of [
    ['in order', [0, 1, 2, 3, 4]],
    ['in reverse', [4, 3, 2, 1, 0]],
    ['mixed', [1, 4, 2, 0, 3]],
    ['twice', [0, 0, 1, 1, 2, 3, 3, 4, 4]],
    ['after the end of the test', [0, 1, 2, 3, 4], 'late'],
  ]) {
    test(`nest, ${name}`, async () => {
      const logged = log(
        1,
        order.map((index) => events[index]),
      );
      const ends = [end(1, 'passed')];
      const { report } = await run([start(1), ...(name.startsWith('after') ? [...ends, ...logged] : [...logged, ...ends])]);
      const { steps } = report.tests[0];
      assert.deepEqual(titles(steps), [['opens the basket', 'failed', [['GET /basket', 'passed', []]]]]);
      assert.deepEqual([steps[0].durationMs, steps[0].steps[0].durationMs], [6, 2]);
      assert.deepEqual(steps[0].steps[0].messages, ['200']);
    });
  }

  test('what never started is kept, what never ended is unfinished, circles are opened', async () => {
    const { report } = await run([
      ...log(1, [
        { type: 'message', step: 'lost', text: 'kept' },
        { type: 'start', step: 'x', parent: 'y', title: 'x', at: 1001 },
        { type: 'start', step: 'y', parent: 'x', title: 'y', at: 1002 },
        { type: 'start', step: 'z', parent: 'z', title: 'z', at: 1003 },
      ]),
    ]);
    const [{ steps, status }] = report.tests;
    assert.equal(status, 'unfinished');
    assert.deepEqual(titles(steps), [
      ['y', 'unfinished', [['x', 'unfinished', []]]],
      ['z', 'unfinished', []],
      ['step lost (its start is missing)', 'unfinished', []],
    ]);
    assert.deepEqual(steps[2].messages, ['kept']);
  });

  test('of several attempts, each is a step', async () => {
    const { report } = await run([
      start(1),
      ...log(1, [events[0], { type: 'message', text: 'first' }]),
      end(1, 'failed', { error: known }),
      start(1),
      ...log(1, [events[0]]),
      end(1, 'passed'),
    ]);
    const [{ steps, messages }] = report.tests;
    assert.deepEqual(titles(steps), [
      ['attempt 1', 'failed', [['opens the basket', 'unfinished', []]]],
      ['attempt 2', 'passed', [['opens the basket', 'unfinished', []]]],
    ]);
    assert.deepEqual([messages, steps[0].messages], [[], ['first']]);
  });
});

describe('whatever a hook is given, it returns at once and the run goes on', () => {
  const values = [
    undefined,
    null,
    7,
    'text',
    [],
    {},
    revokedProxy(),
    hostile('id'),
    hostile('errors', { id: 1, status: 'failed' }),
  ];
  values.push({ id: Symbol('s'), title: 't', status: 'failed', suites: revokedProxy(), error: revokedProxy() });
  values.push({ test: 1, type: 'start' }, { test: 1, type: 'nonsense' }, { test: 1, type: 'message', text: revokedProxy() });
  values.push({ id: { toString: () => assert.fail('thrown') }, status: 'passed', durationMs: -1, attempt: 1.5, startedAt: 'x' });

  test('and every promise resolves', async () => {
    const recorder = create({ warn: () => assert.fail('a warn that throws') });
    const promises = [];
    for (const value of values) {
      for (const hook of ['startTest', 'onLog', 'startRun']) assert.equal(recorder[hook](value), undefined);
      for (const hook of ['endTest', 'fail']) promises.push(recorder[hook](value));
    }
    for (const recorded of await Promise.all(promises)) assert.equal(typeof recorded.status, 'string');
    const report = await recorder.endRun();
    assert.ok(report.warnings.includes('endTest: the test has neither `id` nor `title`'), report.warnings.join('\n'));
    assert.ok(report.warnings.includes('onLog: the event has no `test`'));
    JSON.stringify(report);
  });

  test('errors that are hostile have a verdict', async () => {
    const cyclic = new Error('card 1 refused');
    cyclic.cause = { message: 'inner', cause: cyclic };
    const huge = new Error(`card 2 refused ${'x'.repeat(5_000_000)}`);
    const errors = [revokedProxy(), hostile('message'), hostile('stack', { message: 'card 3 refused' }), cyclic, huge];
    const recorder = create();
    const { attempts } = await recorder.endTest({ id: 1, status: 'failed', errors });
    assert.deepEqual(
      attempts[0].failures.map(({ reason }) => reason),
      ['no-match', 'no-match', 'matched', 'matched', 'matched'],
    );
    const { text, cut } = attempts[0].failures[4];
    assert.deepEqual([text.length, cut], [16_384, true]);
  });

  test('a clock that fails is replaced', async () => {
    for (const now of [() => Number.NaN, () => 'now', () => assert.fail('thrown')]) {
      const recorder = create({ now });
      recorder.startTest({ id: 1 });
      const { durationMs } = await recorder.endTest({ id: 1, status: 'passed' });
      assert.ok(durationMs >= 0);
    }
  });
});

describe('options', () => {
  for (const [options, message] of [
    [{ error: 'any' }, 'createRecorder: options has no `error`: did you mean `errors`?'],
    [{ errors: 'some' }, "createRecorder: options.errors must be 'any' or 'all', but is 'some'"],
    [{ runner: { nam: 'x' } }, 'createRecorder: options.runner has no `nam`: did you mean `name`?'],
    [7, 'createRecorder: options must be an object, but is a number'],
  ]) {
    test(message, () => {
      assert.throws(() => createRecorder(options), { name: 'TypeError', code: 'ERR_INVALID_ARG', message });
    });
  }

  test('maxTextUnits cuts texts, titles and messages; ANSI sequences do not count', async () => {
    const { report } = await run(
      [
        ['onLog', { test: 1, type: 'start', step: 1, title: 't'.repeat(999) }],
        ['onLog', { test: 1, type: 'message', text: 'm'.repeat(999) }],
        end(1, 'failed', { errors: ['\u001b[31mred\u001b[39m '.repeat(1000), '\ud83d'.repeat(256)] }),
      ],
      { maxTextUnits: 256 },
    );
    const [{ attempts, steps, messages }] = report.tests;
    const [red, lone] = attempts[0].failures;
    assert.deepEqual([red.text, red.cut], ['red '.repeat(64), true]);
    assert.deepEqual([lone.text, lone.cut], ['\ud83d'.repeat(256), false]);
    assert.deepEqual([steps[0].title.length, messages[0].length], [256, 256]);
  });

  test('a long text of which little is left without ANSI sequences is whole', async () => {
    const errors = [`${'\u001b[31m'.repeat(2000)}red`];
    const { report } = await run([end(1, 'failed', { errors })], { maxTextUnits: 256 });
    const [{ text, cut }] = report.tests[0].attempts[0].failures;
    assert.deepEqual([text, cut], ['red', false]);
  });

  test('eventLoop samples how late the loop is', async () => {
    const recorder = create({ eventLoop: true, now: undefined });
    recorder.startRun();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const end = performance.now() + 100;
    while (performance.now() < end);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { eventLoop } = await recorder.endRun();
    assert.ok(Math.max(...eventLoop.map(({ delayMs }) => delayMs)) > 50, JSON.stringify(eventLoop));
  });
});

describe('a watcher of the list', () => {
  /** A watcher whose list is there when `arrive` is called. */
  function watcher(status) {
    const listeners = [];
    const made = { status, closed: false, close: () => (made.closed = true), on: (_, listener) => listeners.push(listener) };
    made.ready = new Promise((resolve, reject) => Object.assign(made, { arrive: resolve, break: reject }));
    made.warn = (message) => listeners.map((listener) => listener(new Error(message)));
    return made;
  }

  test('verdicts wait for it, the run does not; the report says what it was', async () => {
    const source = 'https://example.com/rules.json';
    const list = watcher({ state: 'stale', source, confirmedAt: '2026-01-02T03:04:05.000Z', reason: 'the API answered 503' });
    const recorder = create({ rules: list });
    assert.equal((await recorder.endTest({ id: 1, status: 'passed' })).status, 'passed');
    const ended = recorder.endTest({ id: 2, status: 'failed', error: known });
    assert.equal(await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 20, 'waits'))]), 'waits');
    list.warn('the list is old');
    list.arrive();
    assert.equal((await ended).issue, 'PAY-1');
    const { rules: listed, warnings } = await recorder.endRun();
    assert.deepEqual([listed.state, listed.source, listed.reason], ['stale', source, 'the API answered 503']);
    assert.equal(listed.confirmedAt, '2026-01-02T03:04:05.000Z');
    assert.deepEqual([list.closed, warnings, recorder.warnings], [false, ['the list is old'], []]);
  });

  test('another list in its place is a warning, the same one again is none', async () => {
    const options = { refreshMs: false };
    const recorder = create({ rules: () => rules, rulesOptions: options });
    await recorder.endTest({ id: 1, status: 'failed', error: known });
    await loadRules(rules);
    await recorder.endRun();
    assert.deepEqual(recorder.warnings, []);

    const first = create({ rules: () => rules, rulesOptions: options });
    const second = create({ rules: () => [{ issue: 'OTHER', error: 'card' }], rulesOptions: options });
    await first.endTest({ id: 1, status: 'failed', error: known });
    await second.endTest({ id: 1, status: 'failed', error: known });
    const reports = [await first.endRun(), await second.endRun()];
    await loadRules(rules, { strict: true });
    const message =
      'at the end of the run another list than its own is in force (1 of 1 rules): a process has one list. Load one list only';
    assert.deepEqual([first.warnings, second.warnings, reports[0].warnings], [[message], [], [message]]);
  });

  test('a run in which nothing failed does not wait for it', async () => {
    const recorder = create({ rules: watcher({ state: 'none', reason: 'not loaded yet' }) });
    recorder.endTest({ id: 1, status: 'passed' });
    assert.equal((await recorder.endRun()).status, 'passed');
  });

  test('one that never is ready, or breaks, is a warning', async () => {
    const never = create({ rules: watcher(), rulesWaitMs: 20 });
    assert.equal((await never.endTest({ id: 1, status: 'failed', error: known })).issue, 'PAY-1');
    assert.deepEqual(never.warnings, ['no known failures after 0.02 s: verdicts wait no longer']);
    const list = watcher();
    const broken = create({ rules: list });
    list.break(new Error('fetch failed', { cause: new Error('ECONNREFUSED') }));
    assert.equal((await broken.endTest({ id: 1, status: 'failed', error: known })).issue, 'PAY-1');
    assert.deepEqual(broken.warnings, ['no known failures for this run: fetch failed: ECONNREFUSED']);
  });
});

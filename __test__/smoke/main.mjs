// The smoke suite: what the package promises, once each, in whatever runtime runs this file. `npm run test:runtimes` runs it on Bun
// and Deno, `__test__/smoke.spec.mjs` on Node.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import vm from 'node:vm';
import * as addon from '../../index.js';
import { createRecorder, formatSummary, readRunReport } from '../../lib/recorder/index.js';
import { check, program, rejection, run, stdoutOf } from './harness.mjs';

const { classify, classifyAll, classifySync, errorText, explain, loadedRules, loadRules, queueSize, ruleStats, testName } = addon;

/** Every public function has a check here. */
const CHECKED = [
  'classify',
  'classifyAll',
  'classifySync',
  'errorText',
  'explain',
  'loadRules',
  'loadedRules',
  'queueSize',
  'ruleStats',
  'testName',
];

const RULES = [
  { issue: 'SHOP-1', error: 'Timeout of \\d+ms exceeded', test: '^Cart › ', id: 'slow' },
  { issue: 'SHOP-2', error: /session (deleted|not created)/i },
  { issue: 'SHOP-3', error: '(?<=é)😀$' },
];

/** Rules that take minutes on `SLOW_TEXT`: with a back-reference no linear time is known. */
const SLOW_RULES = Array.from({ length: 200 }, (_, n) => ({ issue: `S-${n}`, error: `([xy])[^]*\\1{${n + 2}}` }));
const SLOW_TEXT = 'xy'.repeat(50_000);

const issueOf = async (error) => (await classify('a test', error)).issue;

check('import and require give the same functions', () => {
  const required = createRequire(import.meta.url)('../../index.js');
  const { default: _, 'module.exports': __, ...imported } = addon;
  for (const [name, value] of Object.entries(imported)) assert.equal(required[name], value, name);
  const functions = Object.keys(imported).filter((name) => typeof imported[name] === 'function');
  assert.deepEqual(functions.sort(), CHECKED, 'a function without a check here');
});

check('without rules a verdict says so', async () => {
  assert.equal(loadedRules(), null);
  const { status, reason, rulesVersion } = await classify('a test', 'boom');
  assert.deepEqual([status, reason, rulesVersion], ['Failed', 'no-rules', '0']);
});

check('loadRules takes an array, an object, a string and bytes, and reports what it refuses', async () => {
  const flat = RULES.map((rule) => (rule.error instanceof RegExp ? { ...rule, error: rule.error.source, flags: 'i' } : rule));
  const json = JSON.stringify(flat);
  for (const list of [RULES, { rules: RULES }, json, new TextEncoder().encode(json)]) {
    const { active, rejected } = await loadRules(list);
    assert.deepEqual([active, rejected], [3, []]);
  }
  const { active, rejected } = await loadRules([...RULES, { issue: 'SHOP-4', error: '(' }]);
  assert.deepEqual([active, rejected[0].index, rejected[0].code], [3, 3, 'ERR_PATTERN_SYNTAX']);
  assert.equal((await rejection(loadRules('{"rules": [}'))).code, 'ERR_RULES_JSON');
  assert.equal((await rejection(loadRules([{ issue: 'A', error: '(' }], { strict: true }))).code, 'ERR_RULES_STRICT');
});

check('classify gives the issue, the span and the version', async () => {
  const { version } = await loadRules(RULES);
  const { match, rulesVersion, ...verdict } = await classify('Cart › pays', 'Error: Timeout of 5000ms exceeded');
  assert.equal(verdict.status, 'Broken');
  assert.deepEqual([verdict.issue, verdict.rule, verdict.id, verdict.reason], ['SHOP-1', 0, 'slow', 'matched']);
  assert.deepEqual([match, rulesVersion], [{ start: 7, end: 33, text: 'Timeout of 5000ms exceeded' }, version]);
});

check('a scope, an Error, a cause, ANSI sequences, UTF-16', async () => {
  await loadRules(RULES);
  assert.equal((await classify('Login', 'Timeout of 5000ms exceeded')).status, 'Failed');
  assert.equal((await classify({ title: 'Cart › pays' }, new Error('Timeout of 1ms exceeded'))).issue, 'SHOP-1');
  assert.equal(await issueOf(new Error('outer', { cause: new TypeError('Session not created') })), 'SHOP-2');
  assert.equal(await issueOf(new DOMException('Session deleted', 'AbortError')), 'SHOP-2');
  assert.equal(await issueOf(vm.runInNewContext('new RangeError("session deleted")')), 'SHOP-2');
  assert.equal(await issueOf('\u001b[31mSession \u001b[1mdeleted\u001b[0m'), 'SHOP-2');
  assert.deepEqual((await classify('', '\ud800 é😀')).match, { start: 3, end: 5, text: '😀' });
  assert.equal((await classify('', null)).reason, 'no-error');
});

check('errorText and testName give what classify matches', async () => {
  const copy = { message: 'Session deleted', name: 'TypeError', stack: 'TypeError: Session deleted\n    at a.js:1:1' };
  for (const [error, expected] of [
    ['Session deleted', 'Session deleted'],
    [null, null],
    [copy, copy.stack],
    [{ message: 'outer', cause: { message: 'inner' } }, 'outer\nCaused by:\ninner'],
    ['\u001b[31mred\u001b[0m', 'red'],
  ]) {
    assert.equal(errorText(error), expected);
  }
  const thrown = new Error('outer', { cause: new TypeError('inner') });
  const text = errorText(thrown);
  assert.match(text, /outer.*\nCaused by:\n.*inner/s);
  await loadRules([{ issue: 'any', error: '^[^]*$', test: '^Cart › pays$' }]);
  const suite = { titlePath: () => ['', 'Cart', 'pays'] };
  assert.equal(testName(suite), 'Cart › pays');
  assert.equal((await classify(suite, thrown)).match.end, text.length);
});

check('classifyAll keeps the order of its items, strings and errors alike', async () => {
  await loadRules(RULES);
  const kinds = ['Session deleted', new Error('Session deleted'), 'something else', undefined, 'é😀'];
  const items = Array.from({ length: 2000 }, (_, n) => ({ test: `test ${n}`, error: kinds[n % kinds.length] }));
  const verdicts = await classifyAll(items);
  const expected = ['SHOP-2', 'SHOP-2', null, null, 'SHOP-3'];
  assert.deepEqual(
    verdicts.map(({ issue }) => issue),
    items.map((_, n) => expected[n % kinds.length]),
  );
  assert.equal(queueSize(), 0);
  assert.deepEqual(await classifyAll([]), []);
});

check('classifySync gives the same verdict, and has a time limit', async () => {
  await loadRules(RULES);
  for (const error of ['Session deleted', new Error('Session not created'), 'something else', null, 'é😀']) {
    assert.deepEqual(classifySync('a test', error, { timeLimitMs: 60_000 }), await classify('a test', error));
  }
  await loadRules(SLOW_RULES);
  const began = performance.now();
  const { status, reason } = classifySync('', SLOW_TEXT, { timeLimitMs: 20 });
  assert.deepEqual([status, reason], ['Failed', 'time-limit']);
  assert.ok(performance.now() - began < 5000);
});

check('explain says what matches, what is out of scope and what is asked for', async () => {
  await loadRules(RULES);
  const error = 'Timeout of 5ms exceeded: session deleted';
  const { verdict, text, test, matches, outOfScope, rule } = await explain('Login', error, { rule: 'slow' });
  assert.deepEqual([verdict.issue, text, test], ['SHOP-2', error, 'Login']);
  assert.deepEqual([matches.map(({ index }) => index), outOfScope.map(({ index }) => index)], [[1], [0]]);
  assert.equal(rule.index, 0);
});

check('loadedRules and ruleStats tell of the rules in force', async () => {
  const report = await loadRules(RULES);
  assert.deepEqual(loadedRules(), report);
  await classifyAll([{ error: 'Session deleted' }, { error: 'Session deleted' }, { error: 'fine' }]);
  const { rulesVersion, verdicts, rules } = ruleStats();
  assert.deepEqual([rulesVersion, verdicts], [report.version, 3]);
  assert.deepEqual(
    rules.map(({ matches }) => matches),
    [0, 2, 0],
  );
});

check('1,000 calls at once, and queueSize counts them', async () => {
  await loadRules(RULES);
  const calls = Array.from({ length: 1000 }, (_, n) => classify('', n % 2 ? `Session deleted ${n}` : new Error(`fine ${n}`)));
  assert.equal(queueSize(), 1000);
  const verdicts = await Promise.all(calls);
  assert.equal(verdicts.filter(({ issue }) => issue === 'SHOP-2').length, 500);
  assert.equal(queueSize(), 0);
});

check('wrong arguments reject with a code', async () => {
  for (const promise of [
    classifyAll(undefined),
    classifyAll({ test: '', error: '' }),
    classifyAll('boom'),
    classifyAll([{}, 'boom']),
    classifyAll([[], 7]),
    classify('', '', 7),
    classify('', '', { signal: 7 }),
    classify('', '', { signal: {} }),
    loadRules(7),
    loadRules([], 7),
  ]) {
    const { code } = await rejection(promise);
    assert.match(code, /^ERR_(INVALID_ARG|RULES_SHAPE)$/);
  }
});

check('an abort before, during and after a call', async () => {
  await loadRules(SLOW_RULES);
  assert.equal(await rejection(classify('', 'x', { signal: AbortSignal.abort('early') })), 'early');
  const controller = new AbortController();
  const { signal } = controller;
  const calls = [classify('', SLOW_TEXT, { signal }), classifyAll([{ error: SLOW_TEXT }], { signal })];
  setTimeout(() => controller.abort('late'), 50);
  for (const call of calls) assert.equal(await rejection(call), 'late');
  assert.equal(queueSize(), 0);
  const reason = await rejection(classify('', SLOW_TEXT, { signal: AbortSignal.timeout(30) }));
  assert.equal(reason.name, 'TimeoutError');
  await loadRules(RULES);
  const after = new AbortController();
  const verdict = await classify('', 'Session deleted', { signal: after.signal });
  after.abort();
  assert.equal(verdict.issue, 'SHOP-2');
});

check('the event loop goes on during a slow call', async () => {
  await loadRules(SLOW_RULES);
  const controller = new AbortController();
  const call = rejection(classify('', SLOW_TEXT, { signal: controller.signal }));
  let turns = 0;
  const until = performance.now() + 100;
  while (performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    turns++;
  }
  controller.abort('enough');
  assert.equal(await call, 'enough');
  assert.ok(turns > 5, `${turns} turns`);
});

check('hostile values get a verdict each', async () => {
  await loadRules([{ issue: 'any', error: '^[^]' }]);
  const revoked = () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  };
  const getter = (key, object = {}) =>
    Object.defineProperty(object, key, {
      get() {
        throw new Error('private');
      },
    });
  const throwing = () => {
    throw new Error('no');
  };
  const cyclic = new Error('cyclic');
  cyclic.cause = cyclic;
  let deep = new Error('innermost');
  for (let n = 0; n < 10_000; n++) deep = new Error(`level ${n}`, { cause: deep });
  const values = [
    revoked(),
    new Proxy({}, { get: throwing, getPrototypeOf: throwing, has: throwing, ownKeys: throwing }),
    new Proxy(new Error('boom'), {}),
    new Proxy(new Error('boom'), { get: throwing }),
    getter('stack', new Error('boom')),
    // Node reads name and message to make the stack, so that goes first
    getter('message', getter('stack', new Error('boom'))),
    getter('name', getter('message', getter('stack', new Error('boom')))),
    getter('cause', new Error('boom')),
    getter('toString'),
    Object.create(null),
    { toString: throwing },
    { toString: () => ({}), valueOf: () => ({}) },
    { [Symbol.toPrimitive]: () => Symbol() },
    Object.assign(new Error('boom'), { stack: 7, name: Symbol(), message: revoked() }),
    Object.assign(new Error('boom'), { cause: revoked() }),
    Symbol('boom'),
    7n,
    Number.NaN,
    true,
    () => {},
    class {},
    [],
    [[[]]],
    new Map([[1, 2]]),
    new Date(Number.NaN),
    cyclic,
    deep,
    new AggregateError([new Error('one'), new Error('two')], 'both'),
    'x'.repeat(10_000_000),
    '\ud800'.repeat(1000),
    '\0',
  ];
  for (const [at, value] of values.entries()) {
    for (const verdict of [await classify(value, value), ...(await classifyAll([{ test: value, error: value }]))]) {
      assert.ok(verdict.status === 'Broken' || verdict.status === 'Failed', `value ${at}`);
    }
  }
  const reentrant = {
    get message() {
      classify('', 'again');
      loadRules([{ issue: 'any', error: '^[^]' }]);
      return 'boom';
    },
    stack: 'boom',
  };
  assert.ok((await classify('', reentrant)).status);
  await rejection(loadRules([revoked()], { strict: true }));
  await rejection(loadRules(revoked()));
  assert.equal((await loadRules([revoked(), getter('error', { issue: 'A' }), { issue: 'A', error: 'b' }])).active, 1);
});

check('a reload during calls: each verdict is by the rules of its call', async () => {
  const versions = [];
  const calls = [];
  for (let n = 0; n < 20; n++) {
    const { version } = await loadRules([{ issue: `R-${n}`, error: 'boom' }]);
    versions.push(version);
    calls.push(classify('', `boom ${n}`));
  }
  const verdicts = await Promise.all(calls);
  assert.deepEqual(
    verdicts.map(({ issue, rulesVersion }) => [issue, rulesVersion]),
    versions.map((version, n) => [`R-${n}`, version]),
  );
});

check('workers share the rules of the process, and one that ends leaves them', async () => {
  assert.equal(await stdoutOf('workers.mjs'), 'ok\n');
});

check('an idle addon lets the process end', async () => {
  assert.equal(await stdoutOf('ending.mjs', { args: ['idle'] }), 'SHOP-1\n');
});

check('a pending call keeps the process alive', async () => {
  assert.equal(await stdoutOf('ending.mjs', { args: ['pending'] }), '1000 SHOP-1\n');
});

check('process.exit does not wait for calls in flight', async () => {
  const { code, signal, stderr } = await program('ending.mjs', { args: ['exit'] });
  assert.deepEqual([code, signal], [7, null], stderr);
});

check('an uncaught exception does not, either', async () => {
  const { code, signal, stderr } = await program('ending.mjs', { args: ['throw'] });
  assert.deepEqual([code, signal], [1, null], stderr);
  assert.match(stderr, /expected/);
});

check('a recorder records a run, in a form that can be read again', async () => {
  await loadRules(RULES);
  const recorder = createRecorder({ title: 'smoke', eventLoop: true, now: () => 0 });
  recorder.startTest({ id: 1, suites: ['Cart'], title: 'pays' });
  recorder.onLog({ test: 1, type: 'start', step: 1, title: 'opens' });
  const { status, issue } = await recorder.endTest({ id: 1, status: 'failed', errors: [new Error('Timeout of 5ms exceeded')] });
  assert.deepEqual([status, issue], ['Broken', 'SHOP-1']);
  const report = await recorder.endRun();
  assert.deepEqual(readRunReport(JSON.stringify(report)), report);
  assert.match(formatSummary(report, { color: false }), /^Known failures: smoke {2}1 known, 0 passed\n/);
});

check('the quick start prints what the README says', async () => {
  const [loaded, rejected, ...verdicts] = (await stdoutOf('../../examples/quick-start.mjs')).trimEnd().split('\n');
  assert.equal(loaded, '2 of 3 rules in force');
  assert.match(rejected, /^rule 2: ERR_PATTERN_SYNTAX, .+ \(at \d+\)$/);
  assert.deepEqual(verdicts, [
    'Cart › pays by card: Broken, SHOP-1432: checkout is slow, by "Timeout of 5000ms exceeded"',
    'Login › remembers me: Failed',
    'Login › logs out: Broken, GRID-7: the hub drops sessions, by "Session not created"',
  ]);
});

check('lists are watched, and keep no process alive', async () => {
  const stdout = await stdoutOf('rules.mjs', {
    permissions: ['--allow-net=127.0.0.1', '--allow-write', '--allow-sys'],
  });
  assert.deepEqual(stdout.trimEnd().split('\n'), [
    'fresh URL',
    'fresh 2',
    'fresh cache 0',
    'WARN_LIST',
    'stale URL',
    'fresh FUNCTION',
    'fresh FILE',
    'CHANGED',
  ]);
});

check('the demo, verified', async () => {
  // it serves its list over HTTP
  const stdout = await stdoutOf('../../examples/demo/main.mjs', {
    args: ['--verify', '--tests', '300'],
    permissions: ['--allow-net=127.0.0.1'],
  });
  assert.match(stdout, /^ {4}\d+ verdicts +the same$/m);
});

await run();

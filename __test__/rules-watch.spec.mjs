// `watchRules` itself: its arguments, functions as sources, events, and when it asks again.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';
import { classify } from 'known-failures';
import { watchRules } from 'known-failures/rules';
import { RULES, temporaryFolder, watching } from './rules-server.mjs';

const require = createRequire(import.meta.url);
const { nextRefresh } = require('../lib/rules/schedule.js');
const { withRetries } = require('../lib/rules/retry.js');
const { duration } = require('../lib/rules/messages.js');

for (const [args, message] of [
  [[], 'watchRules: source must be a URL, a path or a function, but is undefined'],
  [[''], 'watchRules: source must be a URL, a path or a function, but is an empty string'],
  [[[]], 'watchRules: source must be a URL, a path or a function, but is an array'],
  [['http://'], 'watchRules: source is no valid URL: http://'],
  [['ftp://example.com/a'], 'watchRules: source must be a URL of http:, https: or file:, but is one of ftp:'],
  [['a', { refreshMS: 1 }], 'watchRules: options has no `refreshMS`: did you mean `refreshMs`?'],
  [['a', { refreshMs: true }], 'watchRules: options.refreshMs must be a number from 0 to 2147483647 or false, but is true'],
  [['a', { refreshMs: -1 }], 'watchRules: options.refreshMs must be a number from 0 to 2147483647 or false, but is -1'],
  [['a', { attempts: 0 }], 'watchRules: options.attempts must be an integer from 1 to 100, but is 0'],
  [['a', { headers: { 'a b': '1' } }], 'watchRules: options.headers must be names and values that HTTP allows in headers'],
  [['a', { cacheFile: 'b' }], 'watchRules: options.cacheFile is for URLs and functions: a file needs no copy'],
]) {
  test(message, () => {
    assert.throws(() => watchRules(...args), { name: 'TypeError', code: 'ERR_INVALID_ARG', message });
  });
}

test('a function gives what loadRules takes', async (t) => {
  for (const rules of [
    RULES,
    { rules: RULES },
    JSON.stringify(RULES),
    Buffer.from(JSON.stringify(RULES)),
    [{ issue: 'SHOP-1', error: /boom/ }],
  ]) {
    const { state, source, from } = await watching(t, async () => rules).ready;
    assert.deepEqual([state, source, from], ['fresh', null, 'source']);
    assert.equal((await classify('a test', 'boom')).issue, 'SHOP-1');
  }
});

test("a function's list is loaded again if it is another one", async (t) => {
  let rules = [{ issue: 'A', error: /boom/ }];
  const watcher = watching(t, () => rules);
  const versions = [(await watcher.ready).version];
  for (const next of [[{ issue: 'A', error: /boom/ }], [{ issue: 'A', error: /boom/i }]]) {
    rules = next;
    versions.push((await watcher.refresh()).version);
  }
  assert.equal(versions[1], versions[0]);
  assert.notEqual(versions[2], versions[0]);
});

for (const [name, give, expected, calls] of [
  [
    'throws',
    () => {
      throw new Error('no database', { cause: new Error('wrong password') });
    },
    /could not be had: no database: wrong password \(3 attempts\)$/,
    3,
  ],
  [
    'throws nothing',
    () => {
      throw undefined;
    },
    /could not be had: unknown error \(3 attempts\)$/,
    3,
  ],
  ['never answers', () => new Promise(() => {}), /was not there within 30 ms \(3 attempts\)$/, 3],
  ['gives nothing', () => undefined, /was refused: /, 1],
  ['gives a page', () => '<html>', /was refused: .* web page/, 1],
]) {
  test(`a function that ${name}`, async (t) => {
    const watcher = watching(t, give, { timeoutMs: 30 });
    const { state, reason, fetches } = await watcher.ready;
    assert.deepEqual([state, fetches, watcher.warnings.length], ['none', calls, 1]);
    assert.match(reason, expected);
  });
}

test('the signal of a function aborts when its time is over', async (t) => {
  const signals = [];
  const watcher = watching(t, ({ signal }) => new Promise(() => signals.push(signal)), { timeoutMs: 5, attempts: 1 });
  await watcher.ready;
  assert.deepEqual(
    signals.map(({ aborted }) => aborted),
    [true],
  );
});

test("a function's text is cached in a file that you name", async (t) => {
  const cacheFile = join(await temporaryFolder(t), 'list.cache');
  await watching(t, () => JSON.stringify(RULES), { cacheFile }).ready;
  assert.match(await readFile(cacheFile, 'utf8'), /SHOP-1/);
  const { from, fetches } = await watching(t, () => assert.fail('not called'), { cacheFile }).ready;
  assert.deepEqual([from, fetches], ['cache', 0]);
});

test("a function's list that is no text is not cached, and that is told", async (t) => {
  const watcher = watching(t, () => RULES, { cacheFile: join(await temporaryFolder(t), 'list.cache') });
  assert.equal((await watcher.ready).state, 'fresh');
  assert.match(watcher.warnings.join(), /^WARN_CACHE: .* is not used: the function gives neither text nor bytes$/);
});

test('a list that cannot be compared is loaded once for each time it is given', async (t) => {
  const circular = { issue: 'A', error: 'boom' };
  circular.self = circular;
  const watcher = watching(t, () => [circular]);
  let loads = 0;
  watcher.on('load', () => loads++);
  await watcher.ready;
  await watcher.refresh();
  assert.equal(loads, 2);
});

test('a warning goes to the process if there is no onWarning', async (t) => {
  const warned = new Promise((resolve) => process.once('warning', resolve));
  const watcher = watching(t, () => '{', { onWarning: undefined });
  const heard = [];
  watcher.on('warning', (warning) => heard.push(warning));
  await watcher.ready;
  const warning = await warned;
  assert.deepEqual([warning.name, warning.code, heard], ['KnownFailuresWarning', 'WARN_LIST', [warning]]);
});

test('neither a listener nor onWarning that throws fails anything', async (t) => {
  const watcher = watching(t, () => RULES);
  watcher.on('load', () => {
    throw new Error('mine');
  });
  assert.equal((await watcher.ready).state, 'fresh');
  assert.deepEqual(watcher.warnings, ["WARN_LISTENER: a listener of 'load' threw: mine"]);
  const written = t.mock.method(process.stderr, 'write', () => true);
  const broken = watching(t, () => '{', { onWarning: () => assert.fail('mine, too') });
  assert.equal((await broken.ready).state, 'none');
  assert.match(
    `${written.mock.calls[0].arguments[0]}`,
    /^KnownFailuresWarning \[WARN_LIST\]: The list .*\n\(onWarning threw: mine, too\)\n$/,
  );
});

test('await using closes a watcher', { skip: !Symbol.asyncDispose }, async () => {
  const watcher = watchRules(() => RULES);
  await watcher.ready;
  await watcher[Symbol.asyncDispose]();
  assert.equal((await watcher.refresh()).fetches, 1);
});

test('fake timers stop no refresh', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
  let calls = 0;
  const watcher = watching(t, () => (calls++ < 2 ? Promise.reject(new Error('not yet')) : RULES), { backoffMs: 1 });
  const { state, since } = await watcher.ready;
  assert.equal(state, 'fresh');
  assert.ok(Date.parse(since) > 1e12);
});

const MINUTE = 60_000;
for (const [after, least, most] of [
  [{ failures: 0, refreshMs: 0 }, null],
  [{ failures: 0, refreshMs: 5 * MINUTE }, 5 * MINUTE, 5.5 * MINUTE],
  [{ failures: 0, refreshMs: 5 * MINUTE, ageMs: 4 * MINUTE }, MINUTE, 1.5 * MINUTE],
  [{ failures: 0, refreshMs: 5 * MINUTE, ageMs: 9 * MINUTE }, 0, 0.5 * MINUTE],
  [{ failures: 1, refreshMs: 5 * MINUTE }, 15_000, 16_500],
  [{ failures: 1, refreshMs: 5000 }, 5000, 5500],
  [{ failures: 3, refreshMs: 5 * MINUTE }, MINUTE, 1.1 * MINUTE],
  [{ failures: 60, refreshMs: 0 }, 5 * MINUTE, 5.5 * MINUTE],
  [{ failures: 1, refreshMs: 5 * MINUTE, retryAfterMs: 10 * MINUTE }, 10 * MINUTE, 11 * MINUTE],
  [{ failures: 1, refreshMs: 5 * MINUTE, retryAfterMs: 1e9 }, 60 * MINUTE, 66 * MINUTE],
]) {
  test(`the next refresh after ${JSON.stringify(after)}`, () => {
    const with_ = (chance) => nextRefresh({ ageMs: 0, retryAfterMs: 0, ...after }, () => chance);
    if (least === null) return assert.equal(with_(0), null);
    assert.equal(with_(0), least);
    assert.ok(Math.abs(with_(1) - most) < 1e-6, `${with_(1)}`);
  });
}

test('pauses between attempts double, up to a limit, with jitter', async () => {
  for (const [chance, pauses] of [
    [0, [50, 100, 200, 15_000]],
    [1, [100, 200, 400, 30_000]],
  ]) {
    const clock = fakeClock(chance);
    const failing = () => Promise.reject(Object.assign(new Error('busy'), { retryable: true }));
    const { signal } = new AbortController();
    await assert.rejects(withRetries(failing, { attempts: 20, backoffMs: 100, clock, signal }), {
      message: 'busy',
      attempts: 20,
    });
    assert.equal(clock.pauses.length, 19);
    assert.deepEqual([...clock.pauses.slice(0, 3), clock.pauses.at(-1)], pauses);
  }
});

test('a pause is as long as the source asks for, and one that is too long ends the attempts', async () => {
  for (const [retryAfterMs, pauses, attempts] of [
    [20_000, [20_000, 20_000], 3],
    [31_000, [], 1],
  ]) {
    const clock = fakeClock(0);
    const failing = () => Promise.reject(Object.assign(new Error('busy'), { retryable: true, retryAfterMs }));
    const { signal } = new AbortController();
    await assert.rejects(withRetries(failing, { attempts: 3, backoffMs: 1, clock, signal }), { attempts });
    assert.deepEqual(clock.pauses, pauses);
  }
});

/** Time passes at once. */
function fakeClock(chance) {
  const pauses = [];
  return {
    pauses,
    random: () => chance,
    later(callback, delayMs) {
      pauses.push(delayMs);
      queueMicrotask(callback);
      return () => {};
    },
  };
}

test('durations are told in their largest unit', () => {
  const shown = [0, 1400, 89_000, 90_000, 89 * MINUTE, 91 * MINUTE, 47 * 60 * MINUTE, 72 * 60 * MINUTE].map(duration);
  assert.deepEqual(shown, ['0 s', '1 s', '89 s', '2 min', '89 min', '2 h', '2 days', '3 days']);
});

// A list at a URL: requests, conditions, retries, redirects, and what is taken for a list.

import assert from 'node:assert/strict';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { classify, loadRules, ruleStats } from 'known-failures';
import { list, RULES, startServer, status, text, until, watching } from './rules-server.mjs';

const OTHERS = [{ issue: 'SHOP-2', error: 'boom' }];
const issue = async () => (await classify('a test', 'boom')).issue;

async function serving(context, answer) {
  const server = await startServer(answer);
  context.after(() => server.stop());
  return server;
}

test('the first answer is put in force', async (t) => {
  const server = await serving(t, list(RULES));
  const watcher = watching(t, server.url);
  const seen = [];
  watcher.on('load', ({ active }) => seen.push(active));
  watcher.on('status', ({ state }) => seen.push(state));
  assert.equal(watcher.status.state, 'none');
  const ready = await watcher.ready;
  assert.deepEqual(
    { ...ready, since: '', confirmedAt: '', report: null },
    {
      state: 'fresh',
      since: '',
      reason: null,
      source: server.url,
      version: ready.report.version,
      confirmedAt: '',
      from: 'source',
      fetches: 1,
      report: null,
    },
  );
  assert.ok(Date.parse(ready.since) >= Date.parse(ready.confirmedAt));
  assert.deepEqual(seen, [1, 'fresh']);
  assert.equal(await issue(), 'SHOP-1');
  assert.deepEqual(watcher.warnings, []);
});

test('an unchanged list is not loaded again, whether the server says so or sends the same bytes', async (t) => {
  const server = await serving(t, list(RULES));
  const watcher = watching(t, server.url);
  const { version } = await watcher.ready;
  await issue();
  await watcher.refresh();
  assert.notEqual(server.requests[1].headers['if-none-match'], undefined);
  server.answer = text(JSON.stringify(RULES));
  const { state, fetches } = await watcher.refresh();
  assert.deepEqual([state, fetches, watcher.status.version], ['fresh', 3, version]);
  assert.equal(ruleStats().rules[0].matches, 1);
});

test('Last-Modified makes a request conditional, too', async (t) => {
  const date = 'Sat, 01 Jan 2028 00:00:00 GMT';
  const server = await serving(t, (request, response) => {
    if (request.headers['if-modified-since'] === date) response.writeHead(304).end();
    else response.writeHead(200, { 'last-modified': date }).end(JSON.stringify(RULES));
  });
  const watcher = watching(t, server.url);
  await watcher.ready;
  const { state } = await watcher.refresh();
  assert.deepEqual([state, server.requests.length, server.requests[1].headers['if-modified-since']], ['fresh', 2, date]);
});

test('a changed list replaces the one before', async (t) => {
  const server = await serving(t, list(RULES, '"1"'));
  const watcher = watching(t, server.url);
  await watcher.ready;
  server.answer = list(OTHERS, '"2"');
  await watcher.refresh();
  assert.equal(server.requests[1].headers['if-none-match'], '"1"');
  assert.equal(await issue(), 'SHOP-2');
});

test('the list is asked for again at the interval', async (t) => {
  const server = await serving(t, list(RULES, '"1"'));
  const watcher = watching(t, server.url, { refreshMs: 5 });
  await watcher.ready;
  server.answer = list(OTHERS, '"2"');
  await until(async () => (await issue()) === 'SHOP-2');
  for (const refreshMs of [0, false]) {
    const once = await serving(t, list(RULES));
    await watching(t, once.url, { refreshMs }).ready;
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(once.requests.length, 1);
  }
});

for (const [name, answers, attempts, expected, why] of [
  ['503, then a list', [status(503), list(RULES)], 2, 'fresh'],
  ['429, 408, then a list', [status(429), status(408), list(RULES)], 3, 'fresh'],
  ['a connection that is cut, then a list', [(request) => request.socket.destroy(), list(RULES)], 2, 'fresh'],
  ['a body that is cut, then a list', [cut, list(RULES)], 2, 'fresh'],
  ['no answer, then a list', [() => {}, list(RULES)], 2, 'fresh'],
  ['a body that never ends, then a list', [(_, response) => response.write('['), list(RULES)], 2, 'fresh'],
  ['500 for ever', [status(500)], 3, 'none', /answered 500 Internal Server Error \(3 attempts\)/],
  ['401', [status(401), list(RULES)], 1, 'none', /answered 401 Unauthorized$/],
  ['404', [status(404), list(RULES)], 1, 'none', /answered 404 Not Found$/],
  ['204', [status(204), list(RULES)], 1, 'none', /answered 204 No Content$/],
  ['304 that nobody asked for', [status(304), list(RULES)], 1, 'none', /answered 304 Not Modified$/],
  [
    'a web page',
    [text('<!doctype html><title>Log in</title>'), list(RULES)],
    1,
    'none',
    /not valid JSON.* looks like a web page/,
  ],
  ['half a list', [text('[{"issue":"A","err'), list(RULES)], 1, 'none', /not valid JSON/],
  [
    'no rule that can be used',
    [text('[{"issue":"A","error":"("}]')],
    1,
    'none',
    /was refused: The only rule was refused: Unterminated group/,
  ],
  ['Retry-After of two minutes', [status(503, { 'retry-after': '120' }), list(RULES)], 1, 'none', /answered 503/],
  ['a date as Retry-After', [status(503, { 'retry-after': new Date(0).toUTCString() }), list(RULES)], 2, 'fresh'],
  ['nonsense as Retry-After', [status(503, { 'retry-after': 'soon' }), list(RULES)], 2, 'fresh'],
]) {
  test(`${name}: ${expected}`, async (t) => {
    const server = await serving(t, (request, response) => {
      answers[Math.min(server.requests.length, answers.length) - 1](request, response);
    });
    const timeoutMs = name.includes('no answer') || name.includes('never ends') ? 300 : undefined;
    const watcher = watching(t, server.url, { timeoutMs, refreshMs: false });
    const { state, reason, fetches } = await watcher.ready;
    assert.deepEqual([state, fetches, server.requests.length], [expected, attempts, attempts], reason);
    if (expected === 'fresh') return assert.deepEqual([reason, watcher.warnings], [null, []]);
    assert.match(reason, why);
    assert.equal(watcher.warnings.length, 1);
  });
}

function cut(_, response) {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('[{"issue":');
  setTimeout(() => response.destroy(), 5);
}

test('a bad list leaves the good one in force, and is asked for with what was known of the good one', async (t) => {
  const server = await serving(t, list(RULES, '"good"'));
  const watcher = watching(t, server.url);
  await watcher.ready;
  server.answer = (_, response) => response.writeHead(200, { etag: '"bad"' }).end('{');
  assert.equal((await watcher.refresh()).state, 'stale');
  assert.equal(await issue(), 'SHOP-1');
  server.answer = list(RULES, '"good"');
  assert.equal((await watcher.refresh()).state, 'fresh');
  assert.deepEqual(
    server.requests.map(({ headers }) => headers['if-none-match']),
    [undefined, '"good"', '"good"'],
  );
});

test('the same trouble is told once, another one again, and the same one after an answer', async (t) => {
  const server = await serving(t, list(RULES));
  const watcher = watching(t, server.url, { attempts: 1 });
  await watcher.ready;
  for (const answer of [status(500), status(500), status(502), list(RULES), status(502)]) {
    server.answer = answer;
    await watcher.refresh();
  }
  assert.deepEqual(
    watcher.warnings.map((warning) => warning.match(/answered (\d+)/)[1]),
    ['500', '502', '502'],
  );
});

test('a list that is too large is not read', async (t) => {
  const sizes = { known: (_, response) => response.end(' '.repeat(2000)), unknown: endless, packed };
  for (const answer of Object.values(sizes)) {
    const server = await serving(t, answer);
    const { state, reason } = await watching(t, server.url, { maxBytes: 1000 }).ready;
    assert.deepEqual([state, server.requests.length], ['none', 1]);
    assert.match(reason, /is larger than 1000 bytes \(`maxBytes`\)$/);
  }
});

function endless(_, response) {
  const timer = setInterval(() => response.write(' '.repeat(500)), 1);
  response.on('close', () => clearInterval(timer));
}

function packed(_, response) {
  response.setHeader('content-encoding', 'gzip');
  response.end(gzipSync(' '.repeat(100_000)));
}

test('redirects are followed, but not for ever', async (t) => {
  const server = await serving(t, ({ url }, response) => {
    const hops = Number(url.match(/hop=(\d)/)?.[1] ?? 0);
    if (hops === 5) response.end(JSON.stringify(RULES));
    else response.writeHead(302, { location: `?hop=${hops + 1}` }).end();
  });
  assert.equal((await watching(t, server.url).ready).state, 'fresh');
  server.answer = status(302, { location: '/list.json' });
  const { state, reason } = await watching(t, server.url).ready;
  assert.deepEqual([state, reason.endsWith('redirects more than 5 times')], ['none', true]);
});

for (const [location, why] of [
  [undefined, /answered 302 without a usable Location$/],
  ['http://', /answered 302 without a usable Location$/],
  ['file:///etc/passwd', /redirects to file:, which is refused$/],
]) {
  test(`a redirect to ${location} is refused`, async (t) => {
    const server = await serving(t, status(302, location === undefined ? {} : { location }));
    const { state, reason } = await watching(t, server.url).ready;
    assert.equal(state, 'none');
    assert.match(reason, why);
  });
}

test('headers are sent to the origin of the source only', async (t) => {
  const other = await serving(t, list(RULES));
  const server = await serving(t, ({ url }, response) => {
    response.writeHead(307, { location: url === '/list.json' ? '/moved.json' : other.url }).end();
  });
  await watching(t, server.url, { headers: { 'X-API-Key': 'secret' } }).ready;
  const keys = [...server.requests, ...other.requests].map(({ headers }) => headers['x-api-key']);
  assert.deepEqual(keys, ['secret', 'secret', undefined]);
});

test('a user and a password become basic authentication, and are told to nobody', async (t) => {
  const server = await serving(t, status(403));
  const url = server.url.replace('//', '//me:s%20cret@');
  const watcher = watching(t, `${url}?token=also-secret&v=1`);
  const { reason, source } = await watcher.ready;
  assert.equal(server.requests[0].headers.authorization, `Basic ${btoa('me:s cret')}`);
  assert.equal(source, `${server.url}?token=…&v=…`);
  assert.doesNotMatch(`${reason} ${watcher.warnings}`, /s.{0,2}cret/);
});

test('a fetch of your own makes the requests', async (t) => {
  const calls = [];
  const fetch = async (url, { headers, redirect, signal }) => {
    calls.push([url, headers.get('accept'), redirect, signal.aborted]);
    return new Response(JSON.stringify(RULES));
  };
  const { state } = await watching(t, new URL('https://example.com/list'), { fetch }).ready;
  assert.deepEqual([state, calls], ['fresh', [['https://example.com/list', 'application/json', 'manual', false]]]);
});

test('rules that are refused are named', async (t) => {
  const bad = Array.from({ length: 5 }, (_, index) => ({ issue: `BAD-${index}`, error: '(' }));
  const server = await serving(t, list([...RULES, ...bad]));
  const watcher = watching(t, server.url);
  assert.equal((await watcher.ready).state, 'fresh');
  assert.equal(watcher.warnings.length, 1);
  assert.match(
    watcher.warnings[0],
    /^WARN_RULES_REJECTED: .* has 5 of 6 rules that are refused and not in force: rule 1 \(BAD-0\), error: Unterm/,
  );
  assert.match(watcher.warnings[0], /; and 2 more$/);
});

test('another list in force is told, once', async (t) => {
  const server = await serving(t, list(RULES));
  const watcher = watching(t, server.url);
  await watcher.ready;
  await loadRules(OTHERS);
  await watcher.refresh();
  await watcher.refresh();
  assert.equal(watcher.warnings.length, 1);
  assert.match(watcher.warnings[0], /^WARN_OTHER_RULES: .* is not in force: /);
});

test('close() ends a request that hangs, and nothing is asked afterwards', async (t) => {
  const server = await serving(t, () => {});
  const watcher = watching(t, server.url, { timeoutMs: 60_000, refreshMs: 5 });
  await until(() => server.requests.length === 1);
  await watcher.close();
  const { state, reason } = await watcher.ready;
  assert.deepEqual([state, reason], ['none', 'the watcher was closed before it had a list']);
  await watcher.refresh();
  assert.deepEqual([server.requests.length, watcher.warnings], [1, []]);
});

test('a signal closes the watcher', async (t) => {
  const server = await serving(t, () => {});
  const controller = new AbortController();
  const watcher = watching(t, server.url, { timeoutMs: 60_000, signal: controller.signal });
  await until(() => server.requests.length === 1);
  controller.abort();
  assert.equal((await watcher.ready).state, 'none');
  assert.equal((await watching(t, server.url, { signal: AbortSignal.abort() }).ready).state, 'none');
  assert.equal(server.requests.length, 1);
});

test('refreshes at one time share a request', async (t) => {
  const server = await serving(t, list(RULES));
  const watcher = watching(t, server.url);
  await Promise.all([watcher.ready, watcher.refresh(), watcher.refresh(), watcher.refresh()]);
  assert.ok(server.requests.length <= 2, `${server.requests.length} requests`);
});

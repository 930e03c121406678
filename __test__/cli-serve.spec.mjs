// `known-failures serve`: each path, each limit, who may ask, and how it ends.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run as runIn, serve, sessionOf, specFolder } from './cli-program.mjs';
import { startServer } from './rules-server.mjs';

const { BodyMemory } = createRequire(import.meta.url)('../lib/cli/serve/body.js');
const TOKEN = 'a-token-of-some-length';
const RULES = [
  { issue: 'SHOP-1', error: 'Timeout of \\d+ms', test: '^Cart › ', url: 'https://example.com/SHOP-1' },
  { issue: 'SHOP-2', error: 'Gerät .* weg' },
];
const folder = specFolder('serve');
folder.file('rules.json', JSON.stringify(RULES));
const start = (args, env) => serve(args, { cwd: folder.path, env });
const known = { test: 'Cart › pays', error: 'Timeout of 5ms' };

/** Sends what `fetch` does not: any header, any path. */
async function ask(url, { method = 'GET', headers = {}, body } = {}) {
  const request = httpRequest(url, { method, headers, agent: false });
  request.end(body);
  const [response] = await once(request, 'response');
  const chunks = await response.toArray();
  const text = Buffer.concat(chunks).toString();
  const isJson = response.headers['content-type'] === 'application/json';
  return { status: response.statusCode, headers: response.headers, text, json: isJson && text !== '' ? JSON.parse(text) : null };
}

const post = (url, body, headers) => ask(url, { method: 'POST', body, headers });

/** Writes bytes to a connection and gives what comes back until the server closes it. `pieces`: bytes, or a function that waits. */
async function talk(url, ...pieces) {
  const { hostname, port } = new URL(url);
  const socket = connect(port, hostname);
  const chunks = [];
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => {});
  for (const piece of pieces) {
    if (typeof piece === 'function') await piece(socket);
    else socket.write(piece);
  }
  // `once` of node:events would reject with the reset that a server answers to bytes it has not read
  if (!socket.closed) await new Promise((resolve) => socket.on('close', resolve));
  return Buffer.concat(chunks).toString();
}

describe('on loopback', () => {
  let server;
  before(async () => {
    server = await start(['rules.json', '--max-body', '1', '--timeout', '1', '--allow-host', 'ci.example']);
  });
  after(() => server.stop());

  test('prints where it listens', () => {
    assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(server.rules, 2);
  });

  test('POST /classify gives a verdict', async () => {
    const { status, json } = await post(`${server.url}/classify`, JSON.stringify(known));
    assert.equal(status, 200);
    assert.deepEqual(json, {
      status: 'Broken',
      issue: 'SHOP-1',
      reason: 'matched',
      rule: 0,
      id: null,
      url: 'https://example.com/SHOP-1',
      match: { start: 0, end: 14, text: 'Timeout of 5ms' },
      undecided: [],
      rulesVersion: json.rulesVersion,
    });
    const other = await post(`${server.url}/classify?x=1`, JSON.stringify({ error: { message: 'Gerät 1 weg' } }));
    assert.equal(other.json.issue, 'SHOP-2');
    assert.equal((await post(`${server.url}/classify`, '{"error":"x"}')).json.reason, 'no-match');
  });

  test('POST /classify-all gives a line for each line', async () => {
    const body = `${JSON.stringify(known)}\nnope\n{"error":"Gerät 1 weg"}`;
    const { status, headers, text } = await post(`${server.url}/classify-all`, body);
    const answers = text.trimEnd().split('\n').map(JSON.parse);
    assert.deepEqual([status, headers['content-type']], [200, 'application/x-ndjson']);
    assert.deepEqual(
      answers.map(({ issue, line }) => issue ?? line),
      ['SHOP-1', 2, 'SHOP-2'],
    );
    assert.deepEqual([(await post(`${server.url}/classify-all`, '')).text], ['']);
  });

  test('/classify-all answers while it is asked', async () => {
    const request = httpRequest(`${server.url}/classify-all`, { method: 'POST' });
    request.write(`${JSON.stringify(known)}\n`);
    const [response] = await once(request, 'response');
    const answers = response.iterator();
    assert.equal(JSON.parse((await answers.next()).value).issue, 'SHOP-1');
    request.end('{"error":"Gerät 1 weg"}\n');
    assert.equal(JSON.parse((await answers.next()).value).issue, 'SHOP-2');
    assert.equal((await answers.next()).done, true);
  });

  test('/classify-all answers who sends thousands of lines before reading', async () => {
    const lines = 5000;
    const body = `${JSON.stringify({ ...known, error: `${known.error} ${'x'.repeat(500)}` })}\n`.repeat(lines);
    const head = `POST /classify-all HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${body.length + lines * 2}\r\n\r\n`;
    const sent = async (socket) => {
      socket.pause();
      await new Promise((resolve) => socket.write(body, resolve));
      socket.resume();
    };
    const text = await talk(server.url, head, sent);
    assert.equal(text.match(/"SHOP-1","reason"/g).length, lines);
  });

  test('GET /rules shows the source and the report of the list', async () => {
    const { status, json } = await ask(`${server.url}/rules`);
    assert.deepEqual([status, json.source.state, json.report.active], [200, 'fresh', 2]);
    assert.equal(json.source.source, join(folder.path, 'rules.json'));
    const head = await ask(`${server.url}/rules`, { method: 'HEAD' });
    assert.deepEqual([head.status, head.text, Number(head.headers['content-length']) > 100], [200, '', true]);
  });

  test('/healthz', async () => {
    const { status, json } = await ask(`${server.url}/healthz`);
    assert.deepEqual([status, json], [200, { status: 'ok' }]);
  });

  test('/metrics is what Prometheus reads', async () => {
    await post(`${server.url}/classify`, JSON.stringify(known));
    const { headers, text } = await ask(`${server.url}/metrics`);
    assert.equal(headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
    const values = parseMetrics(text);
    assert.ok(values.get('known_failures_http_requests_total{route="/classify",status="200"}') >= 1);
    assert.ok(values.get('known_failures_verdicts_total{status="Broken",reason="matched"}') >= 1);
    assert.equal(values.get('known_failures_rules_active'), 2);
    assert.equal(values.get('known_failures_rules_fresh'), 1);
    assert.equal(
      values.get('known_failures_http_request_duration_seconds_bucket{route="/classify",le="+Inf"}'),
      values.get('known_failures_http_request_duration_seconds_count{route="/classify"}'),
    );
  });

  describe('a request is refused', () => {
    const large = 'x'.repeat(1024 * 1024 + 1);
    for (const [name, path, options, status, code] of [
      ['a path that is none', '/clasify', {}, 404, 'ERR_NOT_FOUND'],
      ['a path of an object', '/__proto__', {}, 404, 'ERR_NOT_FOUND'],
      ['a method that is none', '/classify', {}, 405, 'ERR_METHOD'],
      ['a body that is no JSON', '/classify', { method: 'POST', body: '{' }, 400, 'ERR_BODY'],
      ['a body without an error', '/classify', { method: 'POST', body: '{"test":"x"}' }, 400, 'ERR_BODY'],
      ['no body', '/classify', { method: 'POST' }, 400, 'ERR_BODY'],
      [
        'a body that is compressed',
        '/classify',
        { method: 'POST', body: 'x', headers: { 'content-encoding': 'gzip' } },
        415,
        'ERR_ENCODING',
      ],
      [
        'a large body',
        '/classify',
        { method: 'POST', body: large, headers: { 'content-length': large.length } },
        413,
        'ERR_TOO_LARGE',
      ],
      [
        'a large body in chunks',
        '/classify',
        { method: 'POST', body: large, headers: { 'transfer-encoding': 'chunked' } },
        413,
        'ERR_TOO_LARGE',
      ],
      ['a list without a token', '/rules', { method: 'PUT', body: '[]' }, 403, 'ERR_NO_TOKEN'],
      ['another Host (DNS rebinding)', '/rules', { headers: { host: 'evil.example' } }, 403, 'ERR_HOST'],
      ['a Host that is none', '/rules', { headers: { host: '@@' } }, 403, 'ERR_HOST'],
      [
        'a page of another origin',
        '/classify',
        { method: 'POST', body: '{"error":"x"}', headers: { origin: 'https://evil.example' } },
        403,
        'ERR_ORIGIN',
      ],
      ['a page without an origin', '/rules', { headers: { origin: 'null' } }, 403, 'ERR_ORIGIN'],
    ]) {
      test(`${name}: ${status} ${code}`, async () => {
        const answer = await ask(server.url + path, options);
        assert.deepEqual([answer.status, answer.json.error.code], [status, code]);
        assert.ok(answer.json.error.message.length > 10);
        if (status === 405) assert.equal(answer.headers.allow, 'POST');
      });
    }

    test('but not by a name that is its own, or allowed', async () => {
      for (const headers of [
        { host: 'localhost:1' },
        { host: 'LOCALHOST' },
        { host: '[::1]:7' },
        { host: 'ci.example' },
        { origin: 'https://ci.example' },
      ]) {
        assert.equal((await ask(`${server.url}/rules`, { headers })).status, 200, JSON.stringify(headers));
      }
    });

    test('a line of /classify-all that is too long is an answer', async () => {
      const { status, text } = await post(`${server.url}/classify-all`, `{"error":"${large}"}\n${JSON.stringify(known)}\n`);
      const answers = text.trimEnd().split('\n').map(JSON.parse);
      assert.deepEqual([status, answers[0].message, answers[1].issue], [200, 'is too long', 'SHOP-1']);
    });
  });

  describe('a client that is slow or broken', () => {
    const head = 'POST /classify HTTP/1.1\r\nHost: localhost\r\n';
    for (const [name, pieces, expected] of [
      ['says nothing', [], /^HTTP\/1\.1 408 /],
      ['sends half of a head', ['POST /classify HTTP/1.1\r\nHos'], /^HTTP\/1\.1 408 /],
      ['sends half of a body', [`${head}Content-Length: 100\r\n\r\n{"error":`], /^HTTP\/1\.1 408 [\s\S]*ERR_TIMEOUT/],
      [
        'stops within a stream',
        ['POST /classify-all HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"error":"x"}\n'],
        /^HTTP\/1\.1 200 [\s\S]*no-match/,
      ],
      ['sends garbage', ['\u0000\u0001 nonsense\r\n\r\n'], /^HTTP\/1\.1 400 /],
      ['sends a chunk that is none', [`${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`], /^(HTTP\/1\.1 400 |$)/],
      // the server closes before it has read everything, and the reset may overtake its answer
      ['sends a large head', [`${head}X: ${'x'.repeat(100_000)}\r\n\r\n`], /^(HTTP\/1\.1 431 |$)/],
      ['sends two lengths', [`${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`], /^HTTP\/1\.1 400 /],
      ['hangs up within a body', [`${head}Content-Length: 100\r\n\r\n{`, (socket) => socket.destroy()], /^$/],
      [
        'hangs up within a stream',
        [
          `POST /classify-all HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"error":"x"}\n{`,
          (socket) => socket.destroy(),
        ],
        /^/,
      ],
    ]) {
      test(name, async () => {
        assert.match(await talk(server.url, ...pieces), expected);
        assert.equal((await post(`${server.url}/classify`, JSON.stringify(known))).json.issue, 'SHOP-1');
        assert.equal(server.stderr(), '');
      });
    }
  });

  test('refreshes a list that changes', async () => {
    folder.file('rules.json', JSON.stringify([...RULES, { issue: 'SHOP-3', error: 'new' }]));
    let issue = null;
    while (issue === null) ({ issue } = (await post(`${server.url}/classify`, '{"error":"new"}')).json);
    assert.equal(issue, 'SHOP-3');
  });
});

/** Values by name and labels. Throws at what the text format does not allow. */
function parseMetrics(text) {
  const values = new Map();
  let family;
  assert.ok(text.endsWith('\n'));
  for (const line of text.split('\n').slice(0, -1)) {
    const comment = /^# (HELP|TYPE) (\w+) (.+)$/.exec(line);
    if (comment) {
      if (comment[1] === 'TYPE') assert.match(comment[3], /^(counter|gauge|histogram)$/);
      family = comment[2];
      continue;
    }
    const sample = /^([a-z_]+)(\{[a-z_]+="[^"\\\n]*"(?:,[a-z_]+="[^"\\\n]*")*\})? (\d+(?:\.\d+)?(?:e-?\d+)?)$/.exec(line);
    assert.ok(sample, line);
    assert.equal(sample[1].replace(/_(bucket|sum|count)$/, ''), family.replace(/_(bucket|sum|count)$/, ''));
    const key = sample[1] + (sample[2] ?? '');
    assert.ok(!values.has(key), key);
    values.set(key, Number(sample[3]));
  }
  return values;
}

describe('with a token', () => {
  const authorization = `Bearer ${TOKEN}`;
  let server;
  before(async () => {
    server = await start(['rules.json'], { KNOWN_FAILURES_TOKEN: TOKEN });
  });
  after(() => server.stop());

  test('every request needs it but /healthz', async () => {
    assert.equal((await ask(`${server.url}/healthz`)).status, 200);
    for (const [method, path] of [
      ['POST', '/classify'],
      ['POST', '/classify-all'],
      ['GET', '/rules'],
      ['PUT', '/rules'],
      ['GET', '/metrics'],
      ['GET', '/nothing'],
    ]) {
      for (const header of [undefined, 'Bearer', 'Bearer x', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN]) {
        const headers = header === undefined ? {} : { authorization: header };
        const answer = await ask(server.url + path, { method, headers, body: method === 'GET' ? undefined : '[]' });
        assert.deepEqual([answer.status, answer.json.error.code], [401, 'ERR_TOKEN'], `${method} ${path} ${header}`);
        assert.equal(answer.headers['www-authenticate'], 'Bearer realm="known-failures"');
      }
    }
    assert.equal((await ask(`${server.url}/metrics`, { headers: { authorization } })).status, 200);
  });

  test('PUT /rules puts a list in force, and refuses a bad one', async () => {
    const put = (body) => ask(`${server.url}/rules`, { method: 'PUT', body, headers: { authorization } });
    const classify = async (error) => (await post(`${server.url}/classify`, JSON.stringify({ error }), { authorization })).json;
    const { status, json } = await put('[{"issue":"A","error":"put"},{"issue":"B","error":"("}]');
    assert.deepEqual([status, json.active, json.rejected.length], [200, 1, 1]);
    assert.equal((await classify('put')).issue, 'A');
    for (const [body, code] of [
      ['[{', 'ERR_RULES_JSON'],
      ['{}', 'ERR_RULES_SHAPE'],
      ['[{"issue":"B","error":"("}]', 'ERR_RULES_UNUSABLE'],
    ]) {
      const refused = await put(body);
      assert.deepEqual([refused.status, refused.json.error.code], [422, code]);
    }
    assert.equal((await classify('put')).issue, 'A');
    assert.equal((await ask(`${server.url}/rules`, { headers: { authorization } })).json.report.version, json.version);
  });
});

test('on all addresses any Host will do, for there is a token', async () => {
  const server = await start(['rules.json', '--host', '0.0.0.0', '--token', TOKEN]);
  const url = server.url.replace('0.0.0.0', '127.0.0.1');
  const headers = { host: 'rules.example', authorization: `Bearer ${TOKEN}` };
  assert.equal((await ask(`${url}/rules`, { headers })).status, 200);
  assert.equal((await ask(`${url}/rules`, { headers: { host: 'rules.example' } })).status, 401);
  await server.stop();
});

test('a server without a source waits for a list', async () => {
  const server = await start(['--token', TOKEN]);
  const headers = { authorization: `Bearer ${TOKEN}` };
  assert.deepEqual((await ask(`${server.url}/rules`, { headers })).json, { source: null, report: null });
  assert.equal((await post(`${server.url}/classify-all`, '{"error":"x"}', headers)).status, 503);
  assert.equal((await ask(`${server.url}/rules`, { method: 'PUT', body: JSON.stringify(RULES), headers })).status, 200);
  assert.equal((await post(`${server.url}/classify`, JSON.stringify(known), headers)).json.issue, 'SHOP-1');
  assert.equal((await ask(`${server.url}/healthz`)).status, 200);
  await server.stop();
});

test('bodies in memory have a limit', () => {
  const memory = new BodyMemory(10);
  memory.take(6);
  assert.throws(() => memory.take(5), { status: 429, code: 'ERR_BUSY' });
  memory.take(4);
  memory.give(6);
  memory.take(5);
});

describe('a list from a URL', () => {
  test('that fails at first is none, until it comes', async () => {
    const list = await startServer((_, response) => response.writeHead(500).end());
    const server = await start([list.url, '--refresh', '1'], { TMPDIR: folder.path, TEMP: folder.path });
    try {
      assert.equal((await ask(`${server.url}/healthz`)).status, 503);
      const none = await post(`${server.url}/classify`, JSON.stringify(known));
      assert.deepEqual([none.status, none.json.error.code], [503, 'ERR_NO_RULES']);
      assert.match(server.stderr(), /^known-failures: .*500/);
    } finally {
      await server.stop();
      await list.stop();
    }
  });

  test('with a header', async () => {
    const list = await startServer((request, response) =>
      request.headers['x-key'] === 'k' ? response.end(JSON.stringify(RULES)) : response.writeHead(403).end(),
    );
    const server = await start([list.url, '--header', 'x-key: k'], { TMPDIR: folder.path, TEMP: folder.path });
    assert.equal(server.rules, 2);
    assert.equal(await server.stop(), 0);
    await list.stop();
  });
});

test('one request more than --max-requests is a 429', async () => {
  const server = await start(['rules.json', '--max-requests', '2']);
  const open = [1, 2].map(() => httpRequest(`${server.url}/classify-all`, { method: 'POST', agent: false }));
  const answers = open.map((request) => once(request, 'response'));
  for (const request of open) request.write('{"error":"x"}\n');
  for (const answer of answers) await answer;
  const refused = await post(`${server.url}/classify`, JSON.stringify(known));
  assert.deepEqual([refused.status, refused.json.error.code, refused.headers['retry-after']], [429, 'ERR_BUSY', '1']);
  assert.equal((await ask(`${server.url}/healthz`)).status, 200);
  for (const [index, request] of open.entries()) {
    request.end();
    const [response] = await answers[index];
    await response.toArray();
  }
  assert.equal((await post(`${server.url}/classify`, JSON.stringify(known))).status, 200);
  await server.stop();
});

describe('SIGTERM and SIGINT', { skip: process.platform === 'win32' && 'Windows has no signals' }, () => {
  for (const signal of ['SIGTERM', 'SIGINT']) {
    test(`${signal}: what was asked is answered, and no more is taken`, async () => {
      const server = await start(['rules.json']);
      // an idle connection that is kept open must not delay the end
      await fetch(`${server.url}/healthz`).then((response) => response.text());
      const request = httpRequest(`${server.url}/classify-all`, { method: 'POST' });
      request.write(`${JSON.stringify(known)}\n`);
      const [response] = await once(request, 'response');
      const answers = response.iterator();
      await answers.next();
      const ended = server.stop(signal);
      let refused;
      while (refused === undefined)
        refused = await ask(`${server.url}/healthz`).then(
          () => undefined,
          (error) => error.code,
        );
      // a connection that waits to be accepted when the server closes is reset
      assert.match(refused, /^(ECONNREFUSED|ECONNRESET)$/);
      request.end(`${JSON.stringify(known)}\n`);
      assert.equal(JSON.parse((await answers.next()).value).issue, 'SHOP-1');
      assert.equal((await answers.next()).done, true);
      assert.equal(await ended, 0);
      assert.equal(server.stderr(), '');
    });
  }

  test('what is not done within --grace is cut off', async () => {
    const server = await start(['rules.json', '--grace', '0']);
    const request = httpRequest(`${server.url}/classify-all`, { method: 'POST' });
    request.on('error', () => {});
    request.write(`${JSON.stringify(known)}\n`);
    const [response] = await once(request, 'response');
    const failed = once(response.resume(), 'error');
    assert.equal(await server.stop(), 0);
    assert.equal((await failed)[0].code, 'ECONNRESET');
  });
});

describe('what is wrong with the command line', () => {
  folder.file('bad.json', '[{');
  for (const [args, status, message] of [
    [[], 2, 'which rules? write known-failures serve RULES; or --token TOKEN, for lists that come by PUT /rules'],
    [['rules.json', 'b'], 2, 'one list of rules, but b follows; write known-failures serve RULES'],
    [
      ['rules.json', '--host', '0.0.0.0'],
      2,
      '--host 0.0.0.0: other machines can reach it; write --token TOKEN, or set KNOWN_FAILURES_TOKEN',
    ],
    [['rules.json', '--token', 'short'], 2, 'the token is too short to be a secret; take at least 16 characters'],
    [['rules.json', '--port', 'http'], 2, '--port must be an integer from 0 to 65535, not http'],
    [['rules.json', '--timeout', '0'], 2, '--timeout must be an integer from 1 to 3600, not 0'],
    [['ftp://x/y', '--port', '0'], 2, 'source must be a URL of http:, https: or file:, but is one of ftp:'],
    [['missing.json', '--port', '0'], 3, /^known-failures: The list of known failures in .*missing\.json does not exist\n$/],
    [
      ['bad.json', '--port', '0'],
      3,
      /^known-failures: The list of known failures in .*bad\.json was refused: .*line 1, offset 2\)\n$/,
    ],
  ]) {
    test(args.join(' ') || '(nothing)', async () => {
      const failed = await runIn(['serve', ...args], { cwd: folder.path });
      assert.deepEqual([failed.status, failed.stdout], [status, '']);
      if (typeof message === 'string') assert.equal(failed.stderr, `known-failures: ${message}\n`);
      else assert.match(failed.stderr, message);
    });
  }

  test('a port that is taken', async () => {
    const server = await start(['rules.json']);
    const { port } = new URL(server.url);
    const failed = await runIn(['serve', 'rules.json', '--port', port], { cwd: folder.path });
    assert.equal(failed.stderr, `known-failures: 127.0.0.1:${port} is taken; write --port with another one, or 0\n`);
    assert.equal(failed.status, 3);
    await server.stop();
  });
});

const noCurl = spawnSync('sh', ['-c', 'curl --version']).status !== 0 && 'there is no curl, or no shell';

test('docs/serve.md shows what the server answers', { skip: noCurl }, async () => {
  const docs = specFolder('serve-docs');
  const [{ typed, printed }, ...steps] = sessionOf('docs/serve.md', 'Classification over HTTP');
  docs.file(typed.replace('cat ', ''), printed);
  const server = await serve(['rules.json'], { cwd: docs.path });
  for (const step of steps) {
    const ran = await runClient('sh', ['-c', step.typed.replaceAll('http://127.0.0.1:7357', server.url)], '');
    assert.equal(ran.stdout, step.printed, step.typed);
  }
  assert.ok(steps.length > 3);
  await server.stop();
});

/** Not by `spawnSync`: this process must go on. */
async function runClient(command, args, token) {
  const child = spawn(command, args, { env: { ...process.env, KNOWN_FAILURES_TOKEN: token, PYTHONIOENCODING: 'utf-8' } });
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => stream.setEncoding('utf8').toArray());
  const [status] = await once(child, 'close');
  return { status, stdout: (await stdout).join(''), stderr: (await stderr).join('') };
}

describe('the clients of examples/clients', () => {
  const clients = fileURLToPath(new URL('../examples/clients/', import.meta.url));
  const missing = (command, args) => spawnSync(command, args).status !== 0 && `there is no ${command}`;
  let server;
  before(async () => {
    const lines = Array.from({ length: 5000 }, (_, n) =>
      JSON.stringify({ test: 'Cart › ä', error: n % 2 ? 'Timeout of 1ms' : 'x' }),
    );
    folder.file('failures.jsonl', `${lines.join('\n')}\n`);
    folder.file('client-rules.json', JSON.stringify(RULES));
    server = await start(['client-rules.json', '--token', TOKEN]);
  });
  after(() => server.stop());

  for (const [name, command, args, known] of [
    ['Python', 'python3', ['known_failures.py'], false],
    ['Java', 'java', ['KnownFailures.java'], true],
  ]) {
    test(name, { skip: missing(command, ['--version']) }, async () => {
      const ran = await runClient(command, [join(clients, args[0]), server.url, join(folder.path, 'failures.jsonl')], TOKEN);
      const [first, last] = ran.stdout.split('\n');
      assert.deepEqual([ran.stderr, ran.status], ['', 0]);
      assert.equal(JSON.parse(first).status, known ? 'Broken' : 'Failed');
      assert.equal(last, '2500 of 5000 failures are known');
      const refused = await runClient(
        command,
        [join(clients, args[0]), server.url, join(folder.path, 'failures.jsonl')],
        'wrong',
      );
      assert.notEqual(refused.status, 0);
      assert.match(refused.stderr, /401 .*ERR_TOKEN/);
    });
  }
});

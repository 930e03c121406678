// The real agent of Mocha against a server that writes down what it gets.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import RPClient from '@reportportal/client-javascript';
import { withKnownFailures } from 'known-failures/reportportal';
import { expected } from './expected.mjs';
import { path, run } from './install.mjs';

/** The list comes after most tests have ended. */
const LIST_DELAY_MS = 1500;

export async function reported() {
  const { server, items, fetches } = await serve();
  const address = `http://127.0.0.1:${server.address().port}`;
  try {
    const options = { endpoint: `${address}/api/v1`, apiKey: 'none', project: 'shop', launch: 'shop' };
    const args = Object.entries(options).flatMap(([name, value]) => ['--reporter-option', `${name}=${value}`]);
    const env = { KNOWN_FAILURES: `${address}/rules.json`, REPORTPORTAL_CLIENT_JS_NO_ANALYTICS: '1' };
    const { output } = await run(
      'mocha',
      ['--reporter', path('reportportal-reporter.cjs'), ...args, 'suites/cart.mocha.cjs'],
      env,
    );
    assert.doesNotMatch(output, /KnownFailuresWarning/);
  } finally {
    server.close();
  }
  const failures = [...items.values()].filter(({ end }) => end?.status === 'failed');
  assert.deepEqual(failures.map(({ name }) => name).sort(), Object.keys(expected).sort());
  for (const { name, end } of failures) checkIssue(name, end.issue, expected[name]);
  const others = [...items.values()].filter(({ end }) => end?.status !== 'failed');
  assert.ok(others.length > 0 && others.every(({ end }) => end && !('issue' in end)), 'all others end, without an issue');
  assert.equal(fetches.length, 1);
  const known = failures.filter(({ end }) => end.issue).length;
  return { failures: failures.length, known, where: 'issue of PUT item/…', fetches: fetches.length };
}

/** The newest client by hand: errors of nested steps, several errors, an item with an issue of its own. */
export async function sent() {
  const { server, items } = await serve();
  process.env.REPORTPORTAL_CLIENT_JS_NO_ANALYTICS = '1';
  const endpoint = `http://127.0.0.1:${server.address().port}/api/v1`;
  try {
    const client = new RPClient({ apiKey: 'none', endpoint, project: 'shop', launch: 'shop' });
    withKnownFailures(client, { rules: path('rules.json') });
    const launch = client.startLaunch({ name: 'shop' }).tempId;
    const start = (name, parent, more) => client.startTestItem({ name, type: 'STEP', ...more }, launch, parent).tempId;
    const log = (item, message) => client.sendLog(item, { level: 'ERROR', message });
    const end = (item, more) => client.finishTestItem(item, { status: 'FAILED', ...more });
    const suite = start('checkout', start('Cart'));
    const [known, unknown] = ['Error: Timeout of 100ms exceeded', 'AssertionError: 1 !== 2'];

    const nested = start('nested', suite);
    const step = start('a step', nested, { hasStats: false });
    log(step, known);
    end(step);
    end(nested);
    const mixed = start('mixed', suite);
    log(mixed, known);
    log(mixed, unknown);
    end(mixed);
    const own = start('own', suite);
    log(own, known);
    end(own, { issue: { issueType: 'ti001' } });
    await end(suite, { status: undefined }).promise;
  } finally {
    server.close();
  }
  const issues = Object.fromEntries([...items.values()].map(({ name, end }) => [name, end?.issue?.issueType]));
  assert.deepEqual(issues, {
    Cart: undefined,
    checkout: undefined,
    nested: 'pb001',
    'a step': undefined,
    mixed: undefined,
    own: 'ti001',
  });
  return { failures: 3, known: 1, where: 'issue of PUT item/…' };
}

function checkIssue(name, issue, known) {
  if (known === null) {
    assert.equal(issue, undefined, name);
    return;
  }
  const { comment, externalSystemIssues, ...rest } = issue;
  assert.deepEqual(rest, { issueType: 'pb001', ignoreAnalyzer: true });
  assert.ok(comment.startsWith(`Known failure ${known.issue} by rule `), comment);
  const [{ submitDate, ...ticket }] = externalSystemIssues;
  assert.ok(Number.isInteger(submitDate));
  assert.deepEqual(ticket, { ticketId: known.issue, url: known.url, btsUrl: 'https://bugs.example', btsProject: 'SHOP' });
}

/** As much of ReportPortal's API as the agent uses, and the list. */
async function serve() {
  const items = new Map();
  const fetches = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const answer = (value) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    if (request.url === '/rules.json') {
      fetches.push(request.url);
      setTimeout(async () => response.end(await readFile(path('rules.json'))), LIST_DELAY_MS);
      return;
    }
    const [, kind, id] = /\/(launch|item|log)\/?([^/]*)/.exec(request.url) ?? [];
    if (kind === 'item' && request.method === 'POST') {
      const uuid = `item-${items.size}`;
      items.set(uuid, { name: JSON.parse(body).name });
      answer({ id: uuid });
    } else if (kind === 'item' && request.method === 'PUT') {
      items.get(id).end = JSON.parse(body);
      answer({ message: 'finished' });
    } else {
      answer({ id: `${kind}-1`, number: 1 });
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { server, items, fetches };
}

// known-failures/cucumber without Cucumber: its messages, and the hook that attaches an issue. `npm run test:runners -- cucumber` has the rest.

import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import KnownFailures, { attachIssue } from 'known-failures/cucumber';

const rules = () => [
  { issue: 'SHOP-1', error: 'backend 503', test: '^Cart › returns › pays - #1\\.2$', url: 'https://issues.example.com/SHOP-1' },
];

const row = (id) => ({ id, cells: [] });
const scenario = { id: 's', name: 'pays', steps: [], examples: [{ tableBody: [row('r1'), row('r2')] }] };
const gherkinDocument = {
  uri: 'cart.feature',
  feature: { name: 'Cart', children: [{ rule: { name: 'returns', children: [{ scenario }] } }] },
};
const pickle = { id: 'p', uri: 'cart.feature', name: 'pays', astNodeIds: ['s', 'r2'], steps: [] };

/** What the hook attaches to a scenario. */
async function attachedBy(hook, result, told = pickle) {
  const attached = [];
  const world = { log: (text) => attached.push(text), attach: (...attachment) => attached.push(attachment) };
  await hook.call(world, { gherkinDocument, pickle: told, result });
  return attached;
}

test('attachIssue attaches the issue of a known failure, and nothing else', async () => {
  const warnings = [];
  const hook = attachIssue({ rules, warn: (message) => warnings.push(message) });
  const known = ['Known failure: SHOP-1', ['https://issues.example.com/SHOP-1', 'text/uri-list']];
  assert.deepEqual(await attachedBy(hook, { message: 'Error: backend 503' }), known);
  assert.deepEqual(await attachedBy(hook, { message: 'Error: backend 404' }), []);
  assert.deepEqual(await attachedBy(hook, { message: 'Error: backend 503' }, { ...pickle, astNodeIds: ['s', 'r1'] }), []);
  assert.deepEqual(await attachedBy(hook, { status: 'PASSED' }), []);
  assert.deepEqual(await attachedBy(hook, undefined), []);
  assert.deepEqual(warnings, []);
});

test('attachIssue never fails a scenario', async () => {
  const warnings = [];
  const hook = attachIssue({ rules, rulesWait: 1, warn: (message) => warnings.push(message) });
  const world = {
    log() {
      throw new Error('Cannot attach');
    },
  };
  await hook.call(world, { gherkinDocument, pickle, result: { message: 'Error: backend 503' } });
  assert.equal(warnings.length, 2);
  assert.match(warnings[0], /rulesWait.*rulesWaitMs/);
  assert.match(warnings[1], /Cannot attach/);
});

test('the formatter takes messages that it does not expect', async () => {
  const eventBroadcaster = new EventEmitter();
  const reports = [];
  const options = { rules, summary: false, onReport: (report) => reports.push(report), warn: () => {} };
  const formatter = new KnownFailures({
    eventBroadcaster,
    parsedArgvOptions: { knownFailures: options },
    cleanup: async () => {},
  });
  const timestamp = { seconds: 1, nanos: 0 };
  const take = (envelope) => eventBroadcaster.emit('envelope', envelope);
  take({ gherkinDocument });
  take({ pickle });
  take({ testCase: { id: 't', pickleId: 'p', testSteps: [{ id: '1', hookId: 'unknown' }] } });
  take({ testCaseStarted: { id: 'a', testCaseId: 't', attempt: 0, timestamp } });
  take({ testStepStarted: { testCaseStartedId: 'a', testStepId: '1', timestamp } });
  take({ testStepFinished: { testCaseStartedId: 'other', testStepId: '1', testStepResult: { status: 'FAILED' }, timestamp } });
  take({
    testStepFinished: {
      testCaseStartedId: 'a',
      testStepId: '1',
      testStepResult: { status: 'FAILED', message: 'backend 503' },
      timestamp,
    },
  });
  take({ testCaseFinished: { testCaseStartedId: 'a', timestamp } });
  take({ testCaseFinished: { testCaseStartedId: 'a', timestamp } });
  take({ somethingNew: {} });
  take({ testCaseStarted: { id: 'b', testCaseId: 'never told', attempt: 0, timestamp } });
  await formatter.finished();
  const [{ tests }] = reports;
  assert.deepEqual(
    tests.map(({ name, status, issue }) => [name, status, issue]),
    [['Cart › returns › pays - #1.2', 'Broken', 'SHOP-1']],
  );
});

// known-failures/playwright, called as Playwright calls it: what its real runs cannot show for certain, or not quickly.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import KnownFailures from 'known-failures/playwright';

const RULES = [{ issue: 'SHOP-1', error: 'boom', test: '^Cart › pays$' }];

/** A run of one file. `tests` are `{ title, expectedStatus?, results }`. */
async function runOf(tests, { given = {}, errors = [] } = {}) {
  let report;
  const warnings = [];
  const reporter = new KnownFailures({
    configDir: '/shop',
    _mode: 'test',
    rules: () => RULES,
    summary: false,
    onReport: (run) => (report = run),
    warn: (message) => warnings.push(message),
    ...given,
  });
  const cases = tests.map(testCase);
  reporter.onBegin({ version: '1.65.1' }, { allTests: () => cases });
  for (const error of errors) reporter.onError(error);
  for (const one of cases)
    for (const result of one.results) {
      reporter.onTestBegin(one, result);
      reporter.onTestEnd(one, result);
    }
  await reporter.onEnd();
  const annotations = cases.map((one) => [one.annotations, ...one.results.map((result) => result.annotations)]);
  await reporter.onExit();
  return { report, warnings, annotations };
}

const testCase = ({ title, expectedStatus = 'passed', results }, index) => ({
  id: `id-${index}`,
  title,
  expectedStatus,
  annotations: [],
  location: { file: 'cart.spec.js' },
  parent: { project: () => ({ name: 'firefox' }) },
  titlePath: () => ['', 'firefox', 'cart.spec.js', 'Cart', title],
  results: results.map((result, retry) => ({
    retry,
    status: 'failed',
    errors: [],
    steps: [],
    annotations: [],
    startTime: new Date(),
    duration: 1,
    ...result,
  })),
});

const boom = { errors: [{ message: 'boom', stack: 'Error: boom\n    at cart.spec.js:1:1' }] };
const issue = { type: 'issue', description: 'SHOP-1' };

test('an issue is noted in the results that failed by it, and in the test if the last one did', async () => {
  const { annotations } = await runOf([
    { title: 'pays', results: [boom, { status: 'passed' }] },
    { title: 'pays', results: [boom, boom] },
    { title: 'refunds', results: [boom] },
  ]);
  assert.deepEqual(annotations, [
    [[], [issue], []],
    [[issue], [issue], [issue]],
    [[], []],
  ]);
});

test('a known error beside an unknown one is not noted', async () => {
  const { annotations, report } = await runOf([
    { title: 'pays', results: [{ errors: [...boom.errors, { message: 'who knows' }] }] },
  ]);
  assert.deepEqual(annotations, [[[], []]]);
  assert.equal(report.tests[0].status, 'Failed');
});

test('onEnd waits for a list that is slow', async () => {
  const rules = () => new Promise((resolve) => setTimeout(resolve, 50, RULES));
  const { annotations } = await runOf([{ title: 'pays', results: [boom] }], { given: { rules } });
  assert.deepEqual(annotations, [[[issue], [issue]]]);
});

for (const [told, given, expected] of [
  ['a failure that is expected passes', { expectedStatus: 'failed', results: [boom] }, ['passed', []]],
  [
    'one that is expected and does not come fails',
    { expectedStatus: 'failed', results: [{ status: 'passed' }] },
    ['Failed', ['Expected to fail, but passed.']],
  ],
  ['a timeout is a failure', { results: [{ ...boom, status: 'timedOut' }] }, ['Broken', ['Error: boom']]],
  ['an interrupted test is unfinished', { results: [{ ...boom, status: 'interrupted' }] }, ['unfinished', ['Error: boom']]],
  ['a skipped test is skipped', { expectedStatus: 'skipped', results: [{ status: 'skipped' }] }, ['skipped', []]],
]) {
  test(told, async () => {
    const { report } = await runOf([{ title: 'pays', ...given }]);
    const [{ status, attempts }] = report.tests;
    const firstLines = attempts.flatMap(({ failures }) => failures.map(({ text }) => text.split('\n', 1)[0]));
    assert.deepEqual([status, firstLines], expected);
  });
}

test('steps are a tree; one that never ended is unfinished', async () => {
  const at = (ms) => new Date(Date.now() + ms);
  const inner = { title: 'inner', startTime: at(1), duration: -1, steps: [] };
  const outer = { title: 'outer', startTime: at(0), duration: 5, error: { message: 'boom' }, steps: [inner] };
  const { report } = await runOf([{ title: 'pays', results: [{ ...boom, steps: [outer] }] }]);
  const [{ steps, messages }] = report.tests;
  assert.deepEqual(messages, ['project: firefox']);
  assert.deepEqual([steps[0].title, steps[0].status, steps[0].durationMs], ['outer', 'failed', 5]);
  assert.deepEqual([steps[0].steps[0].title, steps[0].steps[0].status], ['inner', 'unfinished']);
});

test('an error is that of a file if no test was found, else that of the run', async () => {
  const kindsOf = async (tests, ...errors) => {
    const { report } = await runOf(tests, { errors });
    return report.tests.filter(({ kind }) => kind !== 'test').map(({ kind, title }) => `${kind}: ${title}`);
  };
  const missing = { message: "Error: Cannot find module '/shop/a' imported from /shop/b.spec.js" };
  const unparsable = { message: 'SyntaxError: b.spec.js', location: { file: '/shop/b.spec.js', line: 1, column: 1 } };
  const none = { message: 'Error: No tests found' };
  assert.deepEqual(await kindsOf([], missing, none), ['file: /shop/b.spec.js']);
  assert.deepEqual(await kindsOf([], unparsable, none), ['file: /shop/b.spec.js']);
  assert.deepEqual(await kindsOf([], none), ['run: run']);
  assert.deepEqual(await kindsOf([{ title: 'pays', results: [] }], { message: 'worker died' }), ['run: run']);
});

test('a wrong option is a warning, and the run goes on', async () => {
  const { warnings, report } = await runOf([{ title: 'pays', results: [boom] }], { given: { projectInNames: true } });
  assert.match(warnings.join('\n'), /known-failures\/playwright: .*projectInNames.*projectInName/);
  assert.equal(report.tests[0].name, 'Cart › pays');
});

test('the project is in the name if that is wanted', async () => {
  const { report } = await runOf([{ title: 'pays', results: [boom] }], { given: { projectInName: true } });
  assert.equal(report.tests[0].name, 'firefox › Cart › pays');
});

test('`--list` records nothing', async () => {
  const { report } = await runOf([{ title: 'pays', results: [] }], { given: { _mode: 'list' } });
  assert.equal(report, undefined);
});

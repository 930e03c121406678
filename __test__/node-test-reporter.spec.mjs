// known-failures/node-test, run by `node --test` of the Node that runs this.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createReporter } from 'known-failures/node-test';
import { outcomeOf } from './runners/examples/expected.mjs';

const cwd = fileURLToPath(new URL('node-test/', import.meta.url));

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'known-failures-node-test-'));
});
after(() => rm(folder, { recursive: true }));

/** Runs Node with the reporter; gives what it printed, its exit code and the report. */
async function run(args, env = {}) {
  const report = join(folder, 'run.json');
  const { NODE_TEST_CONTEXT, NODE_OPTIONS, ...outer } = process.env;
  const options = { KNOWN_FAILURES_RULES: 'rules.json', KNOWN_FAILURES_REPORT: report, ...env };
  const ended = await new Promise((resolve) => {
    const given = ['--test-reporter', 'known-failures/node-test', ...args];
    execFile(process.execPath, given, { cwd, env: { ...outer, ...options } }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
  return { ...ended, report: JSON.parse(await readFile(report, 'utf8').catch(() => 'null')) };
}

/** File → what is recorded of it, in order. */
const FILES = {
  'outcomes.mjs': [
    ['Cart › passes', 'passed'],
    ['Cart › twice', 'passed'],
    ['Cart › twice', 'Broken KNOWN'],
    ['Cart › caused', 'Broken KNOWN'],
    ['Cart › text', 'Broken KNOWN'],
    ['Cart › undefined', 'Failed no-match'],
    ['Cart › late', 'Broken LATE'],
    ['Cart › off', 'skipped'],
    ['Cart › off, because', 'skipped'],
    ['Cart › to do', 'skipped'],
    ['Cart › done', 'passed'],
    ['Cart › after each › passes', 'Broken KNOWN'],
    ['Cart › before each › never runs', 'Broken KNOWN'],
    ['Cart › before › is cancelled', 'unfinished no-match'],
    ['Cart › before › before hook', 'hook: Broken KNOWN'],
    ['Cart › after › passes', 'passed'],
    ['Cart › after › after hook', 'hook: Broken KNOWN'],
    ['Cart › its function › is cancelled', 'unfinished no-match'],
    ['Cart › its function', 'file: Broken KNOWN'],
    ['a test with subtests › passes', 'passed'],
    ['a test with subtests › fails', 'Broken KNOWN'],
    ['fails beside its subtests › passes', 'passed'],
    ['fails beside its subtests', 'Broken KNOWN'],
    ['throws later', 'Broken KNOWN'],
  ],
  // what a file printed before is not why it failed
  'does-not-load.mjs': [['does-not-load.mjs', 'file: Broken MISSING']],
  // without a report of Node, the reason is somewhere in what it printed
  'exits.mjs': [
    ['passes', 'passed'],
    ['exits.mjs', 'file: Broken KNOWN'],
  ],
  'hook.mjs': [
    ['passes', 'passed'],
    ['hook', 'hook: Broken KNOWN'],
  ],
  'script.mjs': [['script.mjs', 'passed']],
};

for (const [file, expected] of Object.entries(FILES)) {
  test(`node --test ${file}`, async () => {
    const { report, code, stdout, stderr } = await run(['--test', file]);
    assert.deepEqual(
      report?.tests.map((recorded) => [recorded.name, outcomeOf(recorded)]),
      expected,
      `${stdout}\n${stderr}`,
    );
    assert.equal(code, file === 'script.mjs' ? 0 : 1);
    assert.equal(stdout.match(/^Known failures /gm).length, 1);
    assert.deepEqual(report.runner, { name: 'node:test', version: process.versions.node });
    for (const recorded of report.tests) assert.equal(recorded.file?.endsWith(file), true, recorded.name);
  });
}

test('a file that is run without `--test`', async () => {
  const { report } = await run(['outcomes.mjs']);
  assert.deepEqual(
    report.tests.map((recorded) => [recorded.name, outcomeOf(recorded)]),
    FILES['outcomes.mjs'],
  );
});

test('options of the environment have the types of the options', async () => {
  const { stdout, stderr } = await run(['--test', 'hook.mjs'], {
    KNOWN_FAILURES_SUMMARY: 'false',
    KNOWN_FAILURES_RULES_WAIT_MS: '5000',
    KNOWN_FAILURES_RULES_OPTIONS: '{ "refreshMs": false }',
  });
  assert.equal(stdout, '');
  assert.equal(stderr, '');
});

test('a wrong option is a warning, and the run goes on', async () => {
  const { report, stderr, code } = await run(['--test', 'hook.mjs'], {
    KNOWN_FAILURES_RULES_WAIT_MS: 'soon',
    KNOWN_FAILURES_ERRORS: 'some',
    KNOWN_FAILURES_REPROT: 'misspelt.json',
    KNOWN_FAILURES_TOKEN: 'of somebody else',
    KNOWN_FAILURES_RULES_OPTIONS: '{ "refreshMs": ',
  });
  assert.match(stderr, /known-failures\/node-test: options\.rulesWaitMs must be a number/);
  assert.match(stderr, /options has no `reprot`: did you mean `report`\?/);
  assert.doesNotMatch(stderr, /token/i);
  assert.match(stderr, /options\.errors must be 'any' or 'all'/);
  assert.match(stderr, /options\.rulesOptions must be an object/);
  assert.equal(code, 1);
  assert.equal(report.counts.broken, 1);
});

test('a path is one of the folder in which the run began', async (t) => {
  const began = process.cwd();
  t.after(() => process.chdir(began));
  const [first, second] = await Promise.all(['first', 'second'].map((name) => mkdtemp(join(folder, name))));
  async function* source() {
    process.chdir(second);
    yield { type: 'test:pass', data: { name: 'passes', nesting: 0, details: {} } };
  }
  process.chdir(first);
  for await (const _ of createReporter({ report: 'run.json', page: 'pages/run.html', junit: 'run.xml' })(source()));
  assert.deepEqual([(await readdir(first)).sort(), await readdir(second)], [['pages', 'run.json', 'run.xml'], []]);
});

test('a process that exits before the verdicts are there says so', async () => {
  const { stderr, code } = await run(['exit-now.mjs']);
  assert.match(stderr, /known-failures\/node-test: the process exits before all verdicts are there/);
  assert.equal(code, 7);
});

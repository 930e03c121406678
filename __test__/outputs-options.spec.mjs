// The options `junit` and `github` of the adapters.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';

const { openSession } = createRequire(import.meta.url)('../lib/runners/session.js');
const NAMES = ['GITHUB_ACTIONS', 'GITHUB_STEP_SUMMARY'];
const given = NAMES.map((name) => [name, process.env[name]]);

let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'known-failures-'));
});

beforeEach(() => {
  for (const name of NAMES) delete process.env[name];
});

after(async () => {
  for (const [name, value] of given) if (value !== undefined) process.env[name] = value;
  await rm(folder, { recursive: true });
});

/** Runs a failing test with these options; gives what was printed and warned. */
async function run(options, error = 'boom') {
  const warnings = [];
  let printed = '';
  const warn = (message) => warnings.push(message);
  const print = (text) => {
    printed += text;
  };
  const session = openSession({ summary: false, warn, ...options }, { functionName: 'test', runner: null, print });
  session.recorder.endTest({ id: '1', title: 'adds', status: 'failed', error });
  await session.finish();
  return { printed, warnings };
}

test('junit writes the report to a path, and makes its folder', async () => {
  const junit = join(folder, 'a/b/junit.xml');
  const { warnings } = await run({ junit });
  assert.match(
    await readFile(junit, 'utf8'),
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites .*<failure message="boom"/s,
  );
  assert.deepEqual(warnings, []);
});

for (const [github, isActions, isWritten] of [
  [undefined, undefined, false],
  ['auto', 'true', true],
  [undefined, 'true', true],
  ['auto', 'false', false],
  [false, 'true', false],
  [true, undefined, true],
]) {
  test(`github: ${github} where GITHUB_ACTIONS is ${isActions}`, async () => {
    const path = join(folder, `${github}-${isActions}.md`);
    process.env.GITHUB_STEP_SUMMARY = path;
    if (isActions) process.env.GITHUB_ACTIONS = isActions;
    const { printed, warnings } = await run({ github });
    assert.equal(printed.includes('\n::error title=Failed%3A adds::boom\n'), isWritten);
    assert.equal((await readFile(path, 'utf8').catch(() => '')).includes('<b>adds</b>'), isWritten);
    assert.deepEqual(warnings, []);
  });
}

test('an output that cannot be written is a warning, and the others come', async () => {
  process.env.GITHUB_STEP_SUMMARY = folder;
  const report = join(folder, 'run.json');
  const { warnings } = await run({ github: true, junit: folder, report });
  assert.equal(warnings.length, 2);
  // its own path, and not that of the temporary file beside it
  assert.match(warnings[0], /^known-failures: `junit` could not be written to /);
  assert.ok(warnings[0].includes(`to ${folder}: EISDIR: `), warnings[0]);
  assert.doesNotMatch(warnings[0], /\.tmp/);
  assert.match(warnings[1], /^known-failures: `github` could not be written: /);
  assert.equal(JSON.parse(await readFile(report, 'utf8')).counts.failed, 1);
});

for (const [error, isActions, isStopped] of [
  ['boom\n::error::injected', 'true', true],
  ['boom\n##[error]injected', 'true', true],
  ['boom', 'true', false],
  ['boom\n::error::injected', undefined, false],
]) {
  test(`the summary runs no commands: ${JSON.stringify(error)} where GITHUB_ACTIONS is ${isActions}`, async () => {
    if (isActions) process.env.GITHUB_ACTIONS = isActions;
    const { printed } = await run({ github: false, summary: true }, error);
    const stopped = /\n::stop-commands::(\w{32})\n.*\n::\1::\n/s.exec(printed);
    assert.equal(stopped !== null, isStopped, printed);
    if (isStopped) assert.ok(!printed.replace(stopped[0], '').includes('injected'));
    assert.ok(printed.includes(error.split('\n')[0]));
  });
}

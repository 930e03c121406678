// Failures of any number in a small heap: a child with 48 MB of old space reads and replays 400 MB. What kept them would end it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const COUNT = 100_000;
const program = fileURLToPath(new URL('../../lib/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'known-failures-replay-ci-'));
after(() => rmSync(folder, { recursive: true }));

const text = (index) => `Error: number ${index % 100}\n${`    at step (/home/ci/shop/${index}.ts:1:2)\n`.repeat(100)}`;

const FORMATS = {
  'failures.jsonl': {
    begin: '',
    failure: (index) => `${JSON.stringify({ test: `Cart › ${index}`, error: text(index) })}\n`,
    end: '',
  },
  'failures.xml': {
    begin: '<testsuites><testsuite name="s">',
    failure: (index) => `<testcase classname="Cart" name="${index}"><failure>${text(index)}</failure></testcase>\n`,
    end: '</testsuite></testsuites>',
  },
};

for (const [name, { begin, failure, end }] of Object.entries(FORMATS)) {
  test(`replay of ${name}`, async () => {
    const path = join(folder, name);
    const parts = function* () {
      yield begin;
      for (let index = 0; index < COUNT; index++) yield failure(index);
      yield end;
    };
    await pipeline(Readable.from(parts()), createWriteStream(path));
    assert.ok(statSync(path).size > 350_000_000);
    const list = (issues) =>
      JSON.stringify(issues.map((index) => ({ issue: `SHOP-${index}`, error: `number ${index}$`, flags: 'm' })));
    writeFileSync(join(folder, 'old.json'), list([1, 2]));
    writeFileSync(join(folder, 'new.json'), list([2, 3, 4]));
    const { status, stdout, stderr } = await run(['replay', 'new.json', '--against', 'old.json', name, '--json']);
    assert.deepEqual([status, stderr], [0, '']);
    const { failures, newlyBroken, newlyFailed, changedIssue } = JSON.parse(stdout).counts;
    assert.deepEqual([failures, newlyBroken, newlyFailed, changedIssue], [COUNT, COUNT / 50, COUNT / 100, 0]);
  });
}

function run(args) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NODE_OPTIONS: '--max-old-space-size=48' };
    const child = spawn(process.execPath, [program, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', (part) => {
        output[stream] += part;
      });
    }
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...output }));
  });
}

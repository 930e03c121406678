// A process in which only workers load the addon, one after the other: each ends before the next one starts, and with the last of
// them Node could unload it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';

const addon = new URL('../index.js', import.meta.url).href;

const WORKER = `
  const { parentPort } = require('node:worker_threads');
  import(${JSON.stringify(addon)}).then(async ({ classify, classifyAll, loadRules }) => {
    await loadRules([{ issue: 'A', error: 'boom' }]);
    const [{ issue }, all] = [await classify('', 'boom'), await classifyAll(new Array(2000).fill({ error: 'x boom' }))];
    parentPort.postMessage(issue + all.filter((verdict) => verdict.status === 'Broken').length);
  });`;

const MAIN = `
  import { once } from 'node:events';
  import { Worker } from 'node:worker_threads';
  for (let round = 0; round < 6; round++) {
    const worker = new Worker(${JSON.stringify(WORKER)}, { eval: true, execArgv: [] });
    const [[answer], [code]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
    console.log(answer, code);
  }`;

test('workers load the addon one after the other, and the main thread never', () => {
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', MAIN], { encoding: 'utf8', timeout: 60_000 });
  assert.equal(output, 'A2000 0\n'.repeat(6));
});

// The quick start prints what its rules say.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

test('the quick start loads two of three rules and classifies three failures', async () => {
  const file = fileURLToPath(new URL('../examples/quick-start.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [file]);
  const [loaded, rejected, ...verdicts] = stdout.trimEnd().split('\n');
  assert.equal(loaded, '2 of 3 rules in force');
  assert.match(rejected, /^rule 2: ERR_PATTERN_SYNTAX, .+ \(at \d+\)$/);
  assert.deepEqual(verdicts, [
    'Cart › pays by card: Broken, SHOP-1432: checkout is slow, by "Timeout of 5000ms exceeded"',
    'Login › remembers me: Failed',
    'Login › logs out: Broken, GRID-7: the hub drops sessions, by "Session not created"',
  ]);
});

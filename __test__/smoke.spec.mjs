// The smoke suite of Bun and Deno, on this Node.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

test('the smoke suite passes', async () => {
  const file = fileURLToPath(new URL('smoke/main.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [file]);
  const passed = stdout.match(/^ok /gm).length;
  assert.equal(stdout.trimEnd().split('\n').at(-1), `1..${passed}`);
});

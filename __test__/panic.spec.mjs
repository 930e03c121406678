// A panic in the engine is a rejection that names itself, not the end of the process. Cannot be brought about from outside, so
// an addon is built that does it when asked: debug, for `cargo test` has compiled most of that already.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

// the panics are wanted: their backtraces would only frighten
process.env.RUST_BACKTRACE = '0';

const BUILD = ['build', '--lib', '--features', 'panic-test', '--message-format', 'json-render-diagnostics'];

function buildPanicking() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const stdout = execFileSync('cargo', BUILD, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
  });
  const library = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter((message) => message.reason === 'compiler-artifact' && message.target.kind.includes('cdylib'))
    .flatMap((message) => message.filenames)
    .find((file) => /\.(?:so|dylib|dll)$/.test(file));
  const addon = join(mkdtempSync(join(tmpdir(), 'known-failures-')), 'panicking.node');
  copyFileSync(library, addon);
  return createRequire(import.meta.url)(addon);
}

test('a panic is a rejection, and the next call is answered', async () => {
  const { classify, classifyAll, loadRules } = buildPanicking();
  await loadRules([{ issue: 'A', error: 'boom' }]);
  for (const call of [() => classify('', 'panic!'), () => classifyAll([{ error: 'boom' }, { error: 'panic!' }])]) {
    for (let round = 0; round < 10; round++) {
      await assert.rejects(call(), {
        constructor: Error,
        code: 'ERR_INTERNAL',
        message: 'known-failures ran into a bug of its own: asked for by the test',
      });
      assert.equal((await classify('', 'boom')).issue, 'A');
    }
  }
});

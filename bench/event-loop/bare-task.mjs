// The addon, built for release with `bareTask`: an AsyncTask per call that does nothing.

import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cacheFile, root } from '../harness/lists.mjs';

/** @returns {string} where it is. `KNOWN_FAILURES_BARE_TASK` names one that is built already */
function build() {
  if (process.env.KNOWN_FAILURES_BARE_TASK) return process.env.KNOWN_FAILURES_BARE_TASK;
  const folder = dirname(cacheFile('bare-task', 'known-failures.node'));
  const args = ['napi', 'build', '--platform', '--release', '--features', 'bare-task', '--output-dir', folder];
  execFileSync('npx', [...args, '--js', 'unused.cjs', '--dts', 'unused.d.ts'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.node')),
  );
}

const require = createRequire(import.meta.url);
const FILES = ['../../index.js', '../../native.js'].map((file) => require.resolve(file));

/**
 * The package over that addon, beside the one that other scenarios of this process may have loaded.
 *
 * @returns {typeof import('../../index.js') & { bareTask(test: string, error: string): Promise<void> }}
 */
export function loadWithBareTask() {
  const addon = build();
  const others = FILES.map((file) => require.cache[file]);
  const forget = () => {
    for (const file of FILES) delete require.cache[file];
  };
  forget();
  process.env.NAPI_RS_NATIVE_LIBRARY_PATH = addon;
  const [index, native] = FILES.map((file) => require(file));
  delete process.env.NAPI_RS_NATIVE_LIBRARY_PATH;
  forget();
  FILES.forEach((file, at) => {
    if (others[at]) require.cache[file] = others[at];
  });
  return { ...index, bareTask: native.bareTask };
}

// The addon, built with a task that does nothing to be compared with. Release, as it is shipped.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** @returns {string} where it is. `KNOWN_FAILURES_BARE_TASK` names one that is built already */
export function buildWithBareTask() {
  if (process.env.KNOWN_FAILURES_BARE_TASK) return process.env.KNOWN_FAILURES_BARE_TASK;
  const folder = join(root, '.cache', 'bench', 'bare-task');
  mkdirSync(folder, { recursive: true });
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

/** @returns {typeof import('../../../index.js') & { bareTask(test: string, error: string): Promise<void> }} */
export const loadAddon = (path) => createRequire(import.meta.url)(path);

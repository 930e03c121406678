// A process per error with the rules in shared memory: how it was done before the addon. Only as many at a time as a machine survives.

import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';

const shm = createRequire(import.meta.url)('shm-typed-array');
const atATime = 2 * availableParallelism();
const worker = new URL('fork-worker.mjs', import.meta.url);

export async function start(path) {
  const bytes = readFileSync(path);
  const shared = shm.create(bytes.length, 'Buffer');
  bytes.copy(shared);
  const waiting = [];
  const pids = new Set();
  const next = () => {
    if (pids.size >= atATime || waiting.length === 0) return;
    const { test, error, resolve, reject } = waiting.shift();
    const child = fork(worker, [String(shared.key), String(bytes.length)], { execArgv: [] });
    const { pid } = child;
    pids.add(pid);
    child.once('message', (issue) => resolve(issue));
    child.once('error', reject);
    child.once('exit', (code) => {
      pids.delete(pid);
      reject(new Error(`ended with ${code}`));
      next();
    });
    child.send({ test, error });
  };
  process.on('exit', () => shm.destroy(shared.key));
  return {
    classify: (test, error) =>
      new Promise((resolve, reject) => {
        waiting.push({ test, error, resolve, reject });
        next();
      }),
    otherRss() {
      let pages = 0;
      for (const pid of pids) {
        try {
          pages += Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]);
        } catch {
          // it has ended, or this is not Linux
        }
      }
      return pages * 4096;
    },
  };
}

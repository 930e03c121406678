// Worker threads with the JavaScript loop, as many as there are cores.

import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';

export async function start(path) {
  const threads = availableParallelism();
  const pool = new Piscina({
    filename: fileURLToPath(new URL('piscina-worker.mjs', import.meta.url)),
    workerData: path,
    minThreads: threads,
    maxThreads: threads,
  });
  await pool.run({ test: '', error: '' });
  return { classify: (test, error) => pool.run({ test, error }) };
}

// Runs code in a worker thread, for specs.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export const ADDON = new URL('../index.js', import.meta.url).href;

/** Runs `body` in a worker, with the package as `kf`; gives what it returns. */
export async function inWorker(body) {
  const source = `import { parentPort } from 'node:worker_threads';
    import * as kf from ${JSON.stringify(ADDON)};
    parentPort.postMessage(await (async () => { ${body} })());`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
  // it may exit before its message is read
  const exited = once(worker, 'exit');
  const [message] = await once(worker, 'message');
  const [code] = await exited;
  assert.equal(code, 0);
  return message;
}

/**
 * Rules that take the engine minutes with `SLOW_TEXT`: a back-reference keeps a pattern from the linear engine, each runs to its step
 * budget, and no literal is missing from the text.
 */
export const SLOW_RULES = Array.from({ length: 400 }, (_, index) => ({
  issue: `S-${index}`,
  error: `([xy])[^]*\\1{${index + 2}}`,
}));
export const SLOW_TEXT = 'xy'.repeat(200_000);

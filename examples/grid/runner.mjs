// Runs tests on the Grid: all are in flight at once, and the Grid gives each a browser when a slot is free.

import { setTimeout as sleep } from 'node:timers/promises';
import { Browser } from './browser.mjs';
import { TestLog } from './test-log.mjs';

/** The second node dies once two tests use it, while they wait for it. */
const NODE_USERS = 2;
const NODE_DIES_MS = 500;

/**
 * @param {import('./tests/index.mjs').Test[]} tests
 * @param {import('../log-plugin/plugin.mjs').LogPlugin} plugin
 * @param {object} options
 * @param {import('./browser.mjs').Lab} options.lab
 * @param {Awaited<ReturnType<typeof import('./selenium-grid.mjs').startGrid>>} options.grid
 * @param {import('../demo/event-stream.mjs').EventStream} options.events
 * @param {(status: string) => void} options.onEnd
 * @returns {Promise<import('../demo/runner.mjs').Outcome[]>} the failed tests
 */
export async function runTests(tests, plugin, { lab, grid, events, onEnd }) {
  const outcomes = [];
  let nodeUsers = 0;
  const secondNodeIsUsed = async () => {
    nodeUsers += 1;
    if (nodeUsers !== NODE_USERS) return;
    await sleep(NODE_DIES_MS);
    grid.killNode('second');
  };
  const endSession = (session) => fetch(`${lab.url}/session/${session.getId()}`, { method: 'DELETE' });

  await Promise.all(
    tests.map(async ({ suites, title, wants, run }, index) => {
      const id = String(index + 1);
      plugin.startTest({ id, suites, title });
      const log = new TestLog(id, events);
      const result = await attempt(() => Browser.open(lab, log, wants), { log, run, secondNodeIsUsed, endSession });
      const test = await plugin.endTest({ id, ...result });
      if (result.status === 'failed') outcomes.push({ id: index + 1, test, error: result.error });
      onEnd(test.status);
    }),
  );
  return outcomes;
}

/**
 * The duration does not count how long the test waited for its browser.
 *
 * @returns {Promise<{ status: 'passed' | 'failed', error?: unknown, durationMs: number }>}
 */
async function attempt(open, { run, ...context }) {
  let startedAt = performance.now();
  let browser;
  try {
    browser = await open();
    startedAt = performance.now();
    await run({ browser, ...context });
    return { status: 'passed', durationMs: performance.now() - startedAt };
  } catch (error) {
    return { status: 'failed', error, durationMs: performance.now() - startedAt };
  } finally {
    await browser?.close();
  }
}

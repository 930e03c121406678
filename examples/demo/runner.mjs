// A small test runner: a fixed number of tests at a time, each with nested steps that log. The plugin hears of them by events.

import { setTimeout as sleep } from 'node:timers/promises';
import { entities, kebab, methods, parts, plural } from '../../bench/data/words.mjs';
import { fail } from './failures.mjs';

/**
 * @typedef {object} Plan what a test does
 * @property {string} id
 * @property {string[]} suites
 * @property {string} title
 * @property {import('../../bench/data/index.mjs').Random} random
 * @property {import('../../bench/data/errors.mjs').FailedTest | null} failed how it fails, or null if it passes
 *
 * @typedef {object} Outcome of a failed test
 * @property {number} id its place in the plan
 * @property {import('../../lib/recorder/index.js').RecordedTest} test
 * @property {unknown} error
 */

/**
 * Runs all tests and counts the finished ones in `progress`.
 *
 * @param {Plan[]} plans
 * @param {import('../log-plugin/plugin.mjs').LogPlugin} plugin
 * @param {{ concurrency: number, events: import('./event-stream.mjs').EventStream, progress: import('./progress.mjs').Progress, verdictWait: { record(ms: number): void } }} options
 * @returns {Promise<Outcome[]>} the failed tests
 */
export async function runTests(plans, plugin, { concurrency, events, progress, verdictWait }) {
  /** @type {Outcome[]} */
  const outcomes = [];
  const queue = plans.values();
  async function lane() {
    // The lanes share the iterator, so each test runs once.
    for (const plan of queue) {
      plugin.startTest({ id: plan.id, suites: plan.suites, title: plan.title });
      const result = await attempt(plan, events);
      const endedAt = performance.now();
      const test = await plugin.endTest({ id: plan.id, ...result });
      if (result.status === 'failed') {
        verdictWait.record(performance.now() - endedAt);
        outcomes.push({ id: Number(plan.id), test, error: result.error });
      }
      progress.ended(test.status);
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane));
  return outcomes;
}

/** @returns {Promise<{ status: 'passed' | 'failed', error?: unknown }>} */
async function attempt(plan, events) {
  try {
    await script(plan, new Steps(plan.id, events));
    return { status: 'passed' };
  } catch (error) {
    return { status: 'failed', error };
  }
}

/** Emits the steps of one test as events. */
class Steps {
  #count = 0;
  #test;
  #events;

  constructor(test, events) {
    this.#test = test;
    this.#events = events;
  }

  /**
   * @param {string} title
   * @param {string | undefined} parent
   * @param {(step: string) => Promise<void>} body
   */
  async step(title, parent, body) {
    const step = String(++this.#count);
    this.#emit({ type: 'start', step, parent, title });
    let status = 'failed';
    try {
      await body(step);
      status = 'passed';
    } finally {
      this.#emit({ type: 'end', step, status });
    }
  }

  message(step, text) {
    this.#emit({ type: 'message', step, text });
  }

  #emit(event) {
    this.#events.emit({ test: this.#test, at: performance.now(), ...event });
  }
}

/** A browser test: page after page, some actions on each, some of them concurrent, with requests below them. */
async function script({ random, failed }, steps) {
  const pages = random.int(3, 5);
  for (let page = 1; page <= pages; page++) {
    const name = random.pick(entities) + random.pick(parts);
    await steps.step(`${name}Page.${random.pick(methods)}`, undefined, async (parent) => {
      await sleep(random.int(3, 12));
      const actions = Array.from({ length: random.int(1, 3) }, () => `${random.pick(methods)} #${kebab(random.pick(entities))}`);
      const act = (action) => steps.step(action, parent, (step) => request(random, steps, step));
      if (random.chance(0.3)) await Promise.all(actions.map(act));
      else for (const action of actions) await act(action);
      if (failed && page === pages) await steps.step(`expects ${kebab(name)}`, parent, () => fail(failed, random));
    });
  }
}

async function request(random, steps, parent) {
  steps.message(parent, `viewport ${random.int(320, 2560)}x${random.int(480, 1440)}`);
  await sleep(random.int(2, 10));
  await steps.step(`GET /api/${plural(kebab(random.pick(entities)))}`, parent, async (step) => {
    await sleep(random.int(2, 12));
    for (let i = random.int(1, 4); i > 0; i--)
      steps.message(step, `200, ${random.int(1, 400)} ms, ${random.int(100, 90_000)} bytes`);
  });
}

// Compares verdicts of the run, and the time they took, with the JavaScript loop that the addon replaces.

import { availableParallelism } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { Worker } from 'node:worker_threads';
import { classifyAll, errorText } from '../../index.js';
import { number, showLine } from './terminal.mjs';

/** Errors that the loop sees without --verify: enough to compare, and done in a second or two. */
const sampleSize = 120;

/** UTF-16 code units. An error with a log is longer, and one alone takes the loop seconds: --verify has them. */
const sampleLength = 20_000;

/** A list of the user's own may have a pattern that takes the loop minutes. Without --verify, the loop then ends early. */
const sampleMs = 5000;

/**
 * @typedef {object} Difference
 * @property {string} test
 * @property {string | null} text
 * @property {object} expected
 * @property {object} actual
 *
 * @typedef {object} Comparison
 * @property {number} compared verdicts
 * @property {Difference[]} differences
 * @property {number} undecided verdicts that list the very rule that the loop found as undecided
 * @property {number} newer verdicts by a rule whose syntax this Node's V8 does not know
 * @property {number} threads
 * @property {boolean} cut the loop took too long and was stopped
 * @property {number} looped errors that the loop was run for: all but those where nothing was thrown
 * @property {number} loopMs time of the loop for all of them, measured within its thread
 * @property {number} worstMs its time for the slowest of them
 * @property {number} addonMs time of `classifyAll` for the same errors, from the call to the last verdict (a median)
 */

/**
 * @param {import('./runner.mjs').Outcome[]} outcomes
 * @param {object[]} rules
 * @param {{ all: boolean }} options every outcome, or a sample of those with an error
 * @returns {Promise<Comparison>}
 */
export async function compare(outcomes, rules, { all }) {
  const chosen = all ? outcomes : sample(outcomes);
  // One thread where the time matters most: two would slow each other down.
  const threads = all ? Math.min(availableParallelism(), Math.max(1, chosen.length)) : 1;
  /** @type {Comparison} */
  const result = {
    compared: 0,
    differences: [],
    undecided: 0,
    newer: 0,
    threads,
    cut: false,
    looped: 0,
    loopMs: 0,
    worstMs: 0,
    addonMs: 0,
  };
  const queue = chosen.values();
  const looped = [];
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const loop = await startLoop(rules);
      try {
        for (const outcome of queue) {
          const text = errorText(outcome.error);
          const question = { test: outcome.test.name, text };
          const answer = text === null ? null : await loop.ask(question, all ? Infinity : sampleMs - result.loopMs);
          if (answer === timedOut) {
            result.cut = true;
            break;
          }
          if (text !== null) looped.push({ test: outcome.test.name, error: outcome.error });
          judge(result, outcome, { rules, accepted: loop.accepted }, text, answer);
          showLine(`  JavaScript loop: ${number(result.compared)} of ${number(chosen.length)} errors`);
        }
      } finally {
        await loop.close();
      }
    }),
  );
  showLine('');
  result.addonMs = await timeOfAddon(looped);
  return result;
}

/** The median of three: the time is so short that a garbage collection would be most of it. */
async function timeOfAddon(items) {
  const times = [];
  for (let round = 0; round < 3; round++) {
    const startedAt = performance.now();
    await classifyAll(items);
    times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b)[1];
}

/** The first failed tests of the plan, so that the same seed gives the same sample. */
function sample(outcomes) {
  return outcomes
    .filter(({ error }) => (errorText(error)?.length ?? Infinity) < sampleLength)
    .sort((a, b) => a.id - b.id)
    .slice(0, sampleSize);
}

const timedOut = Symbol('timed out');

/** A worker thread that runs the loop for one text at a time. */
async function startLoop(rules) {
  const worker = new Worker(new URL('./javascript-loop.mjs', import.meta.url), { workerData: { rules } });
  let pending;
  const answer = () => new Promise((resolve, reject) => (pending = { resolve, reject }));
  worker.on('message', (message) => pending.resolve(message));
  worker.on('error', (error) => pending.reject(error));
  const { accepted } = await answer();
  return {
    accepted: new Set(accepted),
    async ask(question, limitMs) {
      let timer;
      worker.postMessage(question);
      try {
        const limit = new Promise((resolve) => {
          if (limitMs < Infinity) timer = setTimeout(resolve, Math.max(0, limitMs), timedOut);
        });
        return await Promise.race([answer(), limit]);
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => worker.terminate(),
  };
}

function judge(result, { test }, { rules, accepted }, text, found) {
  // the demo's tests fail with one error
  const [verdict] = test.attempts[0].failures;
  result.compared += 1;
  if (found) {
    result.looped += 1;
    result.loopMs += found.ms;
    result.worstMs = Math.max(result.worstMs, found.ms);
  }
  if (verdict.rule !== null && !accepted.has(verdict.rule)) {
    result.newer += 1;
    return;
  }
  if (found && found.rule !== null && verdict.undecided.includes(found.rule)) {
    result.undecided += 1;
    return;
  }
  const rule = found && found.rule !== null ? rules[found.rule] : null;
  const expected = {
    status: rule ? 'Broken' : 'Failed',
    issue: rule?.issue ?? null,
    reason: rule ? 'matched' : text === null ? 'no-error' : 'no-match',
    rule: found?.rule ?? null,
    id: rule?.id ?? null,
    match: found?.match ?? null,
  };
  const { status, issue, reason, rule: index, id, match } = verdict;
  const actual = { status, issue, reason, rule: index, id, match };
  // The test is what a user sees, so it is compared, too.
  if (test.status !== expected.status || test.issue !== expected.issue || !isDeepStrictEqual(actual, expected)) {
    result.differences.push({ test: test.name, text, expected, actual: { ...actual, testStatus: test.status } });
  }
}

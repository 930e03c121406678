// --verify: every verdict of the run against the JavaScript loop.

import { availableParallelism } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { Worker } from 'node:worker_threads';

import { errorText } from './error-text.mjs';
import { number, showLine } from './terminal.mjs';

/**
 * @typedef {object} Difference
 * @property {string} test
 * @property {string | null} text
 * @property {object} expected
 * @property {object} actual
 *
 * @typedef {object} Comparison
 * @property {number} compared
 * @property {Difference[]} differences
 * @property {number} undecided verdicts that name, as undecided, the very rule that the loop found
 * @property {number} newer verdicts by a rule whose syntax this Node's V8 does not have
 * @property {number} threads 0 if there were no rules
 * @property {number} looped errors that the loop was run for: all but those where nothing was thrown
 * @property {number} loopMs what the loop took for all of them, each measured within its thread
 * @property {number} worstMs what it took for the worst of them
 */

/**
 * @param {import('./runner.mjs').Outcome[]} outcomes
 * @param {object[] | null} rules as served; null if there were none in force
 * @returns {Promise<Comparison>}
 */
export async function compare(outcomes, rules) {
  const threads = rules ? Math.min(availableParallelism(), Math.max(1, outcomes.length)) : 0;
  /** @type {Comparison} */
  const result = { compared: 0, differences: [], undecided: 0, newer: 0, threads, looped: 0, loopMs: 0, worstMs: 0 };
  if (!rules) {
    for (const outcome of outcomes) judge(result, outcome, null, errorText(outcome.error), null);
    return result;
  }
  const queue = outcomes.values();
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const loop = await startLoop(rules);
      try {
        for (const outcome of queue) {
          const text = errorText(outcome.error);
          const found = text === null ? null : await loop.ask({ test: outcome.test.fullName, text });
          judge(result, outcome, { rules, accepted: loop.accepted }, text, found);
          showLine(`  verifying: ${number(result.compared)} of ${number(outcomes.length)}`);
        }
      } finally {
        await loop.close();
      }
    }),
  );
  showLine('');
  return result;
}

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
    ask(question) {
      worker.postMessage(question);
      return answer();
    },
    close: () => worker.terminate(),
  };
}

function judge(result, { test }, loop, text, found) {
  const { verdict } = test.metadata;
  result.compared += 1;
  if (found) {
    result.looped += 1;
    result.loopMs += found.ms;
    result.worstMs = Math.max(result.worstMs, found.ms);
  }
  if (loop && verdict.rule !== null && !loop.accepted.has(verdict.rule)) {
    result.newer += 1;
    return;
  }
  if (found && found.rule !== null && verdict.undecided?.includes(found.rule)) {
    result.undecided += 1;
    return;
  }
  const rule = found && found.rule !== null ? loop.rules[found.rule] : null;
  const expected = {
    status: rule ? 'Broken' : 'Failed',
    issue: rule?.issue ?? null,
    reason: rule ? 'matched' : text === null ? 'no-error' : loop?.accepted.size > 0 ? 'no-match' : 'no-rules',
    rule: found?.rule ?? null,
    id: rule?.id ?? null,
    match: found?.match ?? null,
  };
  const { status, issue, reason, id, match } = verdict;
  const actual = { status, issue, reason, rule: verdict.rule ?? null, id, match: match ?? null };
  // What the tree shows is what a user sees, so it is compared too.
  if (
    test.status !== expected.status ||
    (test.metadata.issue ?? null) !== expected.issue ||
    !isDeepStrictEqual(actual, expected)
  ) {
    result.differences.push({ test: test.fullName, text, expected, actual: { ...actual, treeStatus: test.status } });
  }
}

// A test-log plugin: records a run as a tree and marks each failed test as Broken (a known failure, with its issue) or Failed.
//
// Most frameworks have these hooks in one form or another. `startRun`, `startTest` and `onLog` return at once. Await `endTest` and
// `endRun`.

import { KnownFailures } from './known-failures.mjs';
import { RunTree } from './tree.mjs';

/**
 * @typedef {import('./rules-source.mjs').FetchOptions & {
 *   rulesUrl: string | URL,
 *   load?: import('../../index.js').LoadOptions,
 *   warn?: (message: string) => void,
 *   now?: () => number,
 * }} PluginOptions `rulesUrl`: the API with the list of known failures; `load`: options of `loadRules`; `warn`: a warning
 *   of the process by default; `now`: milliseconds, `performance.now` by default
 */

/** @param {PluginOptions} options */
export function createLogPlugin({
  rulesUrl,
  load,
  warn = (message) => process.emitWarning(message, 'LogPlugin'),
  now = () => performance.now(),
  ...fetchOptions
}) {
  /** @type {KnownFailures} */
  let knownFailures;
  /** @type {RunTree} */
  let tree;
  /** @type {Set<Promise<unknown>>} */
  let judging;

  return {
    /** @param {{ title: string }} run */
    startRun({ title }) {
      tree = new RunTree(title, now());
      judging = new Set();
      knownFailures = new KnownFailures(rulesUrl, warn, { ...fetchOptions, load });
    },

    /** @param {{ id: string, suites: string[], title: string }} test */
    startTest({ id, suites, title }) {
      tree.startTest(id, { suites, title, at: now() });
    },

    /**
     * An event of a step. Steps have ids, so events may come in any order, even after their test's end.
     * @param {import('./tree.mjs').LogEvent} event
     */
    onLog(event) {
      tree.log(event);
    },

    /**
     * @param {{ id: string, status: 'passed' | 'failed' | 'skipped', error?: unknown }} result
     * @returns {Promise<import('./tree.mjs').Test>}
     */
    endTest({ id, status, error }) {
      const at = now();
      const work = endTest(tree, knownFailures, { id, status, error, at });
      judging.add(work);
      return work.finally(() => judging.delete(work));
    },

    /**
     * The run with all verdicts, including those of tests whose `endTest` the framework did not await.
     * @returns {Promise<import('./tree.mjs').Run>}
     */
    async endRun() {
      const at = now();
      await Promise.all(judging);
      knownFailures.close();
      tree.run.metadata.knownFailures = await knownFailures.loaded;
      return tree.endRun(at);
    },

    /**
     * The report on the rules once they are loaded, or null if that failed. Needs a started run.
     * @returns {Promise<import('../../index.js').LoadReport | null>}
     */
    loaded: () => knownFailures.loaded,

    /** All tests of the run, in the order of their start. */
    tests: () => tree.tests(),
  };
}

async function endTest(tree, knownFailures, { id, status, error, at }) {
  const test = tree.test(id);
  if (status !== 'failed') {
    tree.endTest(id, { status, at });
    return test;
  }
  const verdict = await knownFailures.judge(test.fullName, error);
  tree.endTest(id, { status: verdict.status, at });
  test.metadata.verdict = verdict;
  if (verdict.issue !== null) test.metadata.issue = verdict.issue;
  return test;
}

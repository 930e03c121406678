// The demo's list with the errors of the demo's tests.

import { fail } from '../../examples/demo/failures.mjs';
import { planTests } from '../../examples/demo/plans.mjs';
import { errorText } from '../../index.js';
import { generateRules } from '../data/index.mjs';
import { writeTextsOf } from '../harness/lists.mjs';

/** As `npm run demo` makes them. */
const DEMO = { profile: 'typical', rules: 3500, broken: 3 };
const TESTS = 3000;
const LOG_LENGTH = 40_000;

/**
 * @param {string} seed
 * @param {{ count: number, logs: number }} texts how many without a log and with one
 */
export async function writeDemoList(seed, { count, logs }) {
  const list = generateRules({ seed, ...DEMO });
  const wanted = { false: count, true: logs };
  const texts = [];
  for (const { failed, random } of planTests(list, { seed, tests: TESTS })) {
    if (failed === null || !wanted[hasLog(failed)]) continue;
    const error = await fail(failed, random).catch(errorText);
    // some tests throw nothing, or a text without a log in place of one with a log
    if (error === null || hasLog({ error }) !== hasLog(failed)) continue;
    wanted[hasLog(failed)]--;
    texts.push({ test: failed.test, error });
  }
  return writeTextsOf('list-loop-demo', list, texts, hasLog);
}

const hasLog = ({ error }) => error.length >= LOG_LENGTH;

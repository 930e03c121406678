// The same runs while the API of the list is in trouble: a run goes on, says what is wrong, and loses nothing.

import { list } from '../../rules-server.mjs';
import { outcomeOf } from './expected.mjs';
import { rules, runExample } from './run.mjs';

const SLOW_MS = 1500;

/** No failure is known. */
const unknown = (outcome) => outcome.replaceAll(/SHOP-\d+|no-match/g, 'no-rules').replaceAll('Broken', 'Failed');
const same = (outcome) => outcome;

const ok = list(rules);

/** Answers in turn, and repeats the last. */
const inTurn = (...answers) => {
  let next = 0;
  return (request, response) => answers[Math.min(next++, answers.length - 1)](request, response);
};

const refuse = (_, response) => response.writeHead(500).end('trouble');

/**
 * What the server does: `answer` gives it anew for each run, as in `runExample`. `state`: of the list in the report. `refreshes`: needs a
 * run that asks again, the example's `refreshing`.
 */
export const troubles = [
  { label: 'is down', answer: () => null, state: 'none', outcome: unknown, says: /ECONNREFUSED/ },
  {
    label: 'answers 500',
    answer: () => refuse,
    state: 'none',
    outcome: unknown,
    says: /500/,
  },
  {
    label: 'answers nonsense',
    answer: () => (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Sign in'),
    state: 'none',
    outcome: unknown,
    says: /HTML|JSON|web page/i,
  },
  {
    label: 'is slow',
    answer: () => (request, response) => setTimeout(() => ok(request, response), SLOW_MS),
    state: 'fresh',
    outcome: same,
    says: null,
  },
  {
    label: 'answers 500 from the second request on',
    answer: () => inTurn(ok, refuse),
    refreshes: true,
    state: 'stale',
    outcome: same,
    says: /500/,
  },
  {
    label: 'has another list from the second request on',
    answer: () => inTurn(ok, list([...rules, { issue: 'NEW', error: 'never seen' }])),
    refreshes: true,
    state: 'fresh',
    rules: rules.length + 1,
    outcome: same,
    says: null,
  },
];

/** A run that ends before it asks again proves nothing, and comes again. */
const MAX_RUNS = 5;

/**
 * @param {import('./index.mjs').Example} example
 * @param {typeof troubles[number]} trouble
 * @returns {Promise<string[] | null>} what is wrong; null: the example has no such run
 */
export async function testTrouble(example, trouble) {
  const run = trouble.refreshes ? example.refreshing : example.runs[0];
  if (run === undefined) return null;
  for (let count = 1; count <= MAX_RUNS; count++) {
    const faults = await runExample(example, run, trouble.answer(), (ran) =>
      trouble.refreshes && ran.fetches < 2 ? null : troubleFaults(example, run, trouble, ran),
    );
    if (faults !== null) return faults;
  }
  return [`the list was not asked for again in ${MAX_RUNS} runs`];
}

function troubleFaults(example, run, { state, outcome, says, rules: total }, { output, report, exitCode }) {
  if (report === null) return [`there is no report. It printed:\n${output}`];
  const expected = Object.entries(run.expected).map(([name, told]) => `${name}: ${outcome(told)}`);
  const found = report.tests.map((test) => `${test.name}: ${outcomeOf(test)}`);
  const faults = [
    ...(exitCode === (run.exitCode ?? example.exitCode) ? [] : [`exit code ${exitCode}`]),
    ...(total === undefined || report.rules.total === total ? [] : [`${report.rules.total} rules instead of ${total}`]),
    ...(report.rules.state === state ? [] : [`the list is ${report.rules.state} instead of ${state}`]),
    ...found.filter((test) => !expected.includes(test)).map((test) => `not expected: ${test}`),
    ...expected.filter((test) => !found.includes(test)).map((test) => `missing: ${test}`),
    ...(says === null || (output.match(says) && report.warnings.some((warning) => says.test(warning)))
      ? []
      : [`nothing says ${says}`]),
  ];
  return faults.length === 0 ? [] : [...faults, `It printed:\n${output}`];
}

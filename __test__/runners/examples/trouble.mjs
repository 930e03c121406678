// The same runs while the API of the list is in trouble: a run goes on, says what is wrong, and loses nothing.

import { list } from '../../rules-server.mjs';
import { outcomeOf } from './expected.mjs';
import { rules } from './run.mjs';

const SLOW_MS = 1500;

/** No failure is known. */
const unknown = (outcome) => outcome.replaceAll(/SHOP-\d+|no-match/g, 'no-rules').replaceAll('Broken', 'Failed');
const same = (outcome) => outcome;

/** What the server does: `answer` as in `runExample`. `state`: of the list in the report. */
export const troubles = [
  { label: 'down', answer: null, state: 'none', outcome: unknown, says: /ECONNREFUSED/ },
  {
    label: 'answers 500',
    answer: (_, response) => response.writeHead(500).end('trouble'),
    state: 'none',
    outcome: unknown,
    says: /500/,
  },
  {
    label: 'nonsense',
    answer: (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Sign in'),
    state: 'none',
    outcome: unknown,
    says: /HTML|JSON|web page/i,
  },
  {
    label: 'slow',
    answer: (request, response) => setTimeout(() => list(rules)(request, response), SLOW_MS),
    state: 'fresh',
    outcome: same,
    says: null,
  },
];

/**
 * @param {import('./index.mjs').Example} example
 * @param {import('./index.mjs').Run} run
 * @param {typeof troubles[number]} trouble
 * @param {import('./index.mjs').Ran} ran
 */
export function troubleFaults(example, run, { state, outcome, says }, { output, report, exitCode }) {
  if (report === null) return [`there is no report. It printed:\n${output}`];
  const expected = Object.entries(run.expected).map(([name, told]) => `${name}: ${outcome(told)}`);
  const found = report.tests.map((test) => `${test.name}: ${outcomeOf(test)}`);
  const faults = [
    ...(exitCode === (run.exitCode ?? example.exitCode) ? [] : [`exit code ${exitCode}`]),
    ...(report.rules.state === state ? [] : [`the list is ${report.rules.state} instead of ${state}`]),
    ...found.filter((test) => !expected.includes(test)).map((test) => `not expected: ${test}`),
    ...expected.filter((test) => !found.includes(test)).map((test) => `missing: ${test}`),
    ...(says === null || (output.match(says) && report.warnings.some((warning) => says.test(warning)))
      ? []
      : [`nothing says ${says}`]),
  ];
  return faults.length === 0 ? [] : [...faults, `It printed:\n${output}`];
}

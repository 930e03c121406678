// What a run of an example must have done. Each check gives the faults that it finds, as sentences.

import { outcomeOf } from './expected.mjs';
import { rules } from './run.mjs';

/** The issue that the JavaScript loop over the rules gives for a text. */
function issueByTheLoop(name, text) {
  const isKnown = ({ test, error, flags }) =>
    (test === undefined || new RegExp(test).test(name)) && new RegExp(error, flags).test(text);
  return rules.find(isKnown)?.issue ?? null;
}

const failuresOf = (report) =>
  report.tests.flatMap(({ name, attempts }) =>
    attempts.flatMap(({ failures }) => failures.map((failure) => ({ name, ...failure }))),
  );

/** The figures of the table. */
export function countsOf(report) {
  const failures = failuresOf(report);
  return {
    failures: failures.length,
    known: failures.filter(({ issue }) => issue !== null).length,
    byTheLoop: failures.filter(({ name, text }) => issueByTheLoop(name, text) !== null).length,
  };
}

/** @param {import('./index.mjs').Example} example @param {import('./index.mjs').Run} run @param {import('./index.mjs').Ran} ran */
export async function faultsOf(example, run, ran) {
  if (ran.report === null) return [`there is no report. It printed:\n${ran.output}`];
  const expected = run.exitCode ?? example.exitCode;
  const faults = [
    ...(ran.exitCode === expected ? [] : [`exit code ${ran.exitCode} instead of ${expected}`]),
    ...(ran.fetches === (run.fetches ?? 1) ? [] : [`${ran.fetches} fetches of the list instead of ${run.fetches ?? 1}`]),
    ...outcomeFaults(run.expected, ran.report),
    ...loopFaults(ran.report),
    ...summaryFaults(ran),
    ...ran.report.warnings.map((warning) => `a warning: ${warning}`),
  ];
  try {
    await example.check?.(ran, run);
  } catch (error) {
    faults.push(error.message);
  }
  return faults.length === 0 ? [] : [...faults, `It printed:\n${ran.output}`];
}

/** Every expected test, no other one, and each once. */
function outcomeFaults(expected, { tests }) {
  const found = tests.map((test) => [test.name, outcomeOf(test)]);
  const unexpected = found.filter(([name, outcome]) => expected[name] !== outcome);
  const missing = Object.keys(expected).filter((name) => found.filter((test) => test[0] === name).length !== 1);
  return [
    ...unexpected.map(([name, outcome]) => `"${name}" is "${outcome}" instead of "${expected[name]}"`),
    ...missing.map((name) => `"${name}" is not there once, but ${found.filter((test) => test[0] === name).length} times`),
  ];
}

function loopFaults(report) {
  return failuresOf(report)
    .filter(({ name, text, issue, cut }) => cut || issueByTheLoop(name, text) !== issue)
    .map(
      ({ name, text, issue }) =>
        `"${name}": ${issue}, but the loop gives ${issueByTheLoop(name, text)} for ${JSON.stringify(text)}`,
    );
}

/** The summary stands at the end, with every issue and every unknown failure. */
function summaryFaults({ output, report }) {
  const start = output.lastIndexOf('Known failures');
  if (start === -1) return ['the summary was not printed'];
  const summary = output.slice(start);
  const wanted = [
    ...report.issues.map(({ issue }) => issue),
    ...report.tests.filter(({ status }) => status === 'Failed').map(({ name }) => name),
  ];
  return wanted.filter((text) => !summary.includes(text)).map((text) => `the summary lacks "${text}"`);
}

// A test as the report has it: the state of its attempts becomes one status.
'use strict';

const { withoutError } = require('./judge.js');

/**
 * @typedef {import('./run-report.d.ts').RecordedTest} RecordedTest
 * @typedef {import('./run-report.d.ts').Attempt} RecordedAttempt
 * @typedef {{ errors: 'any' | 'all', retries: 'last' | 'each' }} Policy
 */

/** Statuses of attempts, the worst last. */
const SEVERITY = ['skipped', 'passed', 'Broken', 'unfinished', 'Failed'];

/**
 * @param {import('./tests.js').TestEntry} entry
 * @param {string} id
 * @param {Policy} policy
 * @param {number} origin the run's start
 * @returns {RecordedTest}
 */
function recordTest(entry, id, policy, origin) {
  const attempts = entry.attempts.flatMap((attempt) => recordAttempts(attempt, policy));
  const status = policy.retries === 'each' ? worstOf(attempts) : (attempts.at(-1)?.status ?? 'unfinished');
  const first = entry.attempts.find(({ startedAt }) => startedAt !== null);
  const durations = attempts.map(({ durationMs }) => durationMs).filter((ms) => ms !== null);
  const known = status === 'Broken' ? attempts.findLast((attempt) => attempt.status === 'Broken') : undefined;
  const { issue = null, url = null } = known?.failures.find((failure) => failure.status === 'Broken') ?? {};
  return {
    id,
    kind: entry.kind,
    suites: [...entry.suites],
    title: entry.title ?? entry.id,
    name: entry.name,
    file: entry.file,
    status,
    flaky: attempts.at(-1)?.status === 'passed' && attempts.some((attempt) => isFailing(attempt.status)),
    issue,
    url,
    startedMs: first === undefined ? null : Math.max(0, first.startedAt - origin),
    durationMs: durations.length === 0 ? null : durations.reduce((sum, ms) => sum + ms, 0),
    attempts,
    ...recordSteps(entry.attempts, origin),
    dropped: entry.dropped,
  };
}

/** One attempt, or two: an attempt that passed with errors had a failed one before it. */
function recordAttempts(attempt, policy) {
  const { status, durationMs, failures, earlierFailures } = attempt;
  const recorded = [];
  if (earlierFailures.length > 0) recorded.push(recordAttempt('failed', null, earlierFailures, policy));
  recorded.push(recordAttempt(status, durationMs, failures, policy));
  return recorded;
}

/** @returns {RecordedAttempt} */
function recordAttempt(ended, durationMs, states, { errors }) {
  const failures = states.map(({ record }) => record).filter((record) => record !== null);
  if (ended !== 'failed') return { status: ended ?? 'unfinished', durationMs, failures };
  if (failures.length === 0) failures.push(withoutError());
  const isKnown = ({ status }) => status === 'Broken';
  const known = errors === 'all' ? failures.every(isKnown) : failures.some(isKnown);
  return { status: known ? 'Broken' : 'Failed', durationMs, failures };
}

/** The steps of the only attempt that has any; of several, each attempt becomes a step. */
function recordSteps(entries, origin) {
  const logged = entries.filter(({ steps }) => !steps.isEmpty);
  if (logged.length === 0) return { messages: [], steps: [] };
  if (logged.length === 1) return logged[0].steps.record(origin);
  const steps = logged.map((attempt) => ({
    title: `attempt ${entries.indexOf(attempt) + 1}`,
    status: attempt.status === null ? 'unfinished' : isFailing(attempt.status) ? 'failed' : 'passed',
    startedMs: attempt.startedAt === null ? null : Math.max(0, attempt.startedAt - origin),
    durationMs: attempt.durationMs,
    ...attempt.steps.record(origin),
  }));
  return { messages: [], steps };
}

function worstOf(attempts) {
  const statuses = attempts.map(({ status }) => status);
  return SEVERITY.findLast((status) => statuses.includes(status)) ?? 'unfinished';
}

function isFailing(status) {
  return status === 'Broken' || status === 'Failed' || status === 'failed' || status === 'unfinished';
}

module.exports = { isFailing, recordTest };

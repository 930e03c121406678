// Makes one report of those of several shards, processes or machines.
'use strict';

const { invalidArgument } = require('../api/invalid-argument.js');
const { isArrayOrFalse } = require('../api/property.js');
const { readRunReport } = require('./read.js');
const { makeReport } = require('./report.js');

/** @typedef {import('./run-report.d.ts').RunReport} RunReport */

/** States of a list, the worst first. */
const STATES = ['none', 'stale', 'fresh'];

/**
 * One report of several. Its tests are those of all reports, one report behind the other; what follows from them is derived anew.
 *
 * @param {readonly (RunReport | string | Uint8Array)[]} given at least one
 * @returns {RunReport}
 * @throws {Error} ERR_REPORT_FORMAT; a `TypeError` of `code` ERR_INVALID_ARG if there is none
 */
function mergeReports(given) {
  if (!isArrayOrFalse(given) || given.length === 0)
    throw invalidArgument('mergeReports takes an array of at least one run report');
  const reports = given.map((report) => readRunReport(report));
  const starts = reports.map(({ startedAt }) => Date.parse(startedAt) || 0);
  const start = Math.min(...starts);
  const offsets = starts.map((startedAt) => startedAt - start);
  const ends = reports.map(({ durationMs }, index) => offsets[index] + durationMs);
  const warnings = new Set(reports.flatMap((report) => report.warnings ?? []));
  const versions = new Set(reports.map(({ rules }) => hashOf(rules.version)));
  if (versions.size > 1) warnings.add(`the merged runs had ${versions.size} different lists of known failures`);
  return makeReport({
    title: reports.find(({ title }) => title !== '')?.title ?? '',
    runner: reports.find(({ runner }) => runner !== null)?.runner ?? null,
    startedAt: new Date(start).toISOString(),
    durationMs: Math.max(...ends),
    rules: worstRules(reports),
    tests: mergeTests(reports, offsets),
    eventLoop: mergeSamples(reports, offsets),
    warnings: [...warnings],
  });
}

/** A version without the number of its load, which differs between processes. */
const hashOf = (version) => version?.slice(version.indexOf('-') + 1) ?? null;

/** The list of the run that had the worst one: what it says is what the reader has to know. */
function worstRules(reports) {
  const [{ rules }] = [...reports].sort((a, b) => STATES.indexOf(a.rules.state) - STATES.indexOf(b.rules.state));
  const { hits: _, ...rest } = rules;
  return rest;
}

function mergeTests(reports, offsets) {
  const ids = new Set();
  return reports.flatMap(({ tests }, index) =>
    tests.map((test) => {
      let { id } = test;
      for (let copy = index + 1; ids.has(id); copy++) id = `${test.id}~${copy}`;
      ids.add(id);
      const startedMs = test.startedMs === null ? null : test.startedMs + offsets[index];
      return { ...test, id, startedMs, steps: shifted(test.steps, offsets[index]) };
    }),
  );
}

/** Steps nest 100 deep at most, so this may recurse. */
function shifted(steps, offset) {
  if (offset === 0) return steps;
  return steps.map((step) => ({
    ...step,
    startedMs: step.startedMs === null ? null : step.startedMs + offset,
    steps: shifted(step.steps, offset),
  }));
}

function mergeSamples(reports, offsets) {
  if (reports.every(({ eventLoop }) => !eventLoop)) return null;
  const shiftedSamples = reports.flatMap(({ eventLoop }, index) =>
    (eventLoop ?? []).map(({ atMs, delayMs }) => ({ atMs: atMs + offsets[index], delayMs })),
  );
  return shiftedSamples.sort((a, b) => a.atMs - b.atMs);
}

module.exports = { mergeReports };

// Marks the results in a folder, whatever wrote them.
'use strict';

const { readdir, readFile } = require('node:fs/promises');
const { join } = require('node:path');
const { classify, loadedRules } = require('../../../index.js');
const { writeAtomically } = require('../../shared/atomic-write.js');
const { readOptions } = require('../../shared/options.js');
const { ISSUE_URL, linkOf } = require('../link.js');
const { LIST_OPTIONS, openList } = require('../list.js');
const { warnOnce } = require('../warnings.js');
const { errorOf, isFailure, markResult } = require('./marks.js');
const { titlesOf } = require('./test-name.js');

const OPTIONS = {
  ...LIST_OPTIONS,
  status: { oneOf: ['verdict', 'keep'], default: 'verdict' },
  issueUrl: ISSUE_URL,
  concurrency: { type: 'integer', min: 1, max: 256, default: 16 },
  warn: { type: 'function' },
};
const RESULT_FILE = /-result\.json$/;

/** Files that cannot be read are counted; so many are named. */
const MAX_NAMED = 10;

/**
 * @param {string} directory `allure-results`
 * @param {import('./index.d.ts').AnnotateOptions} [options]
 * @returns {Promise<import('./index.d.ts').AnnotateSummary>}
 */
async function annotateResults(directory, options) {
  const read = readOptions(options, OPTIONS, 'annotateResults');
  const warn = warnOnce(options);
  const names = (await readdir(directory)).filter((name) => RESULT_FILE.test(name)).sort();
  const list = openList(read, warn);
  await list.ready;
  await list.close();
  const summary = new Summary();
  if (loadedRules() === null) {
    warn('annotateResults: no list of known failures is in force, so the results stay as they are');
    return summary.end(null);
  }
  let next = 0;
  const work = async () => {
    while (next < names.length) await annotateFile(join(directory, names[next++]), read, summary, warn);
  };
  await Promise.all(Array.from({ length: read.concurrency }, work));
  if (summary.unreadable > MAX_NAMED) warn(`annotateResults: ${summary.unreadable} files could not be read or written`);
  return summary.end(loadedRules().version);
}

async function annotateFile(path, options, summary, warn) {
  try {
    const result = JSON.parse(await readFile(path, 'utf8'));
    summary.results += 1;
    if (!isFailure(result)) return;
    const verdict = await classify(titlesOf(result), errorOf(result));
    // counted only if the mark is in the file
    const isChanged = markResult(result, verdict, options);
    if (isChanged) await writeAtomically(path, JSON.stringify(result), { mode: 0o666, isDurable: false });
    summary.add(verdict, linkOf(verdict, options.issueUrl), isChanged);
  } catch (error) {
    summary.unreadable += 1;
    if (summary.unreadable <= MAX_NAMED) warn(`annotateResults: ${path} stays as it is: ${error.message}`);
  }
}

class Summary {
  results = 0;
  unreadable = 0;
  #known = 0;
  #unknown = 0;
  #changed = 0;
  #issues = new Map();

  add({ status, issue }, url, isChanged) {
    if (isChanged) this.#changed += 1;
    if (status !== 'Broken') {
      this.#unknown += 1;
      return;
    }
    this.#known += 1;
    const entry = this.#issues.get(issue) ?? { issue, url, results: 0 };
    entry.results += 1;
    this.#issues.set(issue, entry);
  }

  /** @param {string | null} rulesVersion */
  end(rulesVersion) {
    return {
      results: this.results,
      known: this.#known,
      unknown: this.#unknown,
      changed: this.#changed,
      unreadable: this.unreadable,
      issues: [...this.#issues.values()].sort((a, b) => b.results - a.results || (a.issue < b.issue ? -1 : 1)),
      rulesVersion,
    };
  }
}

module.exports = { annotateResults };

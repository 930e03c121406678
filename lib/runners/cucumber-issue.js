// The issue of a known failure as an attachment of its scenario, which Cucumber's own reports show.
//
// An After hook is the only place for it: Cucumber awaits it, and takes attachments while it runs. Parallel workers have hooks of their
// own, and the list then comes from the cache file that the main process has filled.
'use strict';

const { classify } = require('../../index.js');
const { watchRules } = require('../rules/index.js');
const { readOptionsOrWarn } = require('../shared/options.js');
const { within } = require('../shared/within.js');
const { Names } = require('./cucumber-names.js');
const { defaultWarn } = require('./options.js');

const OPTIONS = {
  rules: { type: ['string', 'object', 'function'], default: null },
  rulesOptions: { type: 'object', default: null },
  // Cucumber gives a hook five seconds
  rulesWaitMs: { type: 'number', min: 0, max: 2 ** 31 - 1, default: 3000 },
  warn: { type: 'function', default: defaultWarn },
};

/**
 * An After hook that attaches the issue if the scenario failed with a known failure. It never fails the scenario.
 *
 * @param {import('./cucumber.d.ts').AttachIssueOptions} [options]
 */
function attachIssue(options) {
  const given = typeof options?.warn === 'function' ? options.warn : defaultWarn;
  const { rules, rulesOptions, rulesWaitMs, warn } = readOptionsOrWarn(options, OPTIONS, 'attachIssue', given);
  let loaded;
  return async function attachKnownIssue({ gherkinDocument, pickle, result }) {
    try {
      if (typeof result?.message !== 'string') return;
      loaded ??= load(rules, rulesOptions);
      await within(rulesWaitMs, loaded);
      const names = new Names();
      names.add(gherkinDocument);
      const { suites, title } = names.of(pickle);
      const verdict = await classify([...suites, title], result.message);
      if (verdict.status !== 'Broken') return;
      await this.log(`Known failure: ${verdict.issue}`);
      if (verdict.url) await this.attach(verdict.url, 'text/uri-list');
    } catch (error) {
      warn(`attachIssue: the issue could not be attached: ${error?.message ?? error}`);
    }
  };
}

/** Without a source, whoever loads the rules is not waited for. */
async function load(rules, options) {
  if (rules === null) return;
  const watcher = typeof rules === 'object' && 'ready' in rules ? rules : watchRules(rules, options ?? undefined);
  await watcher.ready;
}

module.exports = { attachIssue };

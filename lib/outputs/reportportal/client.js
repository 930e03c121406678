// Gives the client of an agent what no agent sends: the issue of a failed test.
'use strict';

const { classifySync } = require('../../../index.js');
const { readOptionsOrWarn } = require('../../shared/options.js');
const { LIST_OPTIONS, openList } = require('../list.js');
const { warnOnce } = require('../warnings.js');
const { ISSUE_OPTIONS, issueOf } = require('./issue.js');
const { Items } = require('./items.js');

const OPTIONS = {
  ...LIST_OPTIONS,
  ...ISSUE_OPTIONS,
  errors: { oneOf: ['all', 'any'], default: 'all' },
  timeLimitMs: { type: 'number', min: 1, max: 60_000, default: 20 },
  warn: { type: 'function' },
};

/** Clients that are wrapped. */
const wrapped = new WeakSet();

/**
 * @template {import('./index.d.ts').ReportPortalClient} C
 * @param {C} client
 * @param {import('./index.d.ts').ClientOptions} [options]
 * @returns {C}
 */
function withKnownFailures(client, options) {
  const warn = warnOnce(options);
  const read = readOptionsOrWarn(options, OPTIONS, 'withKnownFailures', warn);
  const { startTestItem, sendLog, finishTestItem } = client ?? {};
  if ([startTestItem, sendLog, finishTestItem].some((method) => typeof method !== 'function')) {
    warn('withKnownFailures: this is no client of ReportPortal: it needs startTestItem, sendLog and finishTestItem');
    return client;
  }
  if (wrapped.has(client)) return client;
  wrapped.add(client);
  const items = new Items();
  const list = openList(read, warn);
  const guarded = guard(warn);

  client.startTestItem = (request, launchId, parentId, ...rest) => {
    const started = startTestItem.call(client, request, launchId, parentId, ...rest);
    guarded(() => items.start(started.tempId, request, parentId));
    return started;
  };
  client.sendLog = (id, request, ...rest) => {
    guarded(() => items.log(id, request));
    return sendLog.call(client, id, request, ...rest);
  };
  client.finishTestItem = (id, request, ...rest) => {
    const failure = guarded(() => failureOf(items.end(id), request));
    const finish = () => {
      const issue = failure && guarded(() => judge(failure, read, warn));
      return finishTestItem.call(client, id, issue ? { ...request, issue } : request, ...rest);
    };
    // the client waits for the ends of all items before it ends the launch
    return failure && list.isPending() ? { tempId: id, promise: list.ready.then(() => finish().promise) } : finish();
  };
  return client;
}

/** Runs what must not disturb the client. */
function guard(warn) {
  return (work) => {
    try {
      return work();
    } catch (error) {
      warn(`withKnownFailures: an item goes without its issue: ${error?.message ?? error}`);
      return null;
    }
  };
}

/** What is to be judged. Null: it has not failed, says itself what it is, or (a suite) has failed for its children alone. */
function failureOf(item, request) {
  if (item === null || `${request?.status}`.toLowerCase() !== 'failed' || request.issue) return null;
  return item.errors.length === 0 ? null : item;
}

/** The issue of the first error that has one, if all errors are known or any needs to be. */
function judge({ titles, errors }, options, warn) {
  const verdicts = errors.map((error) => classifySync(titles, error, { timeLimitMs: options.timeLimitMs }));
  for (const { reason } of verdicts) {
    if (reason === 'no-rules') warn('withKnownFailures: a test failed while no list of known failures was in force');
    if (reason === 'time-limit') warn(`withKnownFailures: a verdict took longer than ${options.timeLimitMs} ms`);
  }
  const known = verdicts.filter(({ status }) => status === 'Broken');
  const isKnown = known.length > 0 && (options.errors === 'any' || known.length === verdicts.length);
  return isKnown ? issueOf(known[0], options) : null;
}

module.exports = { withKnownFailures };

// The error of a package that cannot load its addon: why, what to do, where it runs and what was tried.
'use strict';

const { attemptsOf, causeOf } = require('./attempts.js');
const { readFacts } = require('./facts.js');
const { packageOf } = require('./platforms.js');
const { differentVersions, reasonOf } = require('./reasons.js');

/** @param {unknown} error what `native.js` throws */
function loadError(error) {
  const facts = readFacts();
  const attempts = attemptsOf(error, facts);
  return withText(facts, reasonOf(facts, attempts), attempts.map(describe), causeOf(error));
}

/**
 * @param {string} version of the package
 * @param {string | undefined} found of the addon; those of other packages have none
 */
function versionError(version, found = 'unknown') {
  const facts = readFacts();
  const name = packageOf(facts.platform);
  const reason = facts.isCheckout
    ? {
        why: `the addon is of version ${found}, and this checkout of ${version}.`,
        advice: 'run `npm run build` in the checkout.',
      }
    : differentVersions(version, found, name);
  return withText(facts, reason, [`${facts.override ?? name}: version ${found}`]);
}

function withText({ libc, runtime }, { why, advice }, tried, cause) {
  const system = [`${process.platform} ${process.arch}`, [libc?.name, libc?.version].filter(Boolean).join(' '), runtime];
  const message = [
    `known-failures cannot load its addon: ${why}`,
    `What to do: ${advice}`,
    `Platform: ${system.filter(Boolean).join(', ')}`,
    ...tried.map((line) => `Tried: ${line}`),
  ].join('\n');
  return Object.assign(new Error(message, cause && { cause }), { code: 'ERR_ADDON_LOAD' });
}

function describe({ what, failure, found }) {
  if (!found) return `${what}: not found`;
  return what === null || failure.includes(what) ? failure : `${what}: ${failure}`;
}

module.exports = { loadError, versionError };

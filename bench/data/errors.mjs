// Failed tests for a rule list: texts that rules match, texts that just miss one, texts that have nothing to do with the list.

import { Random } from '../../scripts/lib/random.mjs';
import { drawFailure, failureOf } from './rules.mjs';
import { browserLog, errorText } from './stacks.mjs';
import { byName } from './templates/index.mjs';
import { testName } from './test-names.mjs';

/**
 * @typedef {object} FailedTest
 * @property {string} test the test's full name
 * @property {string} error the whole text: name, message, log if it has one, stack
 * @property {'match' | 'near-miss' | 'other'} kind what the text was made to be
 * @property {number | null} rule `match`: the rule that it was made from. That rule matches it, and so may an earlier one, whose
 *   the verdict then is. `near-miss`: the rule that it was made to miss
 * @property {import('./rules.mjs').Origin} origin
 * @property {import('./templates/template.mjs').Failure} failure name, message and needed frames, without log and stack
 */

/**
 * Texts of about `length` code units (0.7 to 1.3 of it), with a known share that matches.
 *
 * @param {import('./rules.mjs').RuleList} list
 * @param {object} options
 * @param {string | number} [options.seed] the list's by default
 * @param {number} options.count
 * @param {number} [options.matching] share of texts that some rule matches, 0 to 1; 0.5 by default
 * @param {number} [options.nearMisses] share of texts that differ from a matching one in one detail; 0.1 by default
 * @param {number} [options.logs] share of texts that carry a log of 40 KB; 0.01 for a typical list by default, 0 for a plain one
 * @param {number} [options.length] 2,100 by default
 * @param {number} [options.logLength] 40,000 by default
 * @param {number} [options.hot] from how many rules half of the matching texts come, the first of them most often, as in a bad
 *   night; 0 (every rule is as likely) by default
 * @returns {FailedTest[]}
 */
export function generateErrors(
  list,
  {
    seed = list.seed,
    count,
    matching = 0.5,
    nearMisses = 0.1,
    logs = list.profile === 'typical' ? 0.01 : 0,
    length = 2100,
    logLength = 40_000,
    hot = 0,
  },
) {
  const random = new Random(`${seed}/errors/${list.profile}`);
  const kinds = shuffledShares(
    random,
    count,
    [
      ['match', matching],
      ['near-miss', nearMisses],
    ],
    'other',
  );
  const withLog = shuffledShares(random, count, [[true, logs]], false);
  const usable = list.origins.flatMap((origin, index) => (origin ? [index] : []));
  const hotRules = Array.from({ length: hot }, () => random.pick(usable));
  const pickRule = () => (hot > 0 && random.chance(0.5) ? hotRules[Math.floor(hot * random.next() ** 2)] : random.pick(usable));
  return kinds.map((kind, i) => {
    const rule = kind === 'other' ? null : pickRule();
    const origin = rule === null ? drawFailure(random) : kind === 'match' ? list.origins[rule] : missOf(list, rule, random);
    const failure = failureOf(origin, random);
    if (withLog[i]) failure.message += `\n${browserLog(random, logLength)}`;
    const own = Math.round(length * (0.7 + 0.6 * random.next()));
    const error = errorText(failure, random, withLog[i] ? failure.message.length + own / 2 : own);
    return { test: testName(random, origin.scope), error, kind, rule, origin, failure };
  });
}

/** `count` values of which each share is exact, in a random order. */
function shuffledShares(random, count, shares, rest) {
  const values = shares.flatMap(([value, share]) => Array(Math.round(count * share)).fill(value)).slice(0, count);
  while (values.length < count) values.push(rest);
  return random.shuffle(values);
}

/** A rule's origin with one detail changed, so that the rule does not match the failure. */
function missOf(list, rule, random) {
  const origin = list.origins[rule];
  const { error, flags } = list.rules[rule];
  const own = new RegExp(error, flags);
  const template = byName.get(origin.template);
  // some details (the author's habit) change nothing in the text: hence the tries
  for (let i = 0; i < 20; i++) {
    const key = random.pick(Object.keys(origin.details));
    const details = { ...origin.details, [key]: template.draw(random)[key] };
    if (!own.test(errorText(template.fail(details, random), random, 0))) return { ...origin, details };
  }
  return drawFailure(random);
}

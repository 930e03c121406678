// How the demo throws a failure that the generator made.

/** Failures that V8 or node:assert throw, given the details. */
const real = {
  'js.undefinedProperty': 'undefinedProperty',
  'assert.strictEqual': 'strictEqual',
  'assert.deepStrictEqual': 'deepStrictEqual',
};

/** Failures that have nothing to do with the list. They use little or nothing of the generator's text. */
const unrelated = ['aggregate', 'abort', 'dataClone', 'json', 'url', 'range', 'missingFile', 'rejects', 'nothing'];

/**
 * @param {import('../../bench/data/errors.mjs').FailedTest} failed
 * @param {import('../../bench/data/index.mjs').Random} random
 */
export function drawFailureKind({ kind, origin }, random) {
  if (real[origin.template]) return real[origin.template];
  if (kind === 'other' && random.chance(0.4)) return random.pick(unrelated);
  if (random.chance(0.06)) return 'withCause';
  if (random.chance(0.05)) return 'string';
  if (/^(?:chai|jest)\./.test(origin.template)) return 'coloured';
  return 'remote';
}

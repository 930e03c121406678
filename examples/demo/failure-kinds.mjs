// How a failed test of the generator is made to fail in the demo.

/** Failures that V8 or node:assert throw themselves, given the details. */
const real = {
  'js.undefinedProperty': 'undefinedProperty',
  'assert.strictEqual': 'strictEqual',
  'assert.deepStrictEqual': 'deepStrictEqual',
};

/** Failures that have nothing to do with the list; the text of the generator is not used, or hardly. */
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

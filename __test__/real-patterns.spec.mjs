// The regular expressions in the source of the packages that are installed here, each against texts that it matches, nearly matches
// and does not: V8 judges. REAL_PATTERNS_DIRS (a list like PATH) names other directories.

import assert from 'node:assert/strict';
import { delimiter } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compare, newCounts } from '../conformance/parity/compare.mjs';
import { describeV8, startEngine, startV8 } from '../conformance/parity/engines.mjs';
import { expression } from '../conformance/parity/format.mjs';
import { LONGEST_REAL, textsFor } from '../conformance/parity/texts.mjs';
import { knownFaults } from '../conformance/parity/v8-faults.mjs';
import { collectPatterns, sampleable } from '../conformance/real-patterns/collect.mjs';
import { Random } from '../scripts/lib/random.mjs';

const DIRECTORIES = process.env.REAL_PATTERNS_DIRS?.split(delimiter) ?? [
  fileURLToPath(new URL('../node_modules', import.meta.url)),
];
/** Fewer would mean that the search is broken: what the tests themselves need brings more. */
const FEWEST_PATTERNS = Number(process.env.REAL_PATTERNS_FEWEST ?? 100);
const TEXTS_PER_PATTERN = 8;
const BATCH = 200;

/** What a test fails with, for every pattern: most match none of it, as in real life. */
const LOG = [
  "TypeError: Cannot read properties of undefined (reading 'name')",
  '    at Object.<anonymous> (/home/user/app/test/login.spec.js:12:34)\r',
  '    at async file:///C:/app/src/index.mjs?v=1.2.3#L10 { code: "ERR_ABC", port: 8080 }',
  '<a href="https://example.com/path/?q=1&amp;r=2">Über 1.234,56 €</a> 2024-02-29T12:00:00.000Z',
].join('\n');

test('patterns found in packages are accepted, match and span as in V8', async (context) => {
  const found = collectPatterns(DIRECTORIES);
  assert.ok(found.length >= FEWEST_PATTERNS, `${found.length} patterns found in ${DIRECTORIES}`);
  const { faults } = describeV8();
  const [ours, v8] = [startEngine(), startV8()];
  const counts = newCounts();
  const wrong = [];
  try {
    for (let first = 0; first < found.length; first += BATCH) {
      const requests = found.slice(first, first + BATCH).map((one, at) => {
        const random = Random.at(1, first + at);
        const texts = textsFor(random, sampleable(one), TEXTS_PER_PATTERN, LONGEST_REAL);
        return { ...one, texts: [...texts, LOG] };
      });
      const [answers, expected] = await Promise.all([ours.judgeAll(requests), v8.judgeAll(requests)]);
      for (const [at, request] of requests.entries()) {
        const disagreements = await compare(request, answers[at], expected[at], (other) => v8.judge(other), counts);
        if (disagreements.length === 0 || knownFaults(request, faults).some(({ broad }) => !broad)) continue;
        const [{ kind, text, ours: got, v8: right }] = disagreements;
        wrong.push(`${kind}: ${expression({ ...request, text })} is ${right}, not ${got} (${request.file})`);
      }
    }
  } finally {
    await Promise.all([ours.close(), v8.close()]);
  }
  context.diagnostic(
    `${counts.patterns} distinct patterns, ${counts.pairs} pairs: ${counts.matched} matched, ${counts.unmatched} did not, ${counts.v8TooSlow} too slow for V8`,
  );
  assert.equal(wrong.length, 0, `${wrong.length} patterns\n${wrong.slice(0, 20).join('\n')}`);
  assert.ok(counts.matched > counts.patterns, 'the texts match too seldom to show anything');
});

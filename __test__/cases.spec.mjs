// The table of cases (`cases/`), through the engine and through the public surface, against V8 in the same run.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { compare, describe as describeResponse, describeResult, difference, newCounts } from '../conformance/parity/compare.mjs';
import { startEngine, startV8 } from '../conformance/parity/engines.mjs';
import { expression } from '../conformance/parity/format.mjs';
import { Outcome } from '../conformance/parity/frames.mjs';
import { Surface } from '../conformance/parity/surface.mjs';
import { CASES } from './cases/index.mjs';

/** What stands behind a text decides which engine may run the pattern: each text is tried with every trait. */
const TRAITS = ['', '😀', '\r\n', '\u2028'];

/** One request for each pattern, with all its texts. */
function requestsFor(cases) {
  const requests = new Map();
  for (const { pattern, flags, text } of cases) {
    const key = JSON.stringify([pattern, flags]);
    if (!requests.has(key)) requests.set(key, { pattern, flags, texts: [] });
    if (text !== undefined) requests.get(key).texts.push(...TRAITS.map((trait) => text + trait));
  }
  return [...requests.values()];
}

function wrongResults({ expected }, response) {
  if (expected === 'refused') return response.refused ? [] : ['accepted'];
  if (!response.results) return [describeResponse(response)];
  const right = expected
    ? { outcome: Outcome.match, start: expected[0], end: expected[1] }
    : { outcome: Outcome.noMatch, start: 0, end: 0 };
  return response.results[0].filter((found) => found.outcome !== Outcome.notRun && difference(right, found)).map(describeResult);
}

function fail(disagreements) {
  if (disagreements.length === 0) return;
  const shown = disagreements.slice(0, 20).join('\n');
  assert.fail(`${disagreements.length} disagreements\n${shown}`);
}

const features = [...new Set(CASES.map(({ feature }) => feature))];

for (const [through, open] of [
  ['the engine', () => startEngine()],
  ['the public surface', async () => new Surface(await import('../index.js'))],
]) {
  describe(`cases through ${through}`, () => {
    let ours;
    let v8;
    before(async () => {
      ours = await open();
      v8 = startV8();
    });
    after(() => Promise.all([ours?.close(), v8?.close()]));

    for (const feature of features) {
      const cases = CASES.filter((one) => one.feature === feature);
      const judged = cases.filter(({ reason }) => reason === undefined);
      const settled = cases.filter(({ reason }) => reason !== undefined);

      if (judged.length > 0) {
        test(`${feature}: ${judged.length} cases as V8 has them`, async () => {
          const requests = requestsFor(judged);
          const [answers, expected] = await Promise.all([ours.judgeAll(requests), v8.judgeAll(requests)]);
          const found = [];
          for (const [at, request] of requests.entries()) {
            assert.ok(!expected[at].failed, `V8 ${expected[at].failed?.how}: ${expression(request)}`);
            const counts = newCounts();
            for (const { kind, text, engine, ours: got, v8: right } of await compare(
              request,
              answers[at],
              expected[at],
              (other) => v8.judge(other),
              counts,
            )) {
              found.push(`${kind} (${engine ?? 'parser'}): ${expression({ ...request, text })} is ${right}, not ${got}`);
            }
            assert.equal(counts.v8TooSlow, 0, `V8 takes too long for ${expression(request)}`);
          }
          fail(found);
        });
      }

      if (settled.length > 0) {
        test(`${feature}: ${settled.length} cases as the specification has them`, async () => {
          const answers = await ours.judgeAll(settled.map(({ pattern, flags, text }) => ({ pattern, flags, texts: [text] })));
          fail(
            settled.flatMap((one, at) =>
              wrongResults(one, answers[at]).map(
                (got) => `${expression(one)} is ${JSON.stringify(one.expected)}, not ${got} (${one.reason})`,
              ),
            ),
          );
        });
      }
    }
  });
}

// `SEED=… node --test __test__/ci/rule-lists.spec.mjs` repeats a run; `LISTS` is the number of lists.

import test from 'node:test';
import { assertEverythingSeen, judgeLists } from '../rule-lists.mjs';

const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
const LISTS = Number(process.env.LISTS ?? 100_000);

test(`${LISTS} random lists give the verdicts of the loop`, async (t) => {
  t.diagnostic(`SEED=${SEED}`);
  const seen = await judgeLists(SEED, LISTS);
  t.diagnostic(JSON.stringify(seen));
  assertEverythingSeen(seen, LISTS / 50);
});

// The figures of `npm run bench` that have a limit.

import { PROFILES } from './peers.mjs';
import { RULE_BYTES, TEXT_LENGTHS } from './scaling.mjs';

/** @typedef {import('./harness/limits.mjs').Row} Row */

/** @returns {Row[]} */
export function mustShow({ peers, scaling, loading }) {
  /** @type {Row[]} */
  const rows = [];
  const row = (figure, value, limit, { atLeast = false, unit = '' } = {}) =>
    rows.push({ figure, value: value ?? null, limit, atLeast, unit });
  const worst = (values) => (values.some((value) => value === undefined || value === null) ? null : Math.max(...values));

  for (const profile of PROFILES) {
    const ratios = peers?.summary[profile].ratios;
    row(`engine alone / Vectorscan, ${profile}`, ratios?.engineToVectorscan, 1);
  }
  for (const profile of PROFILES) {
    row(`classifyAll / Vectorscan, ${profile}`, peers?.summary[profile].ratios.classifyAllToVectorscan, 2.5);
  }
  row('JavaScript loop / classifyAll, plain', peers?.summary.plain.ratios.javascriptToClassifyAll, 1000, { atLeast: true });

  const tenfold = (profile, what) =>
    scaling && worst(Object.values(scaling.profiles[profile][what]).flatMap((entry) => entry.tenfold.map(({ ratio }) => ratio)));
  const mb = (bytes) => `${bytes / 1e6}`;
  const kb = (length) => `${length / 1e3}`;
  for (const profile of PROFILES) {
    row(
      `ten times the rules (${mb(RULE_BYTES[0])} to ${mb(RULE_BYTES.at(-1))} MB), worst step, ${profile}`,
      tenfold(profile, 'rules'),
      1.5,
    );
  }
  for (const profile of PROFILES) {
    row(
      `ten times the text (${kb(TEXT_LENGTHS[0])} to ${kb(TEXT_LENGTHS.at(-1))} KB), worst step, ${profile}`,
      tenfold(profile, 'texts'),
      11,
    );
  }

  for (const profile of PROFILES) {
    const smallest = loading?.profiles[profile].loading[0];
    const wallMs = smallest && worst(Object.values(smallest.forms).map((form) => form.wallMs));
    row(`load 300 KB, wall, ${profile}`, wallMs, 25, { unit: ' ms' });
    row(`load 300 KB / Vectorscan's compile, ${profile}`, smallest?.vectorscanMs ? wallMs / smallest.vectorscanMs : null, 0.01);
  }
  for (const profile of PROFILES) {
    const memory = loading?.profiles[profile].memory;
    row(`memory after loading 300 KB, ${profile}`, memory && memory.loadedBytes / 1e6, 8, { unit: ' MB' });
    row(
      `memory after ${(memory?.texts ?? 10_000).toLocaleString('en')} errors, ${profile}`,
      memory && memory.classifiedBytes / 1e6,
      16,
      { unit: ' MB' },
    );
  }

  const disagreements = peers?.lists.flatMap((list) => [list.peers.engine.disagreements, list.peers.classifyAll.disagreements]);
  row(
    'disagreements with the JavaScript loop',
    disagreements?.reduce((a, b) => a + b, 0),
    0,
  );
  return rows;
}

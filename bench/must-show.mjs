// The figures of `npm run bench` that have a limit: the median and the worst over all workloads.

import { median, sum } from '../scripts/lib/figures.mjs';
import { TEXT_UNITS } from './catastrophic.mjs';
import { PROFILES } from './peers.mjs';
import { RULE_BYTES } from './scaling.mjs';
import { LONG_BYTES, ownDisagreements } from './workloads/summary.mjs';

/** @typedef {import('./harness/limits.mjs').Row} Row */
/** @typedef {{ value: number, on: string }} Measured one of the values of a figure, and what it is from */

/** @returns {Row[]} */
export function mustShow({ workloads, peers, scaling, loading, catastrophic }) {
  /** @type {Row[]} */
  const rows = [];
  const row = (figure, measured, limit, { unit = '', atLeast = false } = {}) =>
    rows.push({ figure, value: measured?.value ?? null, on: measured?.on, limit, unit, atLeast });

  const summary = (figure) => workloads?.summary.find((one) => one.figure === figure);
  const worstOf = (figure, limit, options) => {
    const { worst, on } = summary(figure) ?? {};
    row(`${figure}, worst`, worst === undefined ? null : { value: worst, on }, limit, options);
  };
  const medianOf = (figure, limit, options) => row(`${figure}, median`, { value: summary(figure)?.median }, limit, options);
  worstOf('engine alone / Vectorscan, plain', 0.8);
  medianOf('engine alone / Vectorscan, plain', 0.5);
  worstOf('engine alone / Vectorscan, typical', 1);
  medianOf('engine alone / Vectorscan, typical', 0.7);
  worstOf('classifyAll / Vectorscan', 1.5);
  medianOf('classifyAll / Vectorscan', null);
  worstOf('JavaScript loop / classifyAll', null, { atLeast: true });
  medianOf('JavaScript loop / classifyAll', 1000, { atLeast: true });

  const both = (figure, values, limit, options) => {
    row(`${figure}, worst`, largest(values), limit, options);
    row(`${figure}, median`, values.length ? { value: median(values.map(({ value }) => value)) } : null, null, options);
  };
  both(`ns a byte, plain, texts of ${LONG_BYTES / 1000} KB and more`, [...longTexts(workloads), ...longTexts(scaling)], 0.3);
  both('load 300 KB, wall', loads(loading, 'wallMs'), 12, { unit: ' ms' });
  both('memory after loading 300 KB', loads(loading, 'loadedBytes'), 6, { unit: ' MB' });
  const memory = loading && PROFILES.map((profile) => ({ on: `ui-tests ${profile}`, ...loading.profiles[profile].memory }));
  row(
    `memory after ${(memory?.[0].texts ?? 10_000).toLocaleString('en')} errors, worst`,
    largest((memory ?? []).map(({ on, classifiedBytes }) => ({ on, value: classifiedBytes / 1e6 }))),
    16,
    { unit: ' MB' },
  );
  both(`ten times the rules, up to ${RULE_BYTES.at(-1) / 1e6} MB`, tenfold(workloads, scaling, 'rules'), 1.25);
  both('ten times the text', tenfold(workloads, scaling, 'texts'), 10.5);

  const slowest = (kind) => catastrophic && { value: catastrophic[kind].ms, on: `\`${catastrophic[kind].pattern}\`` };
  row(`worst pattern on ${TEXT_UNITS / 1024} KB, no back-references`, slowest('linear'), 50, { unit: ' ms' });
  row(`worst pattern on ${TEXT_UNITS / 1024} KB, with back-references`, slowest('bounded'), 50, { unit: ' ms' });

  const counts = [
    workloads && ownDisagreements(workloads.results),
    peers && sum(peers.lists.flatMap((list) => [list.peers.engine.disagreements, list.peers.classifyAll.disagreements])),
  ].filter((count) => count !== undefined);
  row('disagreements with the JavaScript loop, with every kernel', counts.length ? { value: sum(counts) } : null, 0);
  return rows;
}

/** @param {Measured[]} values @returns {Measured | null} */
const largest = (values) => (values.length ? values.reduce((a, b) => (b.value > a.value ? b : a)) : null);

/** Of the workloads, or of scaling. @returns {Measured[]} */
function longTexts(of) {
  if (!of) return [];
  if (of.results) {
    return of.results
      .filter(({ profile, textBytes, figures }) => profile === 'plain' && textBytes >= LONG_BYTES && figures.nsPerByte)
      .map(({ workload, seed, figures }) => ({ value: figures.nsPerByte, on: `${workload}, seed ${seed}` }));
  }
  return of.profiles.plain.texts.engine.steps
    .filter(({ label }) => label >= LONG_BYTES)
    .map(({ label, nsPerError }) => ({ value: nsPerError / label, on: `ui-tests, texts of ${label / 1000} KB` }));
}

/** Of lists of 300 KB. @returns {Measured[]} in ms, or in MB */
function loads(loading, what) {
  if (!loading) return [];
  const own = PROFILES.map((profile) => {
    const { loading: steps, memory } = loading.profiles[profile];
    const wallMs = Math.max(...Object.values(steps[0].forms).map((form) => form.wallMs));
    return { workload: 'ui-tests', profile, wallMs, loadedBytes: memory.loadedBytes };
  });
  return [...own, ...loading.workloads].map(({ workload, profile, ...measured }) => ({
    value: what === 'wallMs' ? measured.wallMs : measured.loadedBytes / 1e6,
    on: `${workload} ${profile}`,
  }));
}

/** @param {'rules' | 'texts'} what @returns {Measured[]} */
function tenfold(workloads, scaling, what) {
  const key = what === 'rules' ? 'rulesTenfold' : 'textTenfold';
  const grown = (workloads?.growth ?? [])
    .filter(({ figures }) => figures[key] !== null)
    .map(({ workload, profile, seed, figures }) => ({ value: figures[key], on: `${workload} ${profile}, seed ${seed}` }));
  const steps = Object.entries(scaling?.profiles ?? {}).flatMap(([profile, figures]) =>
    Object.entries(figures[what]).flatMap(([entry, { tenfold }]) =>
      tenfold.map(({ from, to, ratio }) => ({
        value: ratio,
        on: `ui-tests ${profile}, ${entry}, ${from / 1000} to ${to / 1000} KB`,
      })),
    ),
  );
  return [...grown, ...steps];
}

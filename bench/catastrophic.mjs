// How long does the worst pattern keep a thread busy with a text of 64 KB?
//
// The patterns are those of `npm run catastrophic`, which proves linear time by other sizes; each gets the text that is its worst. CPU time of
// a whole call, the least of a few: noise only ever adds. With a back-reference no linear time is known; such a search ends at its budget.

import { BOUNDED, LINEAR } from '../conformance/catastrophic/patterns.mjs';
import { ns } from '../scripts/lib/figures.mjs';

export const TEXT_UNITS = 65_536;
const REPEATS = 3;
const SHOWN = 5;

/** @returns {Promise<Record<'linear' | 'bounded', { pattern: string, ms: number }>>} the slowest of each kind */
export async function run() {
  const { addon } = await import('./harness/package.mjs');
  const worst = {};
  for (const [kind, patterns] of Object.entries({ linear: LINEAR, bounded: BOUNDED })) {
    const times = [];
    for (const pattern of patterns)
      times.push({ pattern: `/${pattern.pattern}/${pattern.flags}`, ms: await measure(addon, pattern) });
    times.sort((a, b) => b.ms - a.ms);
    const title = kind === 'linear' ? 'without back-references' : 'with back-references';
    console.log(`${title}, ${patterns.length} patterns on texts of ${TEXT_UNITS.toLocaleString('en')} code units, the slowest:`);
    for (const { pattern, ms } of times.slice(0, SHOWN)) console.log(`  ${ns(ms * 1e6).padStart(8)}  ${pattern}`);
    worst[kind] = times[0];
  }
  return worst;
}

async function measure(addon, { pattern, flags, text: make }) {
  await addon.loadRules([{ issue: 'it', error: { source: pattern, flags } }], { ansi: 'keep', strict: true });
  const text = make(TEXT_UNITS);
  let least = Infinity;
  for (let i = 0; i < REPEATS; i++) {
    const began = process.cpuUsage();
    await addon.classify('', text);
    const { user, system } = process.cpuUsage(began);
    least = Math.min(least, (user + system) / 1e3);
  }
  return least;
}

// How many failures each candidate matches, by the engine: in its group, and of all others.
'use strict';

const { classifyAll, explain, loadRules } = require('../../../index.js');

const BATCH = 1000;

/**
 * @param {{ error: string, flags?: string }[][]} candidates of each group
 * @param {import('./groups.js').Group[]} groups
 * @param {Map<string, { count: number, group: import('./groups.js').Group | null }>} texts
 * @param {import('../../../index.js').LoadOptions} loadOptions those of the list: a candidate is measured as its rule will match
 * @param {(done: number, fraction: number) => void} onProgress texts done
 * @returns {Promise<{ inGroup: number, inOthers: number }[][]>} for each candidate; what the engine refuses matches nothing
 */
async function measure(candidates, groups, texts, loadOptions, onProgress) {
  const flat = candidates.flatMap((ofGroup, group) => ofGroup.map((candidate) => ({ ...candidate, group })));
  const counts = candidates.map((ofGroup) => ofGroup.map(() => ({ inGroup: 0, inOthers: 0 })));
  const flatCounts = counts.flat();
  if (flat.length === 0) return counts;
  const { ansi, stackFrames } = loadOptions;
  await loadRules(
    flat.map(({ error, flags }) => ({ issue: '-', error, flags: flags ?? '' })),
    { ansi, stackFrames },
  );
  const all = [...texts];
  for (let start = 0; start < all.length; start += BATCH) {
    const batch = all.slice(start, start + BATCH);
    // most known failures match nothing here, and an explanation takes longer than a verdict
    const verdicts = await classifyAll(batch.map(([text]) => ({ test: '', error: text })));
    for (const [index, [text, { count, group }]] of batch.entries()) {
      if (verdicts[index].status !== 'Broken') continue;
      const { matches } = await explain('', text);
      for (const match of matches) {
        const isOwn = groups[flat[match.index].group] === group;
        flatCounts[match.index][isOwn ? 'inGroup' : 'inOthers'] += count;
      }
    }
    onProgress(start + batch.length, (start + batch.length) / all.length);
  }
  return counts;
}

module.exports = { measure };

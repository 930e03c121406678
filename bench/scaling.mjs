// What does ten times the rules, and ten times the text, do to the time per error?
//
// Rules: lists of 300 KB, 1, 3 and 10 MB, each of which starts with the one before it. All get the texts of the smallest list: where a
// rule matched, the answer stays the same. (Texts of its own would show the costs of other rules, too.) Texts: of 2 KB, 20 KB, 200 KB and
// 2 MB, with the same shares of matches, against 300 KB of rules.

import { median, ns } from '../scripts/lib/figures.mjs';
import { writeList } from './harness/lists.mjs';
import { buildEngine, start } from './harness/peers.mjs';
import { measure } from './harness/rounds.mjs';
import { PROFILES } from './peers.mjs';

export const RULE_BYTES = [300_000, 1_000_000, 3_000_000, 10_000_000];
export const TEXT_LENGTHS = [2_000, 20_000, 200_000, 2_000_000];

const ENTRIES = ['engine', 'classifyAll'];
/** How many texts: too many for the caches and the branch predictor to learn, few enough for memory. */
const countFor = (length, most) => Math.max(24, Math.min(most, Math.round(8_000_000 / length)));

/** @param {{ seeds: string[], texts: number, rounds: number, sliceMs: number, sampledLogs: number }} settings */
export async function run(settings) {
  const binary = buildEngine('classify');
  const [seed] = settings.seeds;
  const profiles = {};
  for (const profile of PROFILES) {
    const small = writeList(`scaling-${profile}`, { seed, profile, bytes: RULE_BYTES[0] }, { count: settings.texts, logs: 0 });
    const lists = RULE_BYTES.map((bytes) => {
      const list =
        bytes === RULE_BYTES[0] ? small : writeList(`scaling-${profile}-${bytes}`, { seed, profile, bytes }, { count: 0 });
      return { label: bytes, list, textsFile: small.textsFile, counts: small.counts };
    });
    const texts = TEXT_LENGTHS.map((length) => {
      const errors = { count: countFor(length, settings.texts), length, logs: 0 };
      const { textsFile, counts } = writeList(
        `scaling-${profile}-text-${length}`,
        { seed, profile, bytes: RULE_BYTES[0] },
        errors,
      );
      return { label: length, list: small, textsFile, counts };
    });
    profiles[profile] = {
      rules: await measureSteps(lists, binary, settings, [
        [0, 2],
        [1, 3],
      ]),
      texts: await measureSteps(texts, binary, settings, [
        [0, 1],
        [1, 2],
        [2, 3],
      ]),
    };
    print(profile, profiles[profile]);
  }
  return { seed, profiles };
}

/** All steps take turns: a ratio of two must not be one of two moments. `tenfold`: pairs of steps of which one is ten times the other. */
async function measureSteps(steps, binary, settings, tenfold) {
  const figures = {};
  for (const entry of ENTRIES) {
    const children = [];
    try {
      for (const { list, textsFile } of steps) {
        const child = entry === 'engine' ? await start.engine(binary, list) : await start.classifyAll(list);
        children.push(child);
        await child.ask(`texts ${textsFile}`);
      }
      // a step is a peer of its own, with its own number of texts
      const measured = await measure(
        new Map(children.map((child, i) => [i, child])),
        new Map(steps.map(({ counts }, i) => [i, counts])),
        settings,
      );
      figures[entry] = {
        steps: steps.map(({ label, list }, i) => ({
          label,
          rules: list.list.rules.length,
          nsPerError: measured.get(i).nsPerError,
        })),
        tenfold: tenfold.map(([from, to]) => {
          const [a, b] = [measured.get(from), measured.get(to)];
          const ratio =
            a.rounds && b.rounds ? median(b.rounds.map((value, i) => value / a.rounds[i])) : b.nsPerError / a.nsPerError;
          return { from: steps[from].label, to: steps[to].label, ratio };
        }),
      };
    } finally {
      for (const child of children) await child.end();
    }
  }
  return figures;
}

function print(profile, { rules, texts }) {
  for (const [what, figures, unit] of [
    ['rules', rules, (bytes) => `${bytes / 1e6} MB`],
    ['texts', texts, (length) => `${length / 1e3} KB`],
  ]) {
    for (const entry of ENTRIES) {
      const { steps, tenfold } = figures[entry];
      console.log(`\n${profile}, ${what}, ${entry === 'engine' ? 'engine alone' : 'classifyAll'}, CPU time per error`);
      console.log(`  ${steps.map(({ label, nsPerError }) => `${unit(label)}: ${ns(nsPerError)}`).join(', ')}`);
      console.log(`  ${tenfold.map(({ from, to, ratio }) => `${unit(from)} to ${unit(to)}: ×${ratio.toFixed(2)}`).join(', ')}`);
    }
  }
}

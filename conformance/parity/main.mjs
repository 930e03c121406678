// Does the engine answer as V8 does? Generated patterns against texts that they match, nearly match and do not: acceptance, match
// and span are compared, pair by pair, and each disagreement is shown made small.
//
//   npm run parity -- --pairs 500000 --seed 7
//
// Exit code 0: no disagreement. 1: some, each printed. 2: the run itself failed.

import { command, flag, integer, text } from '../../scripts/lib/command.mjs';
import { Random } from '../../scripts/lib/random.mjs';
import { installedRuntime, installRuntime, RUNTIME_NAMES, RuntimeMissing } from '../../scripts/lib/runtimes.mjs';
import { Blame } from './blame.mjs';
import { compare, newCounts } from './compare.mjs';
import { describeV8, startEngine, startV8 } from './engines.mjs';
import { expression, formatDisagreement } from './format.mjs';
import { generatePattern } from './grammar.mjs';
import { shrink } from './shrink.mjs';
import { textsFor } from './texts.mjs';

const USAGE = `usage: npm run parity -- [options]
  --pairs N        pairs of pattern and text (default 100000; 5000 with --surface)
  --seed S         32-bit integer; the same one gives the same pairs (default: random, printed)
  --texts N        texts for each pattern (default 4)
  --from I         start at pattern I of the seed; with --pairs 4, repeats that pattern alone
  --surface        through loadRules and classify instead of the engine's oracle process
  --engine PATH    an oracle of another build, or an .mjs that speaks the protocol
  --node PATH      the Node whose V8 is the judge (a newer one knows modifiers and duplicate names), or node20, node22, node24,
                   node26: installed from npm into .cache/runtimes
  --second PATH    the Bun whose JavaScriptCore is asked before anything is called V8's fault; bun: installed from npm; none: not asked
                   (default: the one in .cache/runtimes, if there is one)
  --show N         disagreements to shrink and print (default 20)`;

const BATCH_PATTERNS = 250;
const BATCHES_UNDER_WAY = 6;

const OPTIONS = {
  pairs: integer(undefined),
  seed: integer(undefined, { least: 0 }),
  texts: integer(4),
  from: integer(0, { least: 0 }),
  surface: flag(),
  engine: text(undefined),
  node: text(undefined),
  second: text(undefined),
  show: integer(20, { least: 0 }),
};

await command({ usage: USAGE, options: OPTIONS }, async (values) => {
  try {
    return await run(values);
  } catch (error) {
    if (!(error instanceof RuntimeMissing)) throw error;
    console.log(`parity: skipped: ${error.message}`);
    return 0;
  }
});

async function run({
  surface,
  pairs = surface ? 5000 : 100_000,
  seed = Math.floor(Math.random() * 2 ** 31),
  texts: textCount,
  from: first,
  engine,
  node: judgeNode,
  second,
  show,
}) {
  const node = executable(judgeNode);
  const judge = describeV8(node);
  console.log(`parity: seed ${seed}, ${pairs} pairs, judged by V8 ${judge.v8} (Node ${judge.node}, Unicode ${judge.unicode})`);
  const bun = findSecond(second);

  const ours = surface ? await openSurface() : startEngine(engine);
  const blame = new Blame({ ours, node, faults: judge.faults, bun });
  const parties = { ours, v8: startV8({ node }), blame };
  const report = { counts: newCounts(), disagreements: [], suspected: [], v8Faults: [], skipped: [] };
  const began = performance.now();
  const underWay = new Set();
  const count = Math.ceil(pairs / textCount);
  for (let done = 0; done < count; done += BATCH_PATTERNS) {
    const batch = Array.from({ length: Math.min(BATCH_PATTERNS, count - done) }, (_, at) => {
      return makeRequest(seed, first + done + at, textCount, judge.modern);
    });
    const work = judgeBatch(batch, parties, report).finally(() => underWay.delete(work));
    underWay.add(work);
    if (underWay.size >= BATCHES_UNDER_WAY) await Promise.race(underWay);
    progress(report, pairs, began);
  }
  await Promise.all(underWay);
  const seconds = (performance.now() - began) / 1000;
  await settleSuspected(report, parties);
  const shown = await makeSmall(report.disagreements, show, parties, seed);
  await Promise.all([parties.ours, parties.v8, parties.blame].map((party) => party.close()));
  print(report, shown, seconds);
  return report.disagreements.length > 0 ? 1 : 0;
}

/** A path, or the name of a runtime that `scripts/runtimes` pins. */
function executable(given) {
  return RUNTIME_NAMES.includes(given) ? installRuntime(given).path : given;
}

/** Bun's executable. Without it JavaScriptCore is not asked. */
function findSecond(given) {
  if (given === 'none') return undefined;
  try {
    return given === undefined ? installedRuntime('bun')?.path : executable(given);
  } catch (error) {
    if (!(error instanceof RuntimeMissing)) throw error;
    console.log(`JavaScriptCore is not asked: ${error.message}`);
    return undefined;
  }
}

async function openSurface() {
  const [{ Surface }, addon] = await Promise.all([import('./surface.mjs'), import('../../index.js')]);
  return new Surface(addon);
}

function makeRequest(seed, index, textCount, modern) {
  const random = Random.at(seed, index);
  const generated = generatePattern(random, { modern });
  return { pattern: generated.pattern, flags: generated.flags, texts: textsFor(random, generated, textCount), index };
}

async function judgeBatch(batch, parties, report) {
  const [ours, v8] = await Promise.all([parties.ours.judgeAll(batch), parties.v8.judgeAll(batch)]);
  for (const [at, request] of batch.entries()) {
    if (v8[at].failed) report.skipped.push({ ...request, how: v8[at].failed.how });
    const found = await compare(request, ours[at], v8[at], (other) => parties.v8.judge(other), report.counts);
    for (const disagreement of found) {
      const { index, pattern, flags } = request;
      const whole = { ...disagreement, original: { pattern, flags, text: disagreement.text }, index };
      const fault = await parties.blame.optimiserFault(whole);
      if (fault) report.v8Faults.push({ ...whole, ...fault });
      else if (parties.blame.isSuspect(whole, request)) report.suspected.push(whole);
      else report.disagreements.push(whole);
    }
  }
}

/** A suspected disagreement is V8's fault if it still shows the fault once it is small. */
async function settleSuspected(report, parties) {
  const perPattern = new Map();
  for (const suspected of report.suspected) {
    const { index } = suspected;
    if (!perPattern.has(index)) {
      const { small } = await makeOneSmall(suspected, parties);
      perPattern.set(index, await parties.blame.listedFault(suspected, small));
    }
    const fault = perPattern.get(index);
    if (fault) report.v8Faults.push({ ...suspected, ...fault });
    else report.disagreements.push(suspected);
  }
}

/** One cause usually shows in many pairs: only disagreements whose small forms differ are worth printing. */
async function makeSmall(disagreements, most, parties, seed) {
  const shown = new Map();
  const patternsSeen = new Set();
  for (const disagreement of disagreements) {
    if (shown.size >= most || patternsSeen.size >= 5 * most) break;
    if (patternsSeen.has(disagreement.index)) continue;
    patternsSeen.add(disagreement.index);
    const small = await makeOneSmall(disagreement, parties);
    const key = `${disagreement.kind} ${expression(small.small)}`;
    if (!shown.has(key)) shown.set(key, { ...disagreement, ...small, origin: `--seed ${seed} --from ${disagreement.index}` });
  }
  return [...shown.values()];
}

async function makeOneSmall({ kind, engine, original, ours, v8 }, parties) {
  let answers = { ours, v8 };
  const stillDisagrees = async ({ pattern, flags, text }) => {
    const request = { pattern, flags, texts: text === undefined ? [] : [text] };
    const [ourAnswer, v8Answer] = await Promise.all([parties.ours.judge(request), parties.v8.judge(request)]);
    const found = await compare(request, ourAnswer, v8Answer, (other) => parties.v8.judge(other), newCounts());
    const same = found.find((other) => other.kind === kind && other.engine === engine);
    if (same) answers = { ours: same.ours, v8: same.v8 };
    return same !== undefined;
  };
  // each question to a process that hangs costs a minute
  const small = kind === 'stalled' ? original : await shrink(original, stillDisagrees);
  return { small, ...answers };
}

let progressAt = 0;

function progress({ counts, disagreements }, pairs, began) {
  const now = performance.now();
  if (!process.stderr.isTTY || now - progressAt < 500) return;
  progressAt = now;
  const rate = counts.pairs / ((now - began) / 1000);
  process.stderr.write(`\r${counts.pairs}/${pairs} pairs, ${Math.round(rate)}/s, ${disagreements.length} disagreements `);
}

function print({ counts, disagreements, v8Faults, skipped }, shown, seconds) {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  console.log(
    `${counts.pairs} pairs of ${counts.patterns} patterns in ${seconds.toFixed(1)} s: ${Math.round(counts.pairs / seconds)} pairs/s`,
  );
  console.log(
    `patterns: ${counts.accepted} accepted, ${counts.refused} refused, ${counts.newerSyntax} in syntax newer than this V8`,
  );
  console.log(
    `pairs: ${counts.matched} matched, ${counts.unmatched} did not, ${counts.undecided} undecided, ${counts.notRun} not run by an engine`,
  );
  console.log(
    `V8: ${counts.v8TooSlow} pairs too slow, ${counts.v8Threw} threw, ${counts.v8TooLarge} patterns too large, ${counts.v8Died} patterns ended its process, ` +
      `${counts.v8SplitPair} matches inside a surrogate pair, ${v8Faults.length} pairs with a fault of its own; ${counts.overOurLimit} patterns too large for both`,
  );
  for (const { pattern, flags, index, how } of skipped.slice(0, 10)) {
    console.log(`  skipped, V8 ${how}: ${expression({ pattern, flags })} (--from ${index})`);
  }
  for (const name of new Set(v8Faults.map((fault) => fault.name))) {
    const same = v8Faults.filter((fault) => fault.name === name);
    const [{ original, ours, v8, index }] = same;
    const asked = same.filter(({ jsc }) => jsc !== undefined);
    const agreed = asked.filter(({ jsc }) => jsc === 'ours');
    const second = asked.length > 0 ? `, JavaScriptCore agrees with ours in ${agreed.length} of ${asked.length}` : '';
    console.log(
      `  V8 fault, ${name}: ${same.length} pairs, such as ${expression(original)}, V8: ${v8}, ours: ${ours} (--from ${index})${second}`,
    );
  }
  for (const disagreement of shown) console.log(`\n${formatDisagreement(disagreement)}`);
  console.log(disagreements.length === 0 ? 'no disagreement' : `\n${disagreements.length} disagreements, ${shown.length} shown`);
}

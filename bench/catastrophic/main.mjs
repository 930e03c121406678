// Does time grow as the text does, for every pattern without back-references? Known catastrophic patterns on texts of n, 2n and 4n
// code units: linear time is four times as long for the last as for the first, quadratic time sixteen times. Patterns with
// back-references have to answer, or be undecided, within a bounded time.
//
//   npm run catastrophic -- --size 20000
//
// Exit code 0: all as it should be. 1: some pattern is not. 2: the run itself failed.

import { parseArgs } from 'node:util';
import { startEngine } from '../parity/engines.mjs';
import { expression } from '../parity/format.mjs';
import { Outcome } from '../parity/frames.mjs';
import { BOUNDED, LINEAR } from './patterns.mjs';

const USAGE = `usage: node bench/catastrophic/main.mjs [options]
  --size N         smallest text, in code units (default 20000)
  --engine [PATH]  the engine's oracle process instead of loadRules and classify
  --limit MS       longest time for one search before the pattern counts as hanging (default 30000)
  --only TEXT      patterns that contain this text`;

/** 4 is linear; caches and the allocator make it somewhat more, quadratic time makes it 16. */
const WORST_RATIO = 6;
/** Below this the clock and the thread hop drown the search: larger texts are taken. */
const LEAST_MS = 3;
const LARGEST_SIZE = 640_000;
const REPEATS = 3;
/** A measurement over the ratio is repeated: a busy machine must not pass for a slow engine. */
const ATTEMPTS = 5;
/** Small enough for V8 to judge these patterns in time. */
const CHECKED_SIZE = 14;

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: '20000' },
    engine: { type: 'string' },
    limit: { type: 'string', default: '30000' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) {
  console.log(USAGE);
} else {
  try {
    process.exitCode = await run({ ...options, size: Number(options.size), limitMs: Number(options.limit) });
  } catch (error) {
    console.error(error);
    process.exitCode = 2;
  }
}

async function run({ size, engine, limitMs, only }) {
  const searcher = engine === undefined ? await openSurface(limitMs) : openEngine(engine);
  const chosen = (list) => list.filter(({ pattern }) => pattern.includes(only));
  let failures = 0;

  console.log(
    `${'pattern'.padEnd(58)} ${['n', 't(n)', 't(2n)', 't(4n)', '4n/n'].map((head) => head.padStart(9)).join(' ')}  verdict`,
  );
  for (const one of chosen(LINEAR)) {
    const measured = await measureLinear(searcher, one, size, limitMs);
    if (measured.verdict !== 'linear') failures++;
    printRow(one, measured);
  }
  console.log(`\nwith back-references: an answer, or undecided, within ${limitMs} ms`);
  for (const one of chosen(BOUNDED)) {
    const measured = await measureBounded(searcher, one, size, limitMs);
    if (!measured.verdict.startsWith('bounded')) failures++;
    printRow(one, measured);
  }
  await searcher.close();
  console.log(failures === 0 ? '\nall linear, all bounded' : `\n${failures} patterns are not as they should be`);
  return failures === 0 ? 0 : 1;
}

/** A searcher gives `{ ms, answer }` for a prepared pattern and a text; `answer`: `noMatch`, `undecided`, `hangs` or `start..end`. */
async function openSurface(limitMs) {
  const { loadRules, classify } = await import('../../index.js');
  return {
    async prepare({ pattern, flags }) {
      const { rejected } = await loadRules([{ issue: 'it', error: { source: pattern, flags } }], { ansi: 'keep' });
      if (rejected.length > 0) throw new Error(`refused: ${rejected[0].message}`);
    },
    async search(_, text) {
      const signal = AbortSignal.timeout(limitMs);
      const began = performance.now();
      try {
        const { match, undecided } = await classify('', text, { signal });
        const ms = performance.now() - began;
        if (undecided.length > 0) return { ms, answer: 'undecided' };
        return { ms, answer: match ? `${match.start}..${match.end}` : 'noMatch' };
      } catch (error) {
        if (!signal.aborted) throw error;
        return { ms: performance.now() - began, answer: 'hangs' };
      }
    },
    close: async () => {},
  };
}

function openEngine(path) {
  const client = startEngine(path === '' ? undefined : path);
  return {
    async prepare() {},
    async search({ pattern, flags }, text) {
      const began = performance.now();
      const { results, refused, failed } = await client.judge({ pattern, flags, texts: [text] });
      const ms = performance.now() - began;
      if (failed) return { ms, answer: 'hangs' };
      if (refused) throw new Error(`${expression({ pattern, flags })} is refused: ${refused.message}`);
      const { outcome, start, end } = results[0][0];
      if (outcome === Outcome.match) return { ms, answer: `${start}..${end}` };
      return { ms, answer: Object.keys(Outcome).find((name) => Outcome[name] === outcome) };
    },
    close: () => client.close(),
  };
}

async function measureLinear(searcher, one, smallest, limitMs) {
  await searcher.prepare(one);
  const wrong = await wrongWhenSmall(searcher, one);
  if (wrong) return { size: CHECKED_SIZE, times: [], verdict: wrong };
  // an exponential pattern shows here, before a text is long enough to hang on
  const first = await searcher.search(one, one.text(smallest / 20));
  if (first.answer === 'hangs' || first.ms > limitMs / 4) return { size: smallest / 20, times: [first.ms], verdict: 'HANGS' };

  let best;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const measured = await measureSizes(searcher, one, smallest);
    best = best?.size === measured.size ? fastestOf(best, measured) : measured;
    if (best.ratio <= WORST_RATIO || measured.answers.includes('hangs')) break;
  }
  // quadratic time on the largest text is seconds: what is lost in noise there is linear
  let verdict = best.ratio <= WORST_RATIO || best.times[2] < LEAST_MS ? 'linear' : 'SUPERLINEAR';
  if (best.answers.includes('undecided') || best.answers.includes('threw')) verdict = 'UNDECIDED';
  if (best.answers.includes('hangs') || best.answers.includes('tooSlow')) verdict = 'HANGS';
  return { ...best, verdict };
}

/** Two measurements of the same sizes: noise only ever adds to a time. */
function fastestOf(one, other) {
  const times = one.times.map((ms, at) => Math.min(ms, other.times[at] ?? ms));
  return { ...other, times, ratio: times[2] / times[0] };
}

/** t(n), t(2n), t(4n) for the first n at which the longest can be measured. */
async function measureSizes(searcher, one, smallest) {
  for (let size = smallest; ; size *= 2) {
    const times = [];
    const answers = [];
    for (const factor of [1, 2, 4]) {
      const { ms, answer } = await fastest(searcher, one, one.text(size * factor));
      times.push(ms);
      answers.push(answer);
      if (answer === 'hangs' || answer === 'tooSlow') return { size, times, answers };
    }
    if (times[2] >= LEAST_MS || size * 4 >= LARGEST_SIZE) return { size, times, answers, ratio: times[2] / times[0] };
  }
}

async function fastest(searcher, one, text) {
  let best;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const found = await searcher.search(one, text);
    if (best === undefined || found.ms < best.ms) best = found;
    if (best.answer === 'hangs') break;
  }
  return best;
}

/** Time means nothing if the answer is wrong: V8 is asked about a short text. */
async function wrongWhenSmall(searcher, one) {
  const text = one.text(CHECKED_SIZE);
  const match = new RegExp(one.pattern, one.flags).exec(text);
  const right = match ? `${match.index}..${match.index + match[0].length}` : 'noMatch';
  const { answer } = await searcher.search(one, text);
  return answer === right ? undefined : `WRONG: ${answer}, in V8 ${right}`;
}

async function measureBounded(searcher, one, size, limitMs) {
  await searcher.prepare(one);
  const wrong = await wrongWhenSmall(searcher, one);
  if (wrong) return { size: CHECKED_SIZE, times: [], verdict: wrong };
  const times = [];
  const answers = [];
  for (const factor of [1, 2, 4]) {
    const { ms, answer } = await searcher.search(one, one.text(size * factor));
    times.push(ms);
    answers.push(answer);
    if (answer === 'hangs' || answer === 'tooSlow' || ms > limitMs) return { size, times, verdict: 'HANGS' };
  }
  return { size, times, verdict: `bounded, ${answers.at(-1)}` };
}

function printRow({ pattern, flags }, { size, times, ratio, verdict }) {
  const name = `/${pattern}/${flags}`;
  const shown = name.length > 58 ? `${name.slice(0, 57)}…` : name;
  const cells = [
    String(size),
    ...[0, 1, 2].map((at) => (times[at] === undefined ? '' : `${times[at].toFixed(2)} ms`)),
    ratio?.toFixed(1) ?? '',
  ];
  console.log(`${shown.padEnd(58)} ${cells.map((cell) => cell.padStart(9)).join(' ')}  ${verdict}`);
}

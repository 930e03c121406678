// Does time grow as the text does, for every pattern without back-references?
//
// Known catastrophic patterns run on texts of n, 2n and 4n code units: linear time is four times as long for the last as for the first,
// quadratic time sixteen times. What a user gets may also take no longer than 50 ms for 64 KB of text. Patterns with back-references have to
// answer, or be undecided, within a bounded time.
//
// Three run each pattern: `matcher`, what a user gets (loadRules and classify, all engines together); `exact`, the exact engine alone;
// `automaton`, the automaton alone, where it has an answer: the pattern is regular, or its over-approximation does not match. Times are CPU
// times: of the whole call for the matcher, of the search for the other two, which have a process of their own.
//
//   npm run catastrophic -- --size 20000
//
// Exit code 0: all as it should be. 1: some pattern is not. 2: the run itself failed.

import { command, integer, someOf, text } from '../../scripts/lib/command.mjs';
import { ns } from '../../scripts/lib/figures.mjs';
import { startEngineAlone } from '../parity/engines.mjs';
import { expression } from '../parity/format.mjs';
import { Outcome, UNTOLD } from '../parity/frames.mjs';
import { BOUNDED, LINEAR } from './patterns.mjs';

const ENGINES = ['matcher', 'exact', 'automaton'];

const USAGE = `usage: npm run catastrophic -- [options]
  --size N         smallest text, in code units (default 20000)
  --engines LIST   who runs the patterns (default ${ENGINES.join(',')})
  --limit MS       longest time for one search before the pattern counts as hanging (default 30000)
  --only TEXT      patterns that contain this text`;

/** 4 is linear, and somewhat more with caches and the allocator; quadratic time is 16. */
const WORST_RATIO = 6;
/** A text of this size, in code units, must not keep the matcher longer. */
const LONG_TEXT = 65_536;
const LONG_TEXT_MS = 50;
/** Below this the clock and the hop between threads drown the search: the texts grow. */
const LEAST_MS = 3;
const LARGEST_SIZE = 640_000;
/** The same where a shorter text has shown a step: on some machines, memory of a megabyte is one. */
const LARGEST_AFTER_STEP = 4 * LARGEST_SIZE;
const REPEATS = 3;
/** A measurement over the ratio is repeated: a busy machine must not make an engine look slow. */
const ATTEMPTS = 5;
/** Small enough for V8 to judge these patterns in time. */
const CHECKED_SIZE = 14;
/** The verdict on an engine that has no answer for the pattern. */
const NOT_RUN = 'not run';

const OPTIONS = { size: integer(20_000, { least: 20 }), engines: someOf(ENGINES), limit: integer(30_000), only: text('') };

await command({ usage: USAGE, options: OPTIONS }, run);

async function run({ size, engines: names, limit: limitMs, only }) {
  const searchers = new Map();
  for (const name of names) {
    searchers.set(name, name === 'matcher' ? await openMatcher(limitMs) : openEngine(name, limitMs));
  }
  const chosen = (list) => list.filter(({ pattern }) => pattern.includes(only));
  const tally = new Map(names.map((name) => [name, { asTheyShould: 0, not: 0, notRun: 0 }]));
  const count = (name, { verdict }, good) => {
    tally.get(name)[verdict === NOT_RUN ? 'notRun' : verdict.startsWith(good) ? 'asTheyShould' : 'not']++;
  };

  let slowest = { ms: 0 };
  console.log(row('pattern', 'engine', ['n', 't(n)', 't(2n)', 't(4n)', '4n/n', '64 KB'], 'verdict'));
  for (const one of chosen(LINEAR)) {
    for (const [at, [name, searcher]] of [...searchers].entries()) {
      const measured = await measureLinear(searcher, one, size, limitMs);
      if (name === 'matcher' && measured.verdict === 'linear') {
        const ms = await measureLongText(searcher, one);
        if (ms > LONG_TEXT_MS) measured.verdict = 'SLOW';
        if (ms > slowest.ms) slowest = { ms, ...one };
        measured.longTextMs = ms;
      }
      count(name, measured, 'linear');
      printMeasured(at === 0 ? one : null, name, measured);
    }
  }
  console.log(`\nwith back-references, which no automaton can run: an answer, or undecided, within ${limitMs} ms`);
  const able = [...searchers].filter(([name]) => name !== 'automaton');
  for (const one of chosen(BOUNDED)) {
    for (const [at, [name, searcher]] of able.entries()) {
      const measured = await measureBounded(searcher, one, size, limitMs);
      count(name, measured, 'bounded');
      printMeasured(at === 0 ? one : null, name, measured);
    }
  }
  for (const searcher of searchers.values()) await searcher.close();

  if (slowest.pattern !== undefined) {
    console.log(
      `\nslowest on 64 KB: /${slowest.pattern}/${slowest.flags}, ${slowest.ms.toFixed(1)} ms of at most ${LONG_TEXT_MS}`,
    );
  }
  console.log();
  for (const [name, { asTheyShould, not, notRun }] of tally) {
    console.log(`${name}: ${asTheyShould} linear or bounded, ${not} not${notRun ? `, ${notRun} not run` : ''}`);
  }
  const failures = [...tally.values()].reduce((sum, { not }) => sum + not, 0);
  console.log(failures === 0 ? 'all linear, all bounded' : `${failures} times it is not as it should be`);
  return failures === 0 ? 0 : 1;
}

/**
 * A searcher gives `{ ms, answer }` for a prepared pattern and a text; `answer`: `noMatch`, `undecided`, `hangs`, `start..end`, from the
 * automaton `match` for that, or `notRun`.
 */
async function openMatcher(limitMs) {
  const { loadRules, classify } = await import('../../index.js');
  return {
    async prepare({ pattern, flags }) {
      await loadRules([{ issue: 'it', error: { source: pattern, flags } }], { ansi: 'keep', strict: true });
    },
    async search(_, text) {
      const signal = AbortSignal.timeout(limitMs);
      const began = process.cpuUsage();
      const taken = () => {
        const { user, system } = process.cpuUsage(began);
        return (user + system) / 1e3;
      };
      try {
        const { match, undecided } = await classify('', text, { signal });
        const ms = taken();
        if (undecided.length > 0) return { ms, answer: 'undecided' };
        return { ms, answer: match ? `${match.start}..${match.end}` : 'noMatch' };
      } catch (error) {
        if (!signal.aborted) throw error;
        return { ms: taken(), answer: 'hangs' };
      }
    },
    close: async () => {},
  };
}

function openEngine(name, limitMs) {
  const client = startEngineAlone(name, { stallMs: limitMs });
  return {
    async prepare() {},
    async search({ pattern, flags, text: make }, text) {
      const began = performance.now();
      // the engine is built in the search of the first text
      const { results, refused, failed } = await client.judge({ pattern, flags, texts: [make(CHECKED_SIZE), text] });
      if (failed) return { ms: performance.now() - began, answer: 'hangs' };
      if (refused) throw new Error(`${expression({ pattern, flags })} is refused: ${refused.message}`);
      const [{ outcome, start, end, ns: taken }] = results[1];
      const ms = taken / 1e6;
      if (outcome === Outcome.match) return { ms, answer: start === UNTOLD ? 'match' : `${start}..${end}` };
      return { ms, answer: Object.keys(Outcome).find((key) => Outcome[key] === outcome) };
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

  let best = await measureRatio(searcher, one, smallest);
  // a step, as where memory outgrows a cache, is over on longer texts; time that grows faster than the text goes on to
  if (best.ratio > WORST_RATIO && best.size * 16 <= LARGEST_AFTER_STEP) best = await measureRatio(searcher, one, best.size * 4);
  // quadratic time on the largest text is seconds: a time within the noise is linear
  let verdict = best.ratio <= WORST_RATIO || best.times[2] < LEAST_MS ? 'linear' : 'SUPERLINEAR';
  if (best.answers.includes('undecided') || best.answers.includes('threw')) verdict = 'UNDECIDED';
  if (best.answers.includes('hangs') || best.answers.includes('tooSlow')) verdict = 'HANGS';
  return { ...best, verdict };
}

async function measureRatio(searcher, one, smallest) {
  let best;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const measured = await measureSizes(searcher, one, smallest);
    best = best?.size === measured.size ? fastestOf(best, measured) : measured;
    if (best.ratio <= WORST_RATIO || measured.answers.includes('hangs')) break;
  }
  return best;
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

/** Milliseconds for a long text. A busy machine gets several attempts. */
async function measureLongText(searcher, one) {
  let best = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    best = Math.min(best, (await fastest(searcher, one, one.text(LONG_TEXT))).ms);
    if (best <= LONG_TEXT_MS) break;
  }
  return best;
}

/** Time means nothing if the answer is wrong: V8 is asked about a short text. */
async function wrongWhenSmall(searcher, one) {
  const text = one.text(CHECKED_SIZE);
  const match = new RegExp(one.pattern, one.flags).exec(text);
  const right = match ? `${match.index}..${match.index + match[0].length}` : 'noMatch';
  const { answer } = await searcher.search(one, text);
  if (answer === 'notRun') return NOT_RUN;
  return answer === right || (answer === 'match' && match) ? undefined : `WRONG: ${answer}, in V8 ${right}`;
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

function printMeasured(one, engine, { size, times, ratio, longTextMs, verdict }) {
  const name = one ? `/${one.pattern}/${one.flags}` : '';
  const cells = [
    verdict === NOT_RUN ? '' : String(size),
    ...[0, 1, 2].map((at) => (times[at] === undefined ? '' : ns(times[at] * 1e6))),
    ratio?.toFixed(1) ?? '',
    longTextMs === undefined ? '' : ns(longTextMs * 1e6),
  ];
  console.log(row(name, engine, cells, verdict));
}

function row(name, engine, cells, verdict) {
  const shown = name.length > 58 ? `${name.slice(0, 57)}…` : name;
  return `${shown.padEnd(58)} ${engine.padEnd(9)} ${cells.map((cell) => cell.padStart(10)).join(' ')}  ${verdict}`;
}

// Texts of real test runs (`__test__/corpus/real-errors.json`), and rules as people make them from such texts: a line, its numbers, ids, quotations
// and paths left open. There are 265 texts, so the rest of a list are such lines with words of others.

import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { Random } from '../../../scripts/lib/random.mjs';
import { literal } from '../author.mjs';
import { withoutBroad } from './broad.mjs';
import { drawEntries, drawTexts, toRules } from './list.mjs';

const CORPUS = new URL('../../../__test__/corpus/real-errors.json', import.meta.url);
const RULES = 3000;
const [SHORTEST_LINE, LONGEST_LINE] = [16, 160];
/** Of the texts, more than these with the same line: it is of a runner, not of an error. */
const MOST_MATCHES = 2;

/** As `classify` matches them. */
const readCorpus = () =>
  JSON.parse(readFileSync(CORPUS, 'utf8')).map(({ error }) =>
    stripVTControlCharacters(error).replaceAll('\u001b', '').replaceAll('\u009b', '').toWellFormed(),
  );

/** What differs from run to run, and what an author writes for it. */
const VARYING = [
  [/\b[0-9a-f]{8,}\b/g, '[0-9a-f]+'],
  [/\d+/g, '\\d+'],
  [/'[^'\n]{3,}'/g, "'[^']*'"],
  [/"[^"\n]{3,}"/g, '"[^"]*"'],
  [/\((?:[\w.-]*\/)+[^)\n]*\)/g, '\\(.*\\)'],
];

/** A line as a pattern, each kind of what varies left open as often as not; numbers always. */
function generalised(line, random) {
  const kinds = VARYING.filter(([, open]) => open === '\\d+' || random.chance(0.5));
  let parts = [{ text: line, open: false }];
  for (const [varying, open] of kinds) {
    parts = parts.flatMap((part) => {
      if (part.open) return part;
      const pieces = part.text.split(varying);
      return pieces.flatMap((text, i) =>
        i
          ? [
              { text: open, open: true },
              { text, open: false },
            ]
          : [{ text, open: false }],
      );
    });
  }
  return parts.map(({ text, open }) => (open ? text : literal(text))).join('');
}

/** Other digits, other ids: the same failure in another run. */
const anotherRun = (text, random) =>
  text
    .replace(/\b[0-9a-f]{8,}\b/g, (id) => random.hex(id.length))
    .replace(/\d+/g, (number) => (number.length < 3 ? number : String(random.int(1, 9)) + random.digits(number.length - 1)));

/** The line with a word or two of another line. */
function mixed(line, other, random) {
  const words = line.split(' ');
  const foreign = other.split(' ').filter((word) => word.length > 3);
  for (let i = random.int(1, 2); i > 0 && foreign.length > 0; i--) words[random.below(words.length)] = random.pick(foreign);
  return words.join(' ');
}

/** @type {import('./list.mjs').Shape[]} Such as they are in lists of people who saw a text once and left everything open. */
const withoutLiteral = [
  (random) => ({
    pattern: `^\\s+\\d+ \\|\\s*\\w+\\('[^']*', \\w+ \\(\\w*\\) => \\{ \\w+\\.\\w+\\(\\d{${random.int(3, 9)}}`,
    flags: 'm',
    text: () => "   12 |test('sum', async () => { sum.of(12345",
  }),
  (random) => ({
    pattern: `\\b[A-Z]\\w+Error\\b: \\d{${random.int(3, 5)}} \\w+$`,
    flags: 'm',
    text: () => 'HttpError: 50321 gone',
  }),
  (random) => ({ pattern: `^[-+] +"\\w+": \\d{${random.int(4, 7)}},?$`, flags: 'm', text: () => '- "total": 123456,' }),
  (random) => ({
    pattern: `\\[[^\\]]+\\] › \\S+\\.\\w+:\\d+:\\d+ › .* \\(\\d+\\.\\d{${random.int(2, 4)}}s\\)`,
    text: () => '[a] › b.c:1:2 › d (1.123s)',
  }),
  (random) => ({ pattern: `0x[0-9a-f]{${random.int(9, 16)}}`, text: (random) => `fault at 0x${random.hex(16)}` }),
];

/** @type {import('./list.mjs').Workload} */
export const realErrors = {
  name: 'real-errors',
  about: 'texts of real runs of ten runners, rules made from their lines',
  generate({ seed, profile, texts }) {
    const random = new Random(`${seed}/real-errors/${profile}`);
    const corpus = random.shuffle(readCorpus());
    const [known, unknown] = [corpus.slice(0, corpus.length / 2), corpus.slice(corpus.length / 2)];
    const linesOf = (text) =>
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line.length >= SHORTEST_LINE && line.length <= LONGEST_LINE);
    const all = corpus.flatMap(linesOf);
    const real = known.flatMap((text) =>
      linesOf(text).map((line) => ({ pattern: generalised(line, random), text: (random) => anotherRun(text, random) })),
    );
    const candidates = withoutBroad(real, unknown, 0).filter((drawn) => withoutBroad([drawn], known, MOST_MATCHES).length > 0);
    const next = (random) => {
      if (candidates.length > 0) return candidates.pop();
      const line = mixed(random.pick(all), random.pick(all), random);
      return { pattern: generalised(line, random), text: (random) => `${anotherRun(line, random)}\n${random.pick(unknown)}` };
    };
    const entries = drawEntries(random, {
      profile,
      count: RULES,
      ordinary: next,
      withoutLiteral,
      shares: { withoutLiteral: 0.003, lookaround: 0.02, backReference: 0.001, ignoringCase: 0.1, scoped: 0.1 },
    });
    const kept = withoutBroad(entries, unknown, 0);
    return {
      rules: toRules(kept),
      texts: drawTexts(random.fork('texts'), kept, {
        count: texts,
        other: (random) => anotherRun(random.pick(unknown), random),
        wrap: (piece) => piece,
      }),
    };
  },
};

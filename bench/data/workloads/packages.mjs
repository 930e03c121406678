// What the authors of npm packages wrote: regular expression literals, and string literals as rules for just this text, from the packages that
// this checkout has installed. Texts are pieces of their sources. The lock file pins the packages; nothing of them is copied here.

import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { javascriptFiles, patternLiterals, readSource } from '../../../conformance/real-patterns/collect.mjs';
import { Random } from '../../../scripts/lib/random.mjs';
import { literal } from '../author.mjs';
import { withoutBroad } from './broad.mjs';
import { drawEntries, drawTexts, toRules } from './list.mjs';

const NODE_MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const RULES = 3000;
/** Of 100 rules of a typical list, those that were regular expressions; of a plain one, as many as are plain. */
const PATTERNS = { plain: 30, typical: 12 };
/** Smaller files have no strings, larger ones are bundles, which would be most of the list. */
const [SMALLEST, LARGEST] = [2_000, 300_000];
/** No file gives more rules. */
const MOST_OF_A_FILE = 40;
const SAMPLES = 300;

/** @type {string[] | undefined} */
let allFiles;
const files = () => {
  allFiles ??= [...javascriptFiles(NODE_MODULES)].filter((path) => {
    const { size } = statSync(path);
    return size >= SMALLEST && size <= LARGEST;
  });
  return allFiles;
};

/** The string literals of a source that are long enough, written without escapes. */
const stringsOf = (source, tokens) =>
  tokens
    .filter(
      ({ type, value, start, end }) =>
        type.label === 'string' && value.length >= 10 && value.length <= 120 && source.slice(start + 1, end - 1) === value,
    )
    .map(({ value, start }) => ({ value, start }));

const read = new Map();
/** What a file has, read once for all lists. */
function contentsOf(path) {
  if (!read.has(path)) {
    const source = readFileSync(path, 'utf8');
    const { tokens } = readSource(source);
    read.set(path, { source, patterns: patternLiterals(tokens), strings: stringsOf(source, tokens) });
  }
  return read.get(path);
}

/** About as much of a source as an error's text has, around an offset. */
function pieceOf(source, offset, random) {
  const start = Math.max(0, offset - random.int(50, 700));
  return source.slice(start, offset + random.int(300, 1500)).toWellFormed();
}

/** @type {import('./list.mjs').Workload} */
export const packages = {
  name: 'packages',
  about: 'regular expressions and strings of npm packages, against pieces of their sources, 1.3 KB',
  generate({ seed, profile, texts }) {
    const random = new Random(`${seed}/packages/${profile}`);
    const shuffled = random.shuffle([...files()]);
    // the last fifth gives texts only
    const foreign = shuffled.slice(Math.floor(shuffled.length * 0.8));
    const other = (random) => {
      const source = readFileSync(random.pick(foreign), 'utf8');
      return pieceOf(source, random.below(source.length), random);
    };
    const samples = Array.from({ length: SAMPLES }, () => other(random));
    const { patterns, strings } = collect(shuffled, random, samples);
    const next = (random) =>
      (random.int(1, 100) <= PATTERNS[profile] ? patterns.pop() : strings.pop()) ?? strings.pop() ?? patterns.pop() ?? null;
    const entries = drawEntries(random, {
      profile,
      count: RULES,
      ordinary: next,
      withoutLiteral: [],
      shares: { withoutLiteral: 0, lookaround: 0.005, backReference: 0, ignoringCase: 0.1, scoped: 0.05 },
    });
    const made = entries.filter(({ text }) => text);
    return {
      rules: toRules(entries),
      texts: drawTexts(random.fork('texts'), made, { count: texts, other, wrap: (piece) => piece }),
    };
  },
};

/** Rules from file after file, until there are enough. */
function collect(paths, random, samples) {
  const [patterns, strings, known] = [[], [], new Set()];
  for (const path of paths) {
    if (strings.length > 1.3 * RULES) break;
    const contents = contentsOf(path);
    for (const { pattern, flags } of contents.patterns) {
      if (known.has(pattern)) continue;
      known.add(pattern);
      // flags that say how to go on after a match
      patterns.push({ pattern, flags: flags.replace(/[gyd]/g, '') });
    }
    const own = random.shuffle(contents.strings.filter(({ value }) => !known.has(value)));
    for (const { value, start } of own.slice(0, MOST_OF_A_FILE)) {
      if (known.has(value)) continue;
      known.add(value);
      strings.push({ pattern: literal(value), text: (random) => pieceOf(contents.source, start, random) });
    }
  }
  return {
    patterns: random.shuffle(withoutBroad(patterns, samples, 0)),
    strings: random.shuffle(withoutBroad(strings, samples, 0)),
  };
}

// Random patterns of Java and Python, translated: the engine must find them in the texts in which Java and Python do. A pattern may be
// refused, but not most of them.
//
//   KNOWN_FAILURES_SEED=7 KNOWN_FAILURES_PATTERNS=100000 node --test __test__/ci/import-dialects.spec.mjs

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { classifySync } from '../../index.js';
import { load } from '../support.mjs';

const require = createRequire(import.meta.url);
const { translate } = require('../../lib/cli/import/patterns/index.js');

const SEED = Number(process.env.KNOWN_FAILURES_SEED ?? Date.now() % 1_000_000);
const PATTERNS = Number(process.env.KNOWN_FAILURES_PATTERNS ?? 3000);

const TEXTS = [
  '',
  'a',
  'b',
  'A',
  'ab',
  'aB c',
  'a\nb',
  '\na',
  'a\n',
  'a.b',
  '1a: b',
  'a-b\n\nc',
  'aa\nbb',
  'x',
  'a.',
  '.bb',
  'ba1 c\n',
  'A1\tb',
  '\n',
];

const ATOMS = [
  'a',
  'b',
  'c',
  'A',
  '1',
  ' ',
  '-',
  ':',
  '\\n',
  '\\.',
  '.',
  '\\d',
  '\\w',
  '\\s',
  '\\S',
  '\\W',
  '\\D',
  '[ab]',
  '[^a]',
  '[a-c1]',
  '[^\\s]',
];
const QUANTIFIERS = ['*', '+', '?', '{2}', '{0,2}', '*?', '+?', '*+', '++', '?+', '{1,2}+'];
const GROUPS = ['(', '(?:', '(?=', '(?!', '(?<!', '(?<=', '(?>', '(?i:', '(?s:', '(?m:', '(?x: '];

const DIALECTS = {
  java: {
    command: ['java', fileURLToPath(new URL('../import-judges/Judge.java', import.meta.url))],
    atoms: [
      '\\b',
      '^',
      '$',
      '\\A',
      '\\Z',
      '\\z',
      '\\h',
      '\\H',
      '\\R',
      '\\p{Alpha}',
      '\\p{Punct}',
      '\\P{Digit}',
      '\\Qa.\\E',
      '\\Q.b*\\E',
    ].concat(['[a-c&&[^b]]', '[a[bc]]', '[^a[b]]', '\\x{41}', '\\v', '\\p{Lu}', '\\e', '(a)\\1']),
    flags: ['(?i)', '(?s)', '(?m)', '(?-i)', '(?x)', '(?im-s)'],
  },
  python: {
    command: ['python3', fileURLToPath(new URL('../import-judges/judge.py', import.meta.url))],
    atoms: ['\\b', '^', '$', '\\A', '\\Z', '[]a]', '[^]a]', '(?P<n>a)', '(?P=n)', 'b{,2}'],
    flags: [],
  },
};

for (const [dialect, { command, atoms, flags }] of Object.entries(DIALECTS)) {
  test(`translated patterns of ${dialect}, seed ${SEED}`, { skip: !isThere(command[0]) && `no ${command[0]}` }, async () => {
    const random = randomOf(SEED);
    const patterns = Array.from({ length: PATTERNS }, () => patternOf(random, ATOMS.concat(atoms), flags));
    const input = patterns.map((pattern) => `${[pattern, ...TEXTS].map(hexadecimal).join('\t')}\n`).join('');
    const judged = execFileSync(command[0], command.slice(1), { input, encoding: 'utf8', maxBuffer: 2 ** 30 }).split('\n');
    const counts = { same: 0, refused: 0 };
    for (const [index, pattern] of patterns.entries()) {
      if (judged[index] === 'E') continue;
      const translated = translatedOf(pattern, dialect);
      if (translated === null) {
        counts.refused += 1;
        continue;
      }
      await load([{ issue: 'x', error: translated.source, flags: translated.flags }], { ansi: 'keep' });
      const found = TEXTS.map((text) => (classifySync('', text).status === 'Broken' ? '1' : '0')).join('');
      assert.equal(found, judged[index], `${JSON.stringify(pattern)} became /${translated.source}/${translated.flags}`);
      counts.same += 1;
    }
    assert.ok(counts.same > counts.refused, JSON.stringify(counts));
  });
}

function translatedOf(pattern, dialect) {
  try {
    return translate(pattern, { dialect });
  } catch (error) {
    if (error.name === 'Untranslatable') return null;
    throw error;
  }
}

function isThere(program) {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function hexadecimal(text) {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16).padStart(4, '0')).join('');
}

/** Xorshift. @returns {(limit: number) => number} */
function randomOf(seed) {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return (limit) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % limit;
  };
}

function patternOf(random, atoms, flags) {
  const pick = (list) => list[random(list.length)];
  const alternatives = random(5) === 0 ? `${sequence(2)}|${sequence(1)}` : sequence(2);
  return random(6) === 0 ? pick(['(?i)', '(?s)', '(?m)', '(?x)', '(?ims)']) + alternatives : alternatives;

  function sequence(depth) {
    return Array.from({ length: 1 + random(3) }, () => term(depth)).join('');
  }

  function term(depth) {
    const choice = random(12);
    if (choice === 3 && flags.length > 0) return pick(flags);
    const atom = depth > 0 && choice < 3 ? group(depth - 1) : pick(atoms);
    return random(4) === 0 ? atom + pick(QUANTIFIERS) : atom;
  }

  function group(depth) {
    return `${pick(GROUPS)}${sequence(depth)}${random(3) === 0 ? `|${sequence(depth)}` : ''})`;
  }
}

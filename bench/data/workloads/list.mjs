// Rules with texts that they match: what the workloads have in common. A workload says how its authors write rules and what its texts are.

import { Random, weighted } from '../../../scripts/lib/random.mjs';
import { lowerCase } from '../author.mjs';
import { drawScope, testName } from '../test-names.mjs';
import { isPlain } from './literal.mjs';

/**
 * @typedef {import('../rules.mjs').Profile} Profile
 *
 * @typedef {object} Drawn a rule's pattern, and what it is for
 * @property {string} pattern an ECMAScript pattern source
 * @property {string} [flags]
 * @property {(random: Random) => string} text a piece of text that the pattern matches; what varies from run to run comes from `random`
 *
 * @typedef {(random: Random) => Drawn} Shape a habit of a rule's author
 * @typedef {[weight: number, shape: Shape][]} Shapes
 *
 * @typedef {Drawn & { scope: import('../test-names.mjs').Scope | null }} Entry
 *
 * @typedef {object} Shares of the rules of a typical list, 0 to 1
 * @property {number} withoutLiteral
 * @property {number} lookaround
 * @property {number} backReference
 * @property {number} ignoringCase
 * @property {number} scoped
 *
 * @typedef {object} Workload
 * @property {string} name
 * @property {string} about what its rules and texts are
 * @property {boolean} [grows] whether it has `times`
 * @property {boolean} [lengthens] whether it has `length`
 * @property {(options: Options) => Generated} generate
 *
 * @typedef {object} Options
 * @property {string | number} seed
 * @property {Profile} profile
 * @property {number} texts
 * @property {number} [times] makes the list that many times as long; the texts are of the first of its rules, as many as it has without
 * @property {number} [length] makes the texts that many times as long, by more of what is around a failure
 *
 * @typedef {object} Generated
 * @property {{ id: string, issue: string, error: string, flags?: string, test?: string }[]} rules
 * @property {{ test: string, error: string }[]} texts
 */

/** @type {Shape[]} */
const lookarounds = [
  ({ pattern }) => `(?:${pattern})(?! \\((?:expected|known)\\))`,
  ({ pattern }) => `(?<!Suppressed: )(?:${pattern})`,
  ({ pattern }) => `^(?![^]*\\b(?:quarantined|muted)\\b)[^]*(?:${pattern})`,
  ({ pattern }) => `(?=${pattern}).*\\S`,
].map((around) => (_, drawn) => ({ ...drawn, pattern: around(drawn) }));

/** The same word twice. @returns {Drawn} */
const backReferring = ({ pattern, flags, text }) => ({
  pattern: `(?:${pattern}).*\\((\\w+)/\\1\\)`,
  // the number of a group in it would be another one
  flags,
  text: (random) => {
    const word = random.lower(6);
    return `${text(random)} (${word}/${word})`;
  },
});

const hasGroups = ({ pattern }) => pattern.replace(/\\.|\(\?:/gs, '').includes('(');

/**
 * The rules of a list, no two with the same pattern.
 *
 * @param {Random} random
 * @param {object} options
 * @param {Profile} options.profile
 * @param {number} options.count
 * @param {(random: Random) => Drawn | null} options.ordinary null: none is left
 * @param {Shape[]} options.withoutLiteral taken one after the other
 * @param {Shares} options.shares
 * @returns {Entry[]}
 */
export function drawEntries(random, { profile, count, ordinary, withoutLiteral, shares }) {
  const entries = [];
  const known = new Set();
  const add = (drawn, scope = null) => {
    const key = `${drawn.flags ?? ''}/${drawn.pattern}`;
    if (known.has(key)) return false;
    known.add(key);
    entries.push({ ...drawn, scope });
    return true;
  };
  const typical = profile === 'typical';
  const without = typical ? Math.round(count * shares.withoutLiteral) : 0;
  for (let i = 0; i < without; i++) add(withoutLiteral[i % withoutLiteral.length](random));
  // a vocabulary may have fewer rules than were asked for
  for (let tries = 0; entries.length < count && tries < 20 * count; tries++) {
    const drawn = ordinary(random);
    if (!drawn) break;
    if (!typical) {
      if (isPlain({ error: drawn.pattern, flags: drawn.flags })) add(drawn);
      continue;
    }
    const scope = random.chance(shares.scoped) ? drawScope(random) : null;
    add(asTypical(random, drawn, shares), scope);
  }
  return random.shuffle(entries);
}

/** @param {Random} random @param {Drawn} drawn @param {Shares} shares @returns {Drawn} */
function asTypical(random, drawn, { lookaround, backReference, ignoringCase }) {
  const ticket = random.next();
  if (ticket < lookaround) return random.pick(lookarounds)(random, drawn);
  if (ticket < lookaround + backReference && !hasGroups(drawn)) return backReferring(drawn);
  const flags = drawn.flags ?? '';
  if (flags.includes('i') || !random.chance(ignoringCase)) return drawn;
  return { ...drawn, flags: `${flags}i`, pattern: random.chance(0.5) ? lowerCase(drawn.pattern) : drawn.pattern };
}

/**
 * Texts of which half were made from a rule.
 *
 * @param {Random} random
 * @param {Entry[]} entries
 * @param {object} options
 * @param {number} options.count
 * @param {(random: Random) => string} options.other a piece that no rule was made for
 * @param {(piece: string, random: Random) => string} options.wrap a piece becomes a whole text
 * @param {number} [options.length]
 */
export function drawTexts(random, entries, { count, other, wrap, length = 1 }) {
  // of its own: a longer text starts with the shorter one
  const around = random.fork('around');
  const matching = random.shuffle(Array.from({ length: count }, (_, i) => i < count / 2));
  return matching.map((matches) => {
    const entry = matches ? random.pick(entries) : null;
    const own = wrap(entry ? entry.text(random) : other(random), random);
    const error = [own, ...Array.from({ length: length - 1 }, () => wrap('', around))].join('\n');
    return { test: testName(random, entry?.scope), error };
  });
}

/** @param {Entry[]} entries */
export const toRules = (entries) =>
  entries.map(({ pattern, flags, scope }, index) => ({
    id: `kf-${String(index + 1).padStart(5, '0')}`,
    issue: `KF-${1000 + index}`,
    error: pattern,
    ...(flags && { flags }),
    ...(scope && { test: scope.pattern }),
  }));

/**
 * Puts a piece somewhere among other lines.
 *
 * @param {(random: Random) => string} other another line
 * @param {number} least characters of other lines
 * @returns {(piece: string, random: Random) => string}
 */
export const amongLines = (other, least) => (piece, random) => {
  const lines = [];
  for (let length = 0; length < least; length += lines.at(-1).length) lines.push(other(random));
  lines.splice(random.below(lines.length), 0, piece);
  return lines.join('\n');
};

/**
 * A workload that draws its rules from a vocabulary.
 *
 * @param {object} options
 * @param {string} options.name
 * @param {string} options.about
 * @param {number} options.rules
 * @param {Shapes} options.ordinary
 * @param {Shape[]} options.withoutLiteral
 * @param {Shares} options.shares
 * @param {(random: Random) => string} [options.other] a piece of ordinary rules that are not in the list by default
 * @param {(piece: string, random: Random) => string} options.wrap
 * @returns {Workload}
 */
export function vocabularyWorkload({ name, about, rules: count, ordinary, withoutLiteral, shares, other, wrap }) {
  const shapes = weighted(ordinary);
  const draw = (random) => random.pickWeighted(shapes)(random);
  return {
    name,
    about,
    grows: true,
    lengthens: wrap('', new Random('')) !== '',
    generate({ seed, profile, texts, times = 1, length = 1 }) {
      const random = new Random(`${seed}/${name}/${profile}`);
      const entries = drawEntries(random, { profile, count: count * times, ordinary: draw, withoutLiteral, shares });
      const foreign = other ?? ((random) => draw(random).text(random));
      return {
        rules: toRules(entries),
        texts: drawTexts(random.fork('texts'), entries.slice(0, count), { count: texts, other: foreign, wrap, length }),
      };
    },
  };
}

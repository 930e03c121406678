// A seeded generator of ECMAScript patterns: all of the syntax of ECMA-262 (ES2025) with Annex B, as trees.
//
// A tree and not a string: `texts.mjs` samples texts from it that the pattern is likely to match. Most patterns are
// legal under their flags; some are mutated afterwards, so refusals are compared, too.
//
// Nodes: text { src, out }, set { src, pick }, mark { src, out? } (anchors and other things of no width), seq { items },
// alt { options }, group { open, body, capture, name }, look { open, body, behind, negative }, repeat { body, min, max, src },
// numbered { roll } and named { roll } (resolved once the number of groups is known).

import { weighted } from '../../scripts/lib/random.mjs';
import { CASE_RINGS, NASTY, PLAIN, SYNTAX } from './alphabet.mjs';

const hex = (value, digits) => value.toString(16).padStart(digits, '0');

const FLAG_SETS = weighted([
  [50, ''],
  [25, 'u'],
  [25, 'v'],
]);

const PALETTE = weighted([
  [5, PLAIN],
  [4, NASTY],
  [2, CASE_RINGS],
  [1, SYNTAX],
]);
const PALETTE_IGNORING_CASE = weighted([
  [5, PLAIN],
  [4, NASTY],
  [7, CASE_RINGS],
  [1, SYNTAX],
]);

const BAD_FLAGS = ['uv', 'vu', 'ii', 'gg', 'x', 'I', 'gimsuyd ', 'l', '\0', 'ſ', '😀', 'dgimsuvy', 'null', 'n', 'gimdsuygu'];

const NAMES = ['a', 'b', 'name', '$', '_', 'ñ', '𝒜', 'a1', 'ſ', '\\u0062b', '\\u{63}'];
const PROPERTIES = [
  'L',
  'Lu',
  'Ll',
  'LC',
  'N',
  'Nd',
  'P',
  'S',
  'Zs',
  'Cc',
  'Cs',
  'Cn',
  'ASCII',
  'Any',
  'Assigned',
  'Alphabetic',
  'Alpha',
  'Lowercase',
  'Lower',
  'Uppercase',
  'White_Space',
  'space',
  'Emoji',
  'Emoji_Presentation',
  'Extended_Pictographic',
  'ID_Start',
  'IDC',
  'XIDS',
  'Hex_Digit',
  'AHex',
  'Changes_When_Lowercased',
  'CWCF',
  'Noncharacter_Code_Point',
  'RI',
  'Cased',
  'Case_Ignorable',
  'Default_Ignorable_Code_Point',
  'Script=Latin',
  'Script=Greek',
  'sc=Grek',
  'scx=Zyyy',
  'Script_Extensions=Deva',
  'Script=Deseret',
  'sc=Cherokee',
  'sc=Han',
  'General_Category=Lowercase_Letter',
  'gc=Lu',
  'gc=Decimal_Number',
];

const BAD_PROPERTIES = [
  '',
  'l',
  'latin',
  'Latin',
  'lu',
  'IsLatin',
  'Script',
  'Script=',
  'sc=latin',
  'gc',
  '=L',
  'InBasicLatin',
  'L ',
  'Block=Latin',
  'emoji',
  'RGI_Emoji',
];

const PROPERTIES_OF_STRINGS = [
  'RGI_Emoji',
  'Basic_Emoji',
  'Emoji_Keycap_Sequence',
  'RGI_Modifier_Sequence',
  'RGI_Flag_Sequence',
  'RGI_Emoji_ZWJ_Sequence',
  'RGI_Emoji_Tag_Sequence',
];

// written as they stand; all of them legal without u and v
const ODDITIES = [
  '\\c',
  '\\c1',
  '\\c_',
  '[\\c]',
  '[\\c1]',
  '[\\c_]',
  '[\\c*]',
  '\\cA',
  '\\cj',
  '\\8',
  '\\9',
  '\\07',
  '\\08',
  '\\00',
  '\\377',
  '\\400',
  '\\141',
  '\\18',
  '[\\8]',
  '[\\1]',
  '[\\101]',
  '[\\07-\\11]',
  '\\u',
  '\\u{',
  '\\u{61}',
  '\\u{1F600}',
  '\\u00',
  '\\u006',
  '[\\u]',
  '[\\u{61}]',
  '\\x',
  '\\x1',
  '\\xg1',
  '[\\x]',
  'a{',
  'a{1',
  'a{1,',
  'a{,1}',
  'a{b}',
  'a{ 1}',
  'a{1 }',
  '{',
  '{}',
  '{a',
  ']',
  '}',
  'a}',
  ']]',
  '\\_',
  '\\a',
  '\\e',
  '\\-',
  '\\ ',
  '\\"',
  '\\é',
  '\\ſ',
  '\\😀',
  '\\\ud83d',
  '\\p{L}',
  '\\P{Lu}',
  '\\p',
  '\\pL',
  '[\\p{L}]',
  '[\\w-z]',
  '[a-\\d]',
  '[\\s-\\w]',
  '[\\d-a-z]',
  '[--a]',
  '[a-]',
  '[-a]',
  '[a-b-c]',
  '[]a]',
  '[^]',
  '[]',
  '[\\b]',
  '[\\B]',
  '[^\\b-\\n]',
  '[[a]',
  '[a&&b]',
  '[\\q{ab}]',
  '(?=a)*',
  '(?=a)+',
  '(?!b)?',
  '(?=(a))*',
  '(?=(a)){0}',
  '(?!(b)){2}',
  '(?=a|)*?',
  '\\k',
  '\\k<a>',
  '\\k<a',
  '\\k{a}',
  '[\\k]',
  '\\j',
  '\\z',
  '\\A',
  '\\G',
  '\\Q',
  '\\/',
  '\\`',
];

// loops whose body can be empty, in every nesting: where engines differ most
const EMPTY_LOOPS = [
  '(?:|a)*',
  '(?:|a)+',
  '(?:a|)*',
  '(|a)*',
  '(a|)+',
  '(a*)*',
  '(a*)+',
  '(a+)*',
  '(?:a*?)*?',
  '(?:a*?)*',
  '(?:a*)*?',
  '(a?)+?',
  '(a?)*?b',
  '(a?){2,}',
  '(a?){3}',
  '(a??){2,4}',
  '(|a){2}',
  '(|a){2,3}',
  '(?:|a|ab)*',
  '(a|b|)*c',
  '((a*)*)*',
  '((a?)*b?)*',
  '((|a)+|b)*',
  '(?:(a)|(b)|)*',
  '(?:(a)|b)*',
  '((a)|b)+?c',
  '(?:\\b|a)*',
  '(?:^|a)+',
  '(?:$|a)*',
  '(?:(?=a)|a)*',
  '(?:(?=(a))|b)*',
  '(?:(?!b)|b)+',
  '(?:(?<=a)|b)*',
  '(a*){0}',
  '(?:(a){0}b)*',
  '(?:(a)?b)*',
  '(z)((a+)?(b+)?(c))*',
  '(?:\\1(a))*',
  '(a\\1)*',
  '(?:(a)|\\1)*',
  '(\\2a)(b)*',
  '(?=(a*))*?',
  '(?:a{0}|b)*',
  '(?:){3}',
  '(?:)*',
  '()*',
  '(){2,}?',
  '(?:){99999999999}',
  '(?:a?){0,99999999999}',
  '(?:a?)*?$',
  '(?:a*b?)*?$',
  '^(?:a?)*$',
  '^(?:a?b??)*$',
  '^(?:|a)+?$',
];

const LOOKS = weighted([
  [4, { open: '(?=', behind: false, negative: false }],
  [3, { open: '(?!', behind: false, negative: true }],
  [4, { open: '(?<=', behind: true, negative: false }],
  [3, { open: '(?<!', behind: true, negative: true }],
]);

const COUNTS = weighted([
  [14, [0, Infinity, '*']],
  [14, [1, Infinity, '+']],
  [14, [0, 1, '?']],
  [3, [2, 2, '{2}']],
  [2, [3, 3, '{3}']],
  [2, [1, 1, '{1}']],
  [2, [0, 0, '{0}']],
  [1, [0, 0, '{0,0}']],
  [2, [0, Infinity, '{0,}']],
  [2, [1, Infinity, '{1,}']],
  [3, [2, Infinity, '{2,}']],
  [2, [0, 1, '{0,1}']],
  [3, [1, 2, '{1,2}']],
  [3, [0, 2, '{0,2}']],
  [3, [2, 4, '{2,4}']],
  [1, [1, 3, '{01,003}']],
  [1, [0, 20, '{0,20}']],
]);

/** For loops inside counted loops: a start at every count, a gap between counts, none. */
const NESTED_COUNTS = weighted([
  [3, [1, 3, '{1,3}']],
  [3, [0, 4, '{0,4}']],
  [2, [2, 3, '{2,3}']],
  [2, [3, 4, '{3,4}']],
  [1, [3, 3, '{3}']],
  [1, [1, 9, '{1,9}']],
]);

const HUGE_COUNTS = [
  [0, Infinity, '{0,4294967295}'],
  [0, Infinity, '{0,4294967296}'],
  [0, Infinity, '{0,99999999999999999999}'],
  [1, Infinity, '{1,2147483648}'],
  [0, 1000, '{0,1000}'],
  [1000, 1000, '{1000}'],
  [4294967295, Infinity, '{4294967295,}'],
  [2147483648, Infinity, '{2147483648}'],
  [99999999999, Infinity, '{99999999999}'],
  [2, 1, '{2,1}'],
];

const CLASS_ESCAPES = [
  ['\\d', ['0', '7', '9']],
  ['\\D', ['a', '-', '٣', '😀', '\n']],
  ['\\w', ['a', 'Z', '_', '0', 's', 'K']],
  ['\\W', [' ', '-', 'é', 'ſ', '\u212a', '\ud83d']],
  ['\\s', [' ', '\t', '\n', '\xa0', '\ufeff', '\u2028', '\u3000']],
  ['\\S', ['a', '0', '\u200b', '\u180e', '😀', '\ude00']],
];

const RANGES = [
  ['a', 'z'],
  ['A', 'Z'],
  ['0', '9'],
  ['a', 'c'],
  ['A', 'z'],
  [' ', '~'],
  ['\0', '\x1f'],
  ['\0', '\uffff'],
  ['K', 'S'],
  ['ſ', 'ƀ'],
  ['α', 'ω'],
  ['Α', 'Ω'],
  ['ß', 'ÿ'],
  ['à', 'þ'],
  ['\u2028', '\u2029'],
  ['\u2100', '\u2130'],
  ['\ud800', '\udbff'],
  ['\udc00', '\udfff'],
  ['\ud83d', '\ude00'],
  ['\u1e00', '\u1fff'],
  ['Ꭰ', 'ᏽ'],
  ['\uab70', '\uabbf'],
];
const ASTRAL_RANGES = [
  ['😀', '😎'],
  ['𐐀', '𐐧'],
  ['𐐨', '𐑏'],
  ['\0', '\u{10ffff}'],
  ['\uffff', '\u{10000}'],
  ['a', '😀'],
  ['\u{10000}', '\u{10ffff}'],
];

const TERMS = weighted([
  [30, 'char'],
  [9, 'word'],
  [6, 'dot'],
  [8, 'escape'],
  [5, 'property'],
  [14, 'class'],
  [6, 'anchor'],
  [5, 'boundary'],
  [11, 'capture'],
  [8, 'plainGroup'],
  [3, 'namedGroup'],
  [1, 'modifiers'],
  [7, 'look'],
  [6, 'backReference'],
  [4, 'oddity'],
  [4, 'emptyLoop'],
]);
const LEAVES = new Set(['char', 'word', 'dot', 'escape', 'property', 'class', 'anchor', 'boundary', 'backReference', 'oddity']);

/**
 * @param {import('../../scripts/lib/random.mjs').Random} random
 * @param {{ modern?: boolean }} [options] `modern`: the judging V8 knows modifiers and duplicate names, so they may be frequent
 * @returns {{ pattern: string, flags: string, tree: object, palette: string[], mutated: boolean, loops: number }}
 *   `palette`: the characters that pattern and texts share; `loops`: how deeply unbounded loops nest
 */
export function generatePattern(random, options = {}) {
  return new Generator(random, options).generate();
}

class Generator {
  constructor(random, { modern = false }) {
    this.random = random;
    this.modern = modern;
    this.groups = 0;
    this.names = [];
    this.freeNames = random.shuffle([...NAMES]);
    this.loops = 0;
    this.deepestLoops = 0;
    this.counted = 0;
    this.budget = random.int(1, random.chance(0.15) ? 24 : 10);
  }

  generate() {
    const { random } = this;
    const flags = this.flags();
    this.palette = this.choosePalette();
    const tree = this.disjunction(0);
    const pattern = this.print(tree);
    const mutated = random.chance(0.12);
    return {
      pattern: mutated ? this.mutate(pattern) : pattern,
      flags,
      tree,
      palette: this.palette,
      mutated,
      loops: this.deepestLoops,
      captures: this.groups,
      names: this.names,
    };
  }

  flags() {
    const { random } = this;
    const mode = random.pickWeighted(FLAG_SETS);
    this.unicode = mode !== '';
    this.sets = mode === 'v';
    const letters = [mode];
    for (const [letter, probability] of [
      ['i', 0.35],
      ['m', 0.25],
      ['s', 0.2],
      ['y', 0.07],
      ['g', 0.05],
      ['d', 0.03],
    ]) {
      if (random.chance(probability)) letters.push(letter);
    }
    this.ignoreCase = letters.includes('i');
    this.multiline = letters.includes('m');
    if (random.chance(0.008)) return random.pick(BAD_FLAGS);
    return random.shuffle(letters).join('');
  }

  choosePalette() {
    const { random } = this;
    const palette = ['a', 'b'];
    for (let more = random.int(0, 3); more > 0; more--) {
      const source = random.pickWeighted(this.ignoreCase ? PALETTE_IGNORING_CASE : PALETTE);
      palette.push(random.pick(source === CASE_RINGS ? random.pick(CASE_RINGS) : source));
    }
    return palette;
  }

  disjunction(depth) {
    const { random } = this;
    const count = random.chance(depth === 0 ? 0.15 : 0.35) ? random.int(2, 3) : 1;
    if (count === 1) return this.alternative(depth);
    return { kind: 'alt', options: Array.from({ length: count }, () => this.alternative(depth)) };
  }

  alternative(depth) {
    const { random } = this;
    const length = random.chance(0.05) ? 0 : random.int(1, depth === 0 ? 5 : 3);
    return { kind: 'seq', items: Array.from({ length }, () => this.quantified(depth)) };
  }

  quantified(depth) {
    const { random } = this;
    const nested = this.counted > 0 && random.chance(0.25);
    const loop = nested || random.chance(depth > 2 ? 0.15 : 0.32);
    if (!loop) return this.term(depth);
    const huge = random.chance(0.012) && this.loops === 0;
    const [min, max, src] = huge ? random.pick(HUGE_COUNTS) : random.pickWeighted(nested ? NESTED_COUNTS : COUNTS);
    if (max < min && random.chance(0.7)) return this.term(depth);
    // a third unbounded loop inside two others costs V8 exponential time on most texts
    const unbounded = max > 4;
    if (unbounded && this.loops >= 2) return this.term(depth);
    const isCounted = max > 1 && max <= 20;
    this.loops += unbounded ? 1 : 0;
    this.counted += isCounted ? 1 : 0;
    this.deepestLoops = Math.max(this.deepestLoops, this.loops);
    const body = this.term(depth);
    this.loops -= unbounded ? 1 : 0;
    this.counted -= isCounted ? 1 : 0;
    const quantifiable = body.kind === 'look' ? !this.unicode && !body.behind : body.kind !== 'mark' && body.kind !== 'raw';
    if (!quantifiable && !random.chance(0.02)) return body;
    return { kind: 'repeat', body, min, max, src: src + (random.chance(0.35) ? '?' : '') };
  }

  term(depth) {
    const { random } = this;
    this.budget--;
    let kind = random.pickWeighted(TERMS);
    if ((depth >= 4 || this.budget <= 0) && !LEAVES.has(kind)) kind = 'char';
    return this[kind](depth);
  }

  // ── single characters ──

  char() {
    const out = this.random.pick(this.palette);
    return { kind: 'text', src: this.spell(out), out };
  }

  word() {
    const out = Array.from({ length: this.random.int(2, 4) }, () => this.random.pick(this.palette)).join('');
    return { kind: 'text', src: this.spell(out), out };
  }

  /** A string as pattern text: as it is where that is legal, else escaped; now and then escaped though it need not be. */
  spell(string, inClass = false) {
    let src = '';
    for (const char of string) src += this.spellChar(char, inClass);
    return src;
  }

  spellChar(char, inClass) {
    const { random } = this;
    const code = char.codePointAt(0);
    const mustEscape = inClass
      ? /[\\\]^-]/.test(char) || (this.sets && /[()[\]{}/|]/.test(char))
      : /[\^$\\.*+?()[\]{}|]/.test(char);
    if (mustEscape) {
      if (!this.unicode && /[\]{}]/.test(char) && !inClass && random.chance(0.05)) return char;
      if (!(char === '-' && inClass && !this.unicode) || random.chance(0.5))
        return random.chance(0.85) ? `\\${char}` : `\\x${hex(code, 2)}`;
      return '\\x2d';
    }
    // under v, a doubled punctuator in a class is reserved
    if (inClass && this.sets && /[&!#%,:;<=>@`~*+.?$]/.test(char))
      return random.chance(0.5) ? `\\x${hex(code, 2)}` : this.escapeUnit(code);
    if (!random.chance(0.2)) return char;
    return this.escapeCode(code, inClass);
  }

  escapeCode(code, inClass) {
    const { random } = this;
    if (code > 0xffff) {
      const pair = String.fromCodePoint(code);
      const [lead, trail] = [pair.charCodeAt(0), pair.charCodeAt(1)];
      // a class without u would take the two halves for two members
      if (this.unicode && random.chance(0.5)) return `\\u{${'0'.repeat(random.below(3))}${code.toString(16)}}`;
      return `\\u${hex(lead, 4)}\\u${hex(trail, 4)}`;
    }
    if (code === 0) return random.chance(0.5) ? '\\x00' : '\\u0000';
    const short = { 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' }[code];
    if (short && random.chance(0.6)) return short;
    if (code >= 1 && code <= 26 && random.chance(0.4)) return `\\c${String.fromCharCode(code + (random.chance(0.5) ? 64 : 96))}`;
    if (code === 8 && inClass) return '\\b';
    if (!this.unicode && code < 0x100 && random.chance(0.15)) return `\\${code.toString(8).padStart(3, '0')}`;
    return this.escapeUnit(code);
  }

  escapeUnit(code) {
    const { random } = this;
    if (code < 0x100 && random.chance(0.5)) return `\\x${random.chance(0.5) ? hex(code, 2) : hex(code, 2).toUpperCase()}`;
    if (this.unicode && random.chance(0.3)) return `\\u{${code.toString(16)}}`;
    return `\\u${hex(code, 4)}`;
  }

  dot() {
    return { kind: 'set', src: '.', pick: (random) => random.pick(random.chance(0.7) ? this.palette : NASTY) };
  }

  escape() {
    const [src, members] = this.random.pick(CLASS_ESCAPES);
    return { kind: 'set', src, pick: (random) => random.pick(members) };
  }

  property() {
    if (!this.unicode) return this.escape();
    return { kind: 'set', src: this.propertySource(), pick: (random) => this.anyChar(random) };
  }

  propertySource() {
    const { random } = this;
    if (random.chance(0.02)) return `\\p{${random.pick(BAD_PROPERTIES)}}`;
    const name = random.pick(PROPERTIES);
    // \P{Any} under v ends the process on V8 11.3
    return `\\${random.chance(0.3) && name !== 'Any' ? 'P' : 'p'}{${name}}`;
  }

  anyChar(random) {
    return random.pick(random.chance(0.5) ? this.palette : random.chance(0.5) ? NASTY : random.pick(CASE_RINGS));
  }

  // ── classes ──

  class() {
    return this.sets ? this.setsClass(0) : this.plainClass();
  }

  plainClass() {
    const { random } = this;
    const members = Array.from({ length: random.int(random.chance(0.03) ? 0 : 1, 3) }, () => this.classMember());
    return this.classNode(members);
  }

  classNode(members, open = '[') {
    const { random } = this;
    const negated = random.chance(0.25);
    return {
      kind: 'set',
      src: `${open}${negated ? '^' : ''}${members.map(({ src }) => src).join('')}]`,
      pick: (sampler) => (negated || members.length === 0 ? this.anyChar(sampler) : sampler.pick(members).pick(sampler)),
    };
  }

  classMember() {
    const { random } = this;
    const roll = random.next();
    if (roll < 0.5) {
      const char = random.pick([...random.pick(this.palette)]);
      return { src: this.spell(char, true), pick: () => char };
    }
    if (roll < 0.75) return this.range();
    if (roll < 0.93) return this.unicode && random.chance(0.5) ? this.property() : this.escape();
    if (roll < 0.96) return { src: '\\b', pick: () => '\b' };
    if (this.unicode) return { src: '\\-', pick: () => '-' };
    return { src: random.pick(['-', '[', '^a', '.', '$', '\\c', '\\8', '(', '\\w-a']), pick: () => 'a' };
  }

  range() {
    const { random } = this;
    let [low, high] = random.pick(this.unicode && random.chance(0.3) ? ASTRAL_RANGES : RANGES);
    if (random.chance(0.3)) {
      const ends = [random.pick([...random.pick(this.palette)]), random.pick([...random.pick(this.palette)])];
      ends.sort((one, other) => one.codePointAt(0) - other.codePointAt(0));
      // without u the ends are single units, whose order is another
      if (this.unicode || ends.every((end) => end.length === 1)) [low, high] = ends;
    }
    if (random.chance(0.01)) [low, high] = [high, low];
    const [from, to] = [low.codePointAt(0), high.codePointAt(0)];
    return {
      src: `${this.spell(low, true)}-${this.spell(high, true)}`,
      pick: (sampler) => {
        const edge = sampler.below(4);
        if (edge === 0 || from > to) return low;
        if (edge === 1) return high;
        return String.fromCodePoint(sampler.int(from, Math.min(to, from + 40)));
      },
    };
  }

  setsClass(depth) {
    const { random } = this;
    if (random.chance(0.25) && depth < 2) {
      const operator = random.chance(0.5) ? '&&' : '--';
      const operands = Array.from({ length: random.int(2, 3) }, () => this.setsOperand(depth));
      const negated = random.chance(0.15) && !operands.some(({ strings }) => strings);
      return {
        kind: 'set',
        src: `[${negated ? '^' : ''}${operands.map(({ src }) => src).join(operator)}]`,
        strings: operands.some(({ strings }) => strings),
        pick: (sampler) =>
          negated ? this.anyChar(sampler) : operands[operator === '--' ? 0 : sampler.below(operands.length)].pick(sampler),
      };
    }
    const members = Array.from({ length: random.int(random.chance(0.03) ? 0 : 1, 3) }, () =>
      random.chance(0.35) ? this.setsOperand(depth) : this.classMember(),
    );
    const strings = members.some((member) => member.strings);
    // a negated class must not hold strings: mostly kept to
    if (!strings || random.chance(0.03)) return { ...this.classNode(members), strings };
    return {
      kind: 'set',
      src: `[${members.map(({ src }) => src).join('')}]`,
      strings,
      pick: (sampler) => sampler.pick(members).pick(sampler),
    };
  }

  setsOperand(depth) {
    const { random } = this;
    const roll = random.next();
    if (roll < 0.3 && depth < 2) return this.setsClass(depth + 1);
    if (roll < 0.5) {
      const strings = Array.from({ length: random.int(1, 3) }, () => this.string());
      return {
        src: `\\q{${strings.map((string) => this.spell(string, true)).join('|')}}`,
        strings: strings.some((string) => [...string].length !== 1),
        pick: (sampler) => sampler.pick(strings),
      };
    }
    if (roll < 0.58) {
      const name = random.pick(PROPERTIES_OF_STRINGS);
      return {
        src: `\\p{${name}}`,
        strings: true,
        pick: (sampler) => sampler.pick(['😀', '👨‍👩‍👧', '🇨🇭', '1️⃣', '👍🏽', '#️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇨']),
      };
    }
    if (roll < 0.75) return this.escape();
    if (roll < 0.85) return this.property();
    const char = random.pick([...random.pick(this.palette)]);
    return { src: this.spell(char, true), pick: () => char };
  }

  string() {
    const { random } = this;
    return Array.from({ length: random.below(4) }, () => random.pick(this.palette)).join('');
  }

  // ── no width ──

  anchor() {
    const { random } = this;
    const lineEnd = this.multiline ? random.pick(['\n', '\r', '\r\n', '\u2028', '']) : '';
    return { kind: 'mark', src: random.chance(0.5) ? '^' : '$', out: lineEnd };
  }

  boundary() {
    return { kind: 'mark', src: this.random.chance(0.6) ? '\\b' : '\\B', out: '' };
  }

  // ── groups ──

  capture(depth) {
    this.groups++;
    return { kind: 'group', open: '(', capture: true, body: this.disjunction(depth + 1) };
  }

  plainGroup(depth) {
    return { kind: 'group', open: '(?:', body: this.disjunction(depth + 1) };
  }

  namedGroup(depth) {
    const name = this.freeNames.pop();
    if (name === undefined) return this.capture(depth);
    if (this.random.chance(this.modern ? 0.4 : 0.05)) return this.duplicateNames(depth, name);
    this.groups++;
    this.names.push(name);
    return { kind: 'group', open: `(?<${name}>`, name, capture: true, body: this.disjunction(depth + 1) };
  }

  /** `(?<n>a)|(?<n>b)`, legal since ES2025. */
  duplicateNames(depth, name) {
    const option = () => {
      this.groups++;
      const group = { kind: 'group', open: `(?<${name}>`, name, capture: true, body: this.alternative(depth + 1) };
      return { kind: 'seq', items: this.random.chance(0.5) ? [group, this.char()] : [group] };
    };
    const options = [option(), option()];
    this.names.push(name);
    const body = { kind: 'alt', options };
    return { kind: 'group', open: '(?:', body };
  }

  modifiers(depth) {
    const { random } = this;
    if (!random.chance(this.modern ? 1 : 0.3)) return this.plainGroup(depth);
    const letters = random.shuffle(['i', 'm', 's']);
    const added = letters.slice(0, random.below(3)).join('');
    const removed = letters.slice(added.length, added.length + random.below(3)).join('');
    const bad = random.chance(0.05) ? random.pick(['ii-', 'i-i', '-', 'g', 'i-g', 'u', 'I', 'ims-ims']) : undefined;
    const flags = bad ?? (removed ? `${added}-${removed}` : added);
    return { kind: 'group', open: `(?${flags}:`, body: this.disjunction(depth + 1) };
  }

  look(depth) {
    const { random } = this;
    const { open, behind, negative } = random.pickWeighted(LOOKS);
    return { kind: 'look', open, behind, negative, body: this.disjunction(depth + 1) };
  }

  backReference() {
    const { random } = this;
    return { kind: random.chance(0.3) ? 'named' : 'numbered', roll: random.next() };
  }

  // ── written as they stand ──

  oddity() {
    const { random } = this;
    if (this.unicode && !random.chance(0.06)) return this.char();
    const src = random.pick(ODDITIES);
    return { kind: 'raw', src, out: oddityText(src) };
  }

  emptyLoop() {
    const { random } = this;
    // spelled with the pattern's own letters, so that its texts meet it
    const [a, b] = [random.pick(this.palette), random.pick(this.palette)].map((char) => this.spell(char));
    const src = random
      .pick(EMPTY_LOOPS)
      .replace(/\\?[ab]/g, (letter) => (letter === 'a' ? `(?:${a})` : letter === 'b' ? `(?:${b})` : letter));
    const captures = src.match(/\((?!\?)/g)?.length ?? 0;
    const shifted = src.replace(/\\([12])/g, (_, digit) => `\\${Number(digit) + this.groups}`);
    const references = /\\[12]/.test(src);
    if (
      this.unicode &&
      (/\(\?=[^)]*\)+[*]/.test(src) || (references && captures < 2 && shifted.includes(`\\${captures + this.groups + 1}`)))
    ) {
      return this.char();
    }
    // the groups are numbered where they open, which is where generation has come to
    this.groups += captures;
    this.deepestLoops = Math.max(this.deepestLoops, this.loops + 1);
    return { kind: 'raw', src: shifted, out: '', captures, loop: true };
  }

  // ── source text ──

  print(node) {
    switch (node.kind) {
      case 'seq':
        return node.items.map((item) => this.print(item)).join('');
      case 'alt':
        return node.options.map((option) => this.print(option)).join('|');
      case 'group':
      case 'look':
        return `${node.open}${this.print(node.body)})`;
      case 'repeat':
        return this.printRepeated(node.body) + node.src;
      case 'numbered':
        return this.printNumbered(node);
      case 'named':
        return this.printNamed(node);
      default:
        return node.src;
    }
  }

  printRepeated(node) {
    const src = this.print(node);
    const atom =
      node.kind === 'set' ||
      node.kind === 'group' ||
      node.kind === 'look' ||
      node.kind === 'numbered' ||
      node.kind === 'named' ||
      (node.kind === 'text' && [...node.out].length === 1);
    // a word whose last character alone is repeated is worth trying too
    return atom || this.random.chance(0.3) ? src : `(?:${src})`;
  }

  printNumbered(node) {
    if (this.groups === 0) {
      node.index = 0;
      return this.unicode ? '(?:)' : '\\1';
    }
    node.index = 1 + Math.floor(node.roll * this.groups);
    // else a digit that follows would be read as part of the number
    return `(?:\\${node.index})`;
  }

  printNamed(node) {
    if (this.names.length === 0) return this.printNumbered(node);
    node.name = this.names[Math.floor(node.roll * this.names.length)];
    return `\\k<${node.name}>`;
  }

  mutate(pattern) {
    const { random } = this;
    let units = pattern;
    for (let edits = random.int(1, 2); edits > 0; edits--) {
      const at = random.below(units.length + 1);
      const insert = random.pick([
        ...SYNTAX,
        '-',
        ',',
        ':',
        '=',
        '!',
        '<',
        '>',
        'k',
        'u',
        'x',
        'c',
        'b',
        'p',
        'q',
        '1',
        '0',
        'a',
        '\ud83d',
        '\ude00',
        '\n',
      ]);
      const piece = units.slice(at, at + random.int(1, 3));
      units = random.pick([
        () => units.slice(0, at) + units.slice(at + 1),
        () => units.slice(0, at) + insert + units.slice(at),
        () => units.slice(0, at) + piece + units.slice(at),
        () => units.slice(0, at) + insert + units.slice(at + 1),
      ])();
    }
    return units;
  }
}

/** A text for an oddity: what its escapes would be if they were none. */
function oddityText(src) {
  return src
    .replace(/\\([^\w]|u\{?|x|[a-z])/giu, '$1')
    .replace(/[[\]]/g, '')
    .slice(0, 6);
}

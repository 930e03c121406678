// Compares the engine's Unicode data with V8's. Reads what tests/unicode.rs writes; prints a line for each difference, nothing if all is well.
//
//   property <spelling> <accepted under u: 0|1> <accepted under v: 0|1> <ranges> <strings>
//   class    <source> <flags> <ranges>
//   case     <flags> <classes>
//
// Fields are parted by tabs. Ranges are "41-5A,61-7A", strings and classes of two or more "4B.6B,53.73", all hexadecimal.

import { readFileSync } from 'node:fs';

const [version, ...lines] = readFileSync(0, 'utf8').trimEnd().split('\n');
const report = (...words) => console.log(words.join(' '));
const hex = (codePoints) => codePoints.map((c) => c.toString(16).toUpperCase()).join('.');
const parseList = (text) => (text ? text.split(',').map((item) => item.split('.').map((c) => parseInt(c, 16))) : []);

// Every code point but the surrogates in one string, where long runs are found by two searches. Surrogates would pair up there.
const chunks = [];
for (let c = 0; c < 0x110000; c++) if (c < 0xd800 || c > 0xdfff) chunks.push(String.fromCodePoint(c));
const everything = chunks.join('');
const codePointAt = (i) => (i < 0xd800 ? i : i < 0xf800 ? i + 0x800 : ((i - 0xf800) >> 1) + 0x10000);

/** Ranges of all code points that `inside` matches and `outside`, its complement, does not. */
function scan(inside, outside) {
  const found = [];
  const add = (low, high) => {
    const last = found.at(-1);
    if (last?.[1] === low - 1) last[1] = high;
    else found.push([low, high]);
  };
  const scanText = (end) => {
    for (let i = inside.lastIndex; ; ) {
      inside.lastIndex = i;
      const start = inside.exec(everything)?.index ?? everything.length;
      if (start >= end) return;
      outside.lastIndex = start;
      i = Math.min(outside.exec(everything)?.index ?? everything.length, end);
      add(codePointAt(start), codePointAt(i - 1));
      if (i === end) return;
    }
  };
  inside.lastIndex = 0;
  scanText(0xd800);
  for (let c = 0xd800; c <= 0xdfff; c++) {
    inside.lastIndex = 0;
    if (inside.test(String.fromCharCode(c))) add(c, c);
  }
  inside.lastIndex = 0xd800;
  scanText(everything.length);
  return found.map(([low, high]) => `${low.toString(16)}-${high.toString(16)}`.toUpperCase()).join(',');
}

const accepts = (source, flags) => {
  try {
    return new RegExp(source, flags) && '1';
  } catch {
    return '0';
  }
};

const scanned = new Set();
function compareProperty(spelling, u, v, ranges, strings) {
  if (accepts(`\\p{${spelling}}`, 'u') !== u) report(`\\p{${spelling}} with u: accepted here: ${u}`);
  if (accepts(`\\p{${spelling}}`, 'v') !== v) return report(`\\p{${spelling}} with v: accepted here: ${v}`);
  if (v === '0') return;
  if (strings) return compareStrings(spelling, ranges, strings);
  // Aliases are compared where they could differ from another property; only the first spelling of a set is compared everywhere.
  const [, property] = /^(gc|General_Category|sc|Script|scx|Script_Extensions)=/.exec(spelling) ?? [];
  const key = `${{ General_Category: 'gc', Script: 'sc', Script_Extensions: 'scx' }[property] ?? property} ${ranges}`;
  if (scanned.has(key)) return compareEdges(spelling, ranges);
  scanned.add(key);
  const actual = scan(new RegExp(`\\p{${spelling}}`, 'gu'), new RegExp(`\\P{${spelling}}`, 'gu'));
  if (actual !== ranges) report(`\\p{${spelling}}: V8 has ${actual}, here ${ranges}`);
}

function compareEdges(spelling, ranges) {
  const regexp = new RegExp(`^\\p{${spelling}}$`, 'u');
  const test = (c, expected) => {
    if (c < 0 || c > 0x10ffff || regexp.test(String.fromCodePoint(c)) === expected) return;
    report(`\\p{${spelling}}: differs at ${hex([c])}`);
  };
  for (const range of ranges ? ranges.split(',') : []) {
    const [low, high] = range.split('-').map((c) => parseInt(c, 16));
    for (const [c, expected] of [
      [low - 1, false],
      [low, true],
      [high, true],
      [high + 1, false],
    ])
      test(c, expected);
  }
}

const everyString = new Set();
const stringProperties = [];
function compareStrings(spelling, ranges, strings) {
  const singles = new RegExp(`[\\p{${spelling}}&&\\p{Any}]`, 'gv');
  const others = new RegExp(`[\\p{Any}--\\p{${spelling}}]`, 'gv');
  const actual = scan(singles, others);
  if (actual !== ranges) report(`\\p{${spelling}}: V8 has ${actual}, here ${ranges}`);
  const members = new Set(parseList(strings).map((string) => String.fromCodePoint(...string)));
  for (const string of members) everyString.add(string);
  stringProperties.push([spelling, members]);
}

// V8 does not list a property's strings, so what might be one is tried: all that any property has here, these with a code point
// more or less, and the simple forms of every emoji.
function compareAllStrings() {
  const candidates = new Set(everyString);
  for (const string of everyString) {
    const points = [...string];
    for (let i = 0; i < points.length; i++) {
      candidates.add(points.toSpliced(i, 1).join(''));
      if (points[i] !== '\u{FE0F}') candidates.add(points.toSpliced(i + 1, 0, '\u{FE0F}').join(''));
    }
  }
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCodePoint(0x1f1e6 + i));
  for (const a of letters) for (const b of letters) candidates.add(a + b);
  const emoji = everything.match(/\p{Emoji}/gu);
  const tails = [
    '\u{FE0F}',
    '\u{20E3}',
    '\u{FE0F}\u{20E3}',
    '\u{1F3FB}',
    '\u{1F3FF}',
    '\u{200D}\u{2642}\u{FE0F}',
    '\u{200D}\u{2640}\u{FE0F}',
  ];
  for (const e of emoji) for (const tail of tails) candidates.add(e + tail);
  for (const [spelling, members] of stringProperties) {
    const regexp = new RegExp(`^\\p{${spelling}}$`, 'v');
    for (const string of candidates) {
      if ([...string].length > 1 && regexp.test(string) !== members.has(string)) {
        report(`\\p{${spelling}}: ${hex([...string].map((c) => c.codePointAt(0)))}: here ${members.has(string)}`);
      }
    }
  }
}

function compareClass(source, flags, ranges) {
  const actual = scan(new RegExp(source, `g${flags}`), new RegExp(`[^${source}]`, `g${flags}`));
  if (actual !== ranges) report(`/${source}/${flags}: V8 has ${actual}, here ${ranges}`);
}

function compareCase(flags, text) {
  const classes = parseList(text);
  const classOf = new Map(classes.flatMap((members) => members.map((c) => [c, members])));
  const escaped = (c) => (flags === 'i' ? `\\u${c.toString(16).padStart(4, '0')}` : `\\u{${c.toString(16)}}`);
  // A code point that has a relation is changed by a mapping or is the result of one.
  const related = new Set(classOf.keys());
  for (const char of everything) {
    const forms = [char.toUpperCase(), char.toLowerCase()];
    if (/[\p{CWCF}\p{CWCM}]/u.test(char) || forms.some((form) => form !== char)) {
      for (const c of [char, ...forms, ...forms.map((f) => f.toLowerCase())].join('')) related.add(c.codePointAt(0));
    }
  }
  const candidates = [...related].filter((c) => flags !== 'i' || c <= 0xffff).sort((a, b) => a - b);
  const inOneString = String.fromCodePoint(...candidates);
  for (const c of candidates) {
    const expected = hex(classOf.get(c) ?? [c]);
    // V8 has one way for a character and another for a class of more than one.
    for (const source of [escaped(c), `[\\0${escaped(c)}]`]) {
      const actual = hex(inOneString.match(new RegExp(source, `g${flags}`)).map((s) => s.codePointAt(0)));
      if (actual !== expected) report(`/${source}/${flags}: V8 has ${actual}, here ${expected}`);
    }
  }
  const others = [...everything].filter((s) => !related.has(s.codePointAt(0)) && (flags !== 'i' || s.length === 1)).join('');
  const stray = others.match(new RegExp(`[${candidates.map(escaped).join('')}]`, `g${flags}`));
  if (stray) report(`/${flags}: V8 relates ${hex(stray.map((s) => s.codePointAt(0)))}`);
}

if (version.split('.')[0] !== process.versions.unicode.split('.')[0]) {
  report(`skipped: this Node has Unicode ${process.versions.unicode}, the tables have ${version}`);
} else {
  const compare = { property: compareProperty, class: compareClass, case: compareCase };
  for (const line of lines) {
    const [what, ...fields] = line.split('\t');
    compare[what](...fields);
  }
  compareAllStrings();
}

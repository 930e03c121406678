// Known faults of V8 that none of its options mends. A disagreement that shrinks to such a pattern, on a V8 that a probe shows to be
// affected, is counted as V8's. `__test__/cases/v8-faults.mjs` has the right answers.
//
// Run as a program, it prints the versions of its Node, V8 and Unicode, and the faults it has.

import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { newerSyntax } from './newer-syntax.mjs';

const PROPERTY = /\\p\{/i;
const SET_OPERATION = /&&|--/;
/** Characters that Unicode's case folding makes another one, and ECMA-262's without u does not. */
const FOLDED_ELSEWHERE = /[ſϴẞ\u2126\u212a\u212b]|\\u(?:017f|03f4|1e9e|2126|212a|212b)/i;

/** The matched text; `null` if none is, `undefined` if this V8 refuses the pattern. */
function match(source, flags, text) {
  try {
    return new RegExp(source, flags).exec(text)?.[0] ?? null;
  } catch {
    return undefined;
  }
}

function tests(source, flags, text) {
  const found = match(source, flags, text);
  return found === undefined ? undefined : found !== null;
}

/**
 * `name`, whether this V8 is `affected`, and which patterns the fault `concerns`. A fault stands if JavaScriptCore, when it is asked,
 * agrees with the engine on the pattern. One that is `broad` concerns so many patterns that it stands only if JavaScriptCore is asked.
 */
export const FAULTS = [
  {
    name: 'operands of sets are not folded under iv',
    affected: () => tests('[a--A]', 'iv', 'a') === true || tests(String.raw`\P{ASCII}`, 'iv', 's') === true,
    concerns: (pattern, flags) => /i/.test(flags) && /v/.test(flags) && (SET_OPERATION.test(pattern) || PROPERTY.test(pattern)),
  },
  {
    name: 'complements hold unfolded characters under iv',
    affected: () => tests(String.raw`\P{ASCII}`, 'iv', 'ſ') === true,
    concerns: (pattern, flags) => /i/.test(flags) && /v/.test(flags) && PROPERTY.test(pattern),
  },
  {
    name: String.raw`nothing is subtracted from the single characters of \q{}`,
    affected: () => tests(String.raw`[\q{c|b}--b]`, 'v', 'b') === true,
    concerns: (pattern, flags) => /v/.test(flags) && pattern.includes('\\q{') && SET_OPERATION.test(pattern),
  },
  {
    name: String.raw`single characters of \q{} do not ignore case`,
    affected: () => tests(String.raw`[\q{c}]`, 'iv', 'C') === false,
    concerns: (pattern, flags) =>
      /v/.test(flags) && pattern.includes('\\q{') && (/i/.test(flags) || newerSyntax(pattern, true).uses),
  },
  {
    name: 'a loop over [^] under v does not loop',
    affected: () => tests('^[^]{2}$', 'v', 'ab') === false,
    concerns: (pattern, flags) => /v/.test(flags) && /\[\^[[\]]/.test(pattern),
  },
  {
    // its own sticky search from 2 finds the match that its search from 0 steps over
    name: 'a search steps over a match that begins in a loop with a lookbehind',
    affected: () => /(?:(?<=\t)[\u2100-\u2130])*?\ud83d/.exec('Bbb\t\u2118\ud83d\n')?.index === 5,
    concerns: (pattern) => /\(\?<[=!]/.test(pattern) && /\)[*+?{]/.test(pattern),
  },
  {
    name: 'alternatives inside a lookbehind are reordered by their first characters',
    affected: () => tests(String.raw`(?<=^(a|b|ab)+)c\1$`, '', 'abca') === false,
    concerns: (pattern) => /\(\?<[=!]/.test(pattern) && pattern.includes('|'),
  },
  {
    name: 'alternatives that begin with a long s or a Kelvin sign swallow those that begin with s or k',
    affected: () => tests('ſs|ſ|s', 'i', 's') === false,
    concerns: (pattern, flags) =>
      /i/.test(flags) && !/[uv]/.test(flags) && pattern.includes('|') && FOLDED_ELSEWHERE.test(pattern),
  },
  {
    name: 'a match that ends at $ under u is not found where a negated class takes two units',
    affected: () => tests('[^a]$', 'u', '😀') === false,
    concerns: (pattern, flags) => /u/.test(flags) && !/[my]/.test(flags) && pattern.includes('[^') && pattern.includes('$'),
  },
  {
    name: 'characters beyond Latin-1 under an i modifier are ruled out for one-byte texts',
    affected: () => tests('(?i:ſ)', 'u', 's') === false,
    concerns: (pattern, flags) =>
      newerSyntax(pattern, flags.includes('v')).uses && /\(\?[ms]*i/.test(pattern) && /[^\0-\xff]|\\u|\\p/.test(pattern),
  },
  {
    name: 'one-character alternatives under an i modifier do not ignore case',
    affected: () => tests('(?i:b|[a])', '', 'A') === false,
    concerns: (pattern, flags) =>
      newerSyntax(pattern, flags.includes('v')).uses && /\(\?[ms]*i/.test(pattern) && pattern.includes('|'),
  },
  {
    name: 'what is left of a set operation under iv does not ignore case',
    affected: () => tests(String.raw`[b--\}]`, 'iv', 'B') === false,
    concerns: (pattern, flags) => /i/.test(flags) && /v/.test(flags) && SET_OPERATION.test(pattern),
  },
  {
    // in many forms. Some show only without the optimiser, which V8 also does without once a process has compiled many patterns
    name: 'an i modifier changes how what stands beside it ignores case',
    affected: () => tests(String.raw`(?i:\P{Alphabetic})\W`, 'u', ',ſ') === false || match('(?-i:|[--a])*', 'i', 'b') === 'b',
    concerns: (pattern, flags) => newerSyntax(pattern, flags.includes('v')).uses && /\(\?[ms]*-?[ms]*i/.test(pattern),
    broad: true,
  },
  {
    name: 'a group may hold another of its name',
    affected: () => tests('(?<a>(?<a>x)|y)', '', 'y') === true,
    concerns: (pattern, flags) => {
      const { uses, legal } = newerSyntax(pattern, flags.includes('v'));
      return uses && !legal;
    },
  },
];

/** What this Node is and knows: `{ node, v8, unicode, modern, faults }`, the faults by their places in `FAULTS`. */
function describe() {
  const { node, v8, unicode } = process.versions;
  const modern = tests('(?i:a)', '', 'A') === true && tests('(?<a>.)|(?<a>.)', '', 'A') === true;
  return { node, v8, unicode, modern, faults: FAULTS.flatMap(({ affected }, at) => (affected() ? [at] : [])) };
}

/** The faults of these, by their places in `FAULTS`, that this pattern may show. */
export function knownFaults({ pattern, flags }, faults) {
  return faults.map((at) => FAULTS[at]).filter(({ concerns }) => concerns(pattern, flags));
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) console.log(JSON.stringify(describe()));

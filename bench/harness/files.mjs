// The files for the peers: rules and texts for them, answers from them. Numbers are little-endian u32s, strings UTF-8 after their length.

import { readFileSync, writeFileSync } from 'node:fs';
import { toPcre } from './pcre.mjs';

/** The answer where no rule matches. */
export const NONE = 0xffff_ffff;

const number = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const string = (text) => {
  const bytes = Buffer.from(text);
  return Buffer.concat([number(bytes.length), bytes]);
};

/** @param {{ test: string, error: string }[]} texts */
export function writeTexts(path, texts) {
  writeFileSync(
    path,
    Buffer.concat([number(texts.length), ...texts.flatMap(({ test, error }) => [string(test), string(error)])]),
  );
}

/** @returns {{ test: string, error: string }[]} */
export function readTexts(path) {
  const bytes = readFileSync(path);
  let at = 0;
  const next = () => {
    const start = at + 4;
    at = start + bytes.readUInt32LE(at);
    return bytes.toString('utf8', start, at);
  };
  const count = bytes.readUInt32LE(0);
  at = 4;
  return Array.from({ length: count }, () => ({ test: next(), error: next() }));
}

/**
 * The rules as Vectorscan's program takes them: pattern, flags, scope, flags of the scope.
 *
 * @param {{ error: Pattern, flags?: string, test?: Pattern }[]} rules
 * @param {{ test?: import('./pcre.mjs').Traits, error?: import('./pcre.mjs').Traits }} [traits] of the tests' names and of the errors
 *
 * @typedef {string | { source: string, flags?: string }} Pattern
 */
export function writePcreRules(path, rules, traits = {}) {
  const translate = (pattern, flags, own) =>
    typeof pattern === 'object' ? toPcre(pattern.source, pattern.flags, own) : toPcre(pattern, flags, own);
  const fields = rules.flatMap((rule) => {
    const error = translate(rule.error, rule.flags, traits.error);
    const scope = translate(rule.test ?? '', '', traits.test);
    return [error.pattern, error.flags, scope.pattern, scope.flags].map(string);
  });
  writeFileSync(path, Buffer.concat([number(rules.length), ...fields]));
}

/** @param {(number | null)[]} rules */
export function writeAnswers(path, rules) {
  writeFileSync(path, Buffer.concat(rules.map((rule) => number(rule ?? NONE))));
}

/** @returns {(number | null)[]} */
export function readAnswers(path) {
  const bytes = readFileSync(path);
  return Array.from({ length: bytes.length / 4 }, (_, i) => {
    const rule = bytes.readUInt32LE(i * 4);
    return rule === NONE ? null : rule;
  });
}

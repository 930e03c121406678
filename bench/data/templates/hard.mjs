// The rules that multi-pattern matchers dislike. A real list of thousands has a few of each, and they decide what it costs.

import { pattern } from '../author.mjs';
import { camel, entities, kebab, parts, projects, snake } from '../words.mjs';
import { drawElement, drawHabit } from './template.mjs';

const service = (random) => `${kebab(random.pick(entities))}-${kebab(random.pick(parts))}-service`;

/** @type {import('./template.mjs').Template[]} No run of more than one character that every match must have. */
export const withoutLiteral = [
  {
    name: 'withoutLiteral.ticketShape',
    weight: 3,
    draw: (random) => ({ a: random.int(3, 6), b: random.int(5, 9), c: random.int(2, 5) }),
    pattern: (d) => `\\b[A-Z]{${d.a}}\\d{${d.b}}[a-z]{${d.c}}\\b`,
    fail: (d, random) => ({
      name: 'Error',
      message: `unknown reference ${random.upper(d.a)}${random.digits(d.b)}${random.lower(d.c)}`,
    }),
  },
  {
    name: 'withoutLiteral.accountShape',
    weight: 3,
    draw: (random) => ({ a: random.int(2, 5), b: random.int(4, 7), c: random.int(6, 9) }),
    pattern: (d) => `\\b\\d{${d.a}}[-/ ][A-Z]{${d.b}}[-/ ]\\d{${d.c}}\\b`,
    fail: (d, random) => ({
      name: 'Error',
      message: `no account ${random.digits(d.a)}-${random.upper(d.b)}-${random.digits(d.c)}.`,
    }),
  },
  {
    name: 'withoutLiteral.line',
    weight: 2,
    draw: (random) => ({ a: random.int(5, 12), b: random.int(3, 6), c: random.int(3, 6) }),
    pattern: (d) => `^[a-z]{${d.a}} \\d{${d.b}}(?: [A-Z]{${d.c}})+$`,
    flags: 'm',
    fail: (d, random) => ({
      name: 'Error',
      message: `status lines differ\n${random.lower(d.a)} ${random.digits(d.b)} ${random.upper(d.c)} ${random.upper(d.c)}`,
    }),
  },
  {
    // The author believed that a pattern has to cover the whole text. Quadratic in a backtracking engine: this rule blocks it on a
    // 40 KB log.
    name: 'withoutLiteral.leadingWildcard',
    weight: 2,
    draw: (random) => ({ a: random.int(9, 12), b: random.int(5, 8) }),
    pattern: (d) => `[\\s\\S]*\\b\\d{${d.a}}[A-Z]{${d.b}}\\b[\\s\\S]*`,
    fail: (d, random) => ({ name: 'Error', message: `transaction ${random.digits(d.a)}${random.upper(d.b)} is unknown` }),
  },
];

/** @type {import('./template.mjs').Template[]} */
export const lookaround = [
  {
    name: 'lookaround.notRetried',
    weight: 3,
    draw: (random) => ({ ...drawHabit(random), service: service(random) }),
    pattern: (d) => pattern(d.habit)`^(?!.*\b(?:retried|ignored)\b).*${d.service} timed out after \d+ ms`,
    flags: 'm',
    fail: (d, random) => ({
      name: 'TimeoutError',
      message: `call failed\n  ${d.service} timed out after ${random.int(1000, 30_000)} ms (attempt 3 of 3)`,
    }),
  },
  {
    name: 'lookaround.notSuppressed',
    weight: 3,
    draw: (random) => ({ ...drawHabit(random), service: service(random) }),
    pattern: (d) => pattern(d.habit)`(?<!Suppressed: )java\.net\.SocketTimeoutException: Read timed out \(${d.service}\)`,
    fail: (d) => ({ name: 'java.net.SocketTimeoutException', message: `Read timed out (${d.service})`, stack: 'java' }),
  },
  {
    name: 'lookaround.allOf',
    weight: 2,
    draw: (random) => ({ ...drawElement(random), code: `${random.pick(projects)}-${random.int(1000, 9999)}` }),
    pattern: (d) => pattern(d.habit)`^(?=[\s\S]*\b${d.code}\b)(?=[\s\S]*${d.id})`,
    fail: (d) => ({ name: 'ApplicationError', message: `rendering #${d.id} failed with ${d.code}` }),
  },
  {
    name: 'lookaround.notInArchive',
    weight: 2,
    draw: (random) => ({ ...drawHabit(random), entity: random.pick(entities), part: random.pick(parts).toLowerCase() }),
    pattern: (d) => pattern(d.habit)`(?<=${d.entity} ${d.part} )\d+ not found(?! in archive)`,
    fail: (d, random) => ({
      name: 'NotFoundError',
      message: `${d.entity} ${d.part} ${random.int(1, 99_999)} not found in index`,
    }),
  },
  {
    name: 'lookaround.thousands',
    weight: 1,
    draw: (random) => ({ ...drawHabit(random), field: camel(random.pick(entities)) + random.pick(parts) }),
    pattern: (d) => pattern(d.habit)`${d.field}: expected \d{1,3}(?=(?:\.\d{3})+,\d\d €)`,
    fail: (d, random) => ({
      name: 'AssertionError',
      message: `${d.field}: expected ${random.int(1, 999)}.${random.digits(3)},${random.digits(2)} € but found 0,00 €`,
    }),
  },
];

/** @type {import('./template.mjs').Template[]} */
export const backReference = [
  {
    name: 'backReference.sameValue',
    weight: 2,
    draw: (random) => ({ ...drawHabit(random), field: camel(random.pick(entities)) + random.pick(parts) }),
    pattern: (d) => pattern(d.habit)`${d.field}: expected '([^'\n]+)' not to equal '\1'`,
    fail: (d, random) => {
      const value = random.int(1, 9999);
      return { name: 'AssertionError', message: `${d.field}: expected '${value} €' not to equal '${value} €'` };
    },
  },
  {
    name: 'backReference.quotes',
    weight: 1,
    draw: drawElement,
    pattern: (d) => pattern(d.habit)`element (?<quote>["'])${d.id}\k<quote> is not visible`,
    fail: (d) => ({ name: 'Error', message: `element "${d.id}" is not visible` }),
  },
  {
    name: 'backReference.repeatedKey',
    weight: 1,
    draw: (random) => ({ ...drawHabit(random), table: `${snake(random.pick(entities))}_${snake(random.pick(parts))}` }),
    pattern: (d) => pattern(d.habit)`row \((\d+),\d+\) of ${d.table} conflicts with row \(\1,\d+\)`,
    fail: (d, random) => {
      const key = random.int(1, 9999);
      return { name: 'ConflictError', message: `row (${key},1) of ${d.table} conflicts with row (${key},2)` };
    },
  },
];

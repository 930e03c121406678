// Databases, as a failing test sees them: PostgreSQL, Oracle, MySQL.

import { pattern } from '../author.mjs';
import { entities, parts, snake } from '../words.mjs';
import { drawHabit } from './template.mjs';

const drawTable = (random) => ({
  ...drawHabit(random),
  table: `${snake(random.pick(entities))}_${snake(random.pick(parts))}`,
  column: `${snake(random.pick(entities))}_${random.pick(['id', 'code', 'number', 'ref', 'key', 'uuid'])}`,
});

/** @type {import('./template.mjs').Template[]} */
export const database = [
  {
    name: 'database.uniqueViolation',
    weight: 6,
    draw: drawTable,
    pattern: (d) =>
      [
        pattern(d.habit)`duplicate key value violates unique constraint "${d.table}_${d.column}_key"`,
        pattern(
          d.habit,
        )`violates unique constraint "${d.table}_${d.column}_(?:key|idx|uq)"[\s\S]*?Key \(${d.column}\)=\(.+?\) already exists`,
        pattern(d.habit)`ERROR: duplicate key value .*${d.table}_${d.column}_key.*\n.*Detail: Key \(${d.column}\)=\(\d+\)`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'QueryFailedError',
      message: `ERROR: duplicate key value violates unique constraint "${d.table}_${d.column}_key"\n  Detail: Key (${d.column})=(${random.int(1, 900_000)}) already exists.`,
    }),
  },
  {
    name: 'database.deadlock',
    weight: 4,
    draw: drawTable,
    pattern: (d) =>
      [
        pattern(
          d.habit,
        )`deadlock detected[\s\S]*?Process \d+ waits for ShareLock on transaction \d+[\s\S]*?relation "${d.table}"`,
        pattern(d.habit)`ERROR: deadlock detected[\s\S]+in relation "${d.table}"`,
        pattern(d.habit)`while (?:updating|locking) tuple \(\d+,\d+\) in relation "${d.table}"`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'QueryFailedError',
      message: `ERROR: deadlock detected\n  Detail: Process ${random.int(100, 32_000)} waits for ShareLock on transaction ${random.int(100_000, 9_999_999)}; blocked by process ${random.int(100, 32_000)}.\n  Where: while updating tuple (${random.int(0, 900)},${random.int(1, 90)}) in relation "${d.table}"`,
    }),
  },
  {
    name: 'database.oracle',
    weight: 4,
    draw: (random) => ({
      ...drawTable(random),
      code: `ORA-${random.pick(['00001', '00054', '00942', '01400', '01403', '02291', '02292', '12899'])}`,
    }),
    pattern: (d) =>
      [
        pattern(d.habit)`${d.code}: .*SHOP\.(?:UK|FK|NN)_${d.table.toUpperCase()}\b`,
        pattern(d.habit)`${d.code}:[^\n]*\(SHOP\.[A-Z]{2}_${d.table.toUpperCase()}\) violated`,
        pattern(d.habit)`SQLState: \d+, ErrorCode: \d+[\s\S]*?${d.code}: [\s\S]*?${d.table.toUpperCase()}`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'DatabaseError',
      message: `SQLState: 23000, ErrorCode: ${random.int(1, 20_000)}\n  ${d.code}: constraint (SHOP.${random.pick(['UK', 'FK', 'NN'])}_${d.table.toUpperCase()}) violated`,
    }),
  },
  {
    name: 'database.unknownColumn',
    weight: 3,
    draw: drawTable,
    pattern: (d) =>
      [
        pattern(d.habit)`ER_BAD_FIELD_ERROR: Unknown column '${d.table}\.${d.column}' in '(?:field list|where clause)'`,
        pattern(d.habit)`Unknown column '(?:\w+\.)?${d.table}\.${d.column}'`,
        pattern(d.habit)`Unknown column .${d.table}\.${d.column}. in .*(?:list|clause)`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'Error',
      message: `ER_BAD_FIELD_ERROR: Unknown column '${d.table}.${d.column}' in '${random.pick(['field list', 'where clause'])}'`,
    }),
  },
];

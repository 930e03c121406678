// Assertions and plain JavaScript errors, as node:assert, Chai, Jest and V8 print them.

import { pattern } from '../author.mjs';
import { camel, entities, parts } from '../words.mjs';
import { drawElement, drawHabit } from './template.mjs';

const states = ['PENDING', 'PAID', 'SHIPPED', 'CANCELLED', 'REFUNDED', 'OPEN', 'LOCKED', 'ARCHIVED', 'DRAFT', 'APPROVED'];

const drawStates = (random) => {
  const [actual, expected] = random.shuffle([...states]);
  return { ...drawHabit(random), field: `${camel(random.pick(entities))}${random.pick(parts)}`, actual, expected };
};

const drawProperty = (random) => ({
  ...drawHabit(random),
  property: `${camel(random.pick(entities))}${random.pick(parts)}${random.pick(['', '', 'Id', 's', 'Map'])}`,
});

/** @type {import('./template.mjs').Template[]} */
export const assertion = [
  {
    name: 'assert.strictEqual',
    weight: 5,
    draw: drawStates,
    pattern: (d) =>
      [
        pattern(
          d.habit,
        )`Expected values to be strictly equal:[\s\S]*?'${d.field}: ${d.actual}'[\s\S]*?'${d.field}: ${d.expected}'`,
        pattern(d.habit)`AssertionError.*strictly equal:\n[\s\S]*${d.field}: ${d.actual}'\n-? ?.*${d.expected}`,
        pattern(d.habit)`^\+ '${d.field}: ${d.actual}'$[\s\S]*?^- '${d.field}: ${d.expected}'$`,
      ][d.variant],
    flags: 'm',
    fail: (d) => ({
      name: 'AssertionError [ERR_ASSERTION]',
      message: `Expected values to be strictly equal:\n+ actual - expected\n\n+ '${d.field}: ${d.actual}'\n- '${d.field}: ${d.expected}'`,
    }),
  },
  {
    name: 'assert.deepStrictEqual',
    weight: 6,
    draw: drawStates,
    pattern: (d) =>
      [
        pattern(d.habit)`^\+\s+${d.field}: '${d.actual}',?$[\s\S]*?^-\s+${d.field}: '${d.expected}',?$`,
        pattern(d.habit)`strictly deep-equal:[\s\S]*?\+ +${d.field}: '${d.actual}'`,
        pattern(d.habit)`\+ +${d.field}: '${d.actual}',?\n- +${d.field}: '${d.expected}'`,
      ][d.variant],
    flags: 'm',
    fail: (d, random) => ({
      name: 'AssertionError [ERR_ASSERTION]',
      message: `Expected values to be strictly deep-equal:\n+ actual - expected ... Lines skipped\n\n  {\n    id: ${random.int(1, 99_999)},\n...\n+   ${d.field}: '${d.actual}'\n-   ${d.field}: '${d.expected}'\n  }`,
    }),
  },
  {
    name: 'chai.toEqual',
    weight: 6,
    draw: (random) => ({ ...drawElement(random), text: `${random.pick(entities)} ${random.pick(parts)}` }),
    pattern: (d) =>
      [
        pattern(d.habit)`AssertionError: #${d.id}: expected '${d.text}( \(\d+\))?' to equal '.*'`,
        pattern(d.habit)`#${d.id}: expected '${d.text}[^']*' to (?:deep )?equal`,
        pattern(d.habit)`${d.id}: expected '${d.text} \(\d+\)' to equal '${d.text} \(\d+\)'`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'AssertionError',
      message: `#${d.id}: expected '${d.text} (${random.int(0, 9)})' to equal '${d.text} (${random.int(10, 99)})'`,
    }),
  },
  {
    name: 'jest.received',
    weight: 6,
    draw: (random) => ({ ...drawElement(random), label: `${random.pick(entities)} ${random.pick(parts).toLowerCase()}` }),
    pattern: (d) =>
      [
        pattern(d.habit)`expect\(locator\)\.toHaveText\(expected\)[\s\S]*?Locator: getByTestId\('${d.id}'\)`,
        pattern(d.habit)`Expected(?: string)?: "${d.label}"\n\s*Received(?: string)?: ".*"`,
        pattern(d.habit)`^\s*Expected: "${d.label}"$[\s\S]*?${d.id}`,
      ][d.variant],
    flags: 'm',
    fail: (d, random) => ({
      name: 'Error',
      message: `expect(locator).toHaveText(expected)\n\n    Expected: "${d.label}"\n    Received: "${random.pick(entities)} ${random.int(1, 900)}"\n    Call log:\n      - Locator: getByTestId('${d.id}')`,
    }),
  },
  {
    name: 'js.undefinedProperty',
    weight: 6,
    draw: drawProperty,
    pattern: (d) =>
      [
        pattern(d.habit)`TypeError: Cannot read propert(?:y|ies) of undefined \(reading '${d.property}'\)`,
        pattern(d.habit)`^TypeError: Cannot read properties of (?:undefined|null) \(reading '${d.property}'\)`,
        pattern(d.habit)`^(?:Uncaught )?TypeError: Cannot read .* of undefined \(reading '${d.property}(?:Ref)?'\)`,
      ][d.variant],
    fail: (d) => ({ name: 'TypeError', message: `Cannot read properties of undefined (reading '${d.property}')` }),
  },
  {
    name: 'js.notAFunction',
    weight: 3,
    draw: (random) => ({
      ...drawProperty(random),
      receiver: camel(random.pick(entities)) + random.pick(['Page', 'Api', 'Store', 'Helper']),
    }),
    pattern: (d) =>
      [
        pattern(d.habit)`TypeError: (?:this\.)?${d.receiver}\.${d.property} is not a function`,
        pattern(d.habit)`${d.receiver}\.${d.property} is not a (?:function|constructor)`,
        pattern(d.habit)`TypeError: (?:\(intermediate value\)|${d.receiver})\.${d.property}\b.* is not`,
      ][d.variant],
    fail: (d) => ({ name: 'TypeError', message: `${d.receiver}.${d.property} is not a function` }),
  },
];

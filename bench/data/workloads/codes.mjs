// Error codes of databases, compilers, devices and trackers: `\bE0308\b`, `ORA-0*1555`, `0x[0-9a-f]{8}: out of memory`. Texts are full of codes of the
// same kinds, so it is their last digits, or a word beside them, that tell.

import { pattern } from '../author.mjs';
import { amongLines, vocabularyWorkload } from './list.mjs';

const families = [
  { prefix: 'ORA-', most: 32_800, digits: 5 },
  { prefix: 'SQL', most: 30_082, digits: 5 },
  { prefix: 'PLS-', most: 19_180, digits: 5 },
  { prefix: 'TS', most: 8999, digits: 4 },
  { prefix: 'CS', most: 9300, digits: 4 },
  { prefix: 'LNK', most: 9999, digits: 4 },
  { prefix: 'E', most: 9999, digits: 4 },
];
const reasons = [
  'out of memory',
  'timed out',
  'access denied',
  'not responding',
  'checksum mismatch',
  'cannot be opened',
  'no such device',
  'already in use',
  'link is down',
  'buffer overrun',
  'unexpected end of input',
  'unresolved external symbol',
];
const parts = 'disk fan port link bus sensor valve pump drive slot rack node core lane'.split(' ');
const p = pattern('plain');

const draw = (random) => {
  const family = random.pick(families);
  const number = random.int(1, family.most);
  return {
    number,
    family,
    code: `${family.prefix}${String(number).padStart(family.digits, '0')}`,
    reason: random.pick(reasons),
    other: random.pick(reasons),
    part: random.pick(parts),
    unit: random.int(0, 99),
  };
};
const address = (random) => `0x${random.hex(random.pick([8, 12, 16]))}`;
const ticket = (random) => `${random.upper(random.int(2, 5))}-${random.int(100, 999_999)}`;

/** @type {import('./list.mjs').Shapes} */
const ordinary = [
  [
    3,
    (random) => {
      const { code } = draw(random);
      return { pattern: p`\b${code}\b`, text: () => `${code} again` };
    },
  ],
  [
    1,
    (random) => {
      const { family, number, code } = draw(random);
      return { pattern: p`${family.prefix}0*${number}\b`, text: () => `failed with ${code}.` };
    },
  ],
  [
    4,
    (random) => {
      const { code, reason } = draw(random);
      return {
        pattern: p`(?:error|fatal) ${code}: .*${reason}`,
        text: () => `error ${code}: the ${random.pick(parts)} is ${reason}`,
      };
    },
  ],
  [
    2,
    (random) => {
      const { reason, part, unit } = draw(random);
      return {
        pattern: p`(?:0x[0-9a-f]{8,16}|[A-Z]{2,5}-\d{3,6}):? ${part}${unit} ${reason}`,
        text: (random) => `${random.pick([address, ticket])(random)} ${part}${unit} ${reason}`,
      };
    },
  ],
  [
    1,
    (random) => {
      const { reason, other, part, unit } = draw(random);
      return {
        pattern: p`0x[0-9a-f]{8,16}: ${part}${unit} ${reason}|[A-Z]{2,5}-\d{3,6} ${other} on ${part}${unit}`,
        text: (random) =>
          random.pick([`${address(random)}: ${part}${unit} ${reason}`, `${ticket(random)} ${other} on ${part}${unit}`]),
      };
    },
  ],
];

/** @type {import('./list.mjs').Shape[]} */
const withoutLiteral = [
  (random) => ({
    pattern: `\\b[A-Z]{${random.int(6, 8)}}\\d{${random.int(5, 7)}}\\b`,
    text: (random) => `${random.upper(7)}${random.digits(6)}`,
  }),
  (random) => ({
    pattern: `^\\s*(?:E|W|F)\\d{4}\\s+\\d+:\\d+\\s+\\[\\d{${random.int(1, 4)}}\\]`,
    flags: 'm',
    text: (random) => `E${random.digits(4)} 12:${random.int(10, 59)} [${random.digits(2)}]`,
  }),
  (random) => ({
    pattern: `\\b(?:[0-9A-F]{2}[:-]){5}[0-9A-F]{2}\\b.*\\b\\d{${random.int(2, 5)}} (?:dBm|ms)\\b`,
    text: (random) => `${Array.from({ length: 6 }, () => random.hex(2).toUpperCase()).join(':')} seen, ${random.digits(3)} ms`,
  }),
];

function line(random) {
  const { code, reason, part, unit } = draw(random);
  return random.pick([
    () => `${code}: ${reason}`,
    () => `error ${code}: ${part}${unit} is ${reason}`,
    () => `${address(random)}: ${part}${unit} ok, ${ticket(random)}`,
    () => `${ticket(random)} ${reason}`,
    () => `${part}${unit} ${address(random)} ${address(random)} ${random.int(1, 9999)}`,
  ])();
}

export const codes = vocabularyWorkload({
  name: 'codes',
  about: 'error codes and identifiers, 2 KB full of others; many literals of four to eight bytes',
  rules: 2000,
  ordinary,
  withoutLiteral,
  shares: { withoutLiteral: 0.01, lookaround: 0.02, backReference: 0.001, ignoringCase: 0.2, scoped: 0.05 },
  other: line,
  wrap: amongLines(line, 2000),
});

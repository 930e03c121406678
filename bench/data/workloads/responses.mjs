// Bodies of HTTP responses, as API tests quote them: JSON on few lines, all of whose keys and values are of one small vocabulary. Rules name two or
// three of those words, and it is a number or a pair of words that tells.

import { pattern } from '../author.mjs';
import { amongLines, vocabularyWorkload } from './list.mjs';

const words =
  'account agent alert balance batch branch cart channel client coupon credit customer device document driver event folder gateway group index invoice item job label ledger license member message method module network notice offer order owner package parcel partner payment permission phone plan policy price profile promotion quota record refund region report review role route schedule section session shipment shop source status stock store survey tenant ticket token transfer user vendor voucher wallet webhook zone'.split(
    ' ',
  );
const p = pattern('plain');
const capital = (word) => word[0].toUpperCase() + word.slice(1);

const draw = (random) => ({
  one: random.pick(words),
  other: random.pick(words),
  third: random.pick(words),
  errno: random.int(10_000, 19_999),
  code: `${random.pick(words)}_${random.pick(words)}_${random.pick(words)}`.toUpperCase(),
});

/** @type {import('./list.mjs').Shapes} */
const ordinary = [
  [
    3,
    (random) => {
      const { one, errno } = draw(random);
      return { pattern: p`"errno":\s*${errno}.*"${one}"`, text: () => `{"errno": ${errno}, "of": "${one}"}` };
    },
  ],
  [
    3,
    (random) => {
      const { one, other, third } = draw(random);
      const key = one + capital(other);
      return { pattern: p`"${key}":\s*"${third}`, text: (random) => `{"${key}": "${third} ${random.int(1, 99)}"}` };
    },
  ],
  [
    2,
    (random) => {
      const { code } = draw(random);
      return { pattern: p`"code":\s*"${code}"`, text: () => `{"code":"${code}"}` };
    },
  ],
  [
    2,
    (random) => {
      const { one, other } = draw(random);
      return { pattern: p`\{"${one}":\{"${other}":(?:null|true)`, text: () => `{"${one}":{"${other}":null}}` };
    },
  ],
  [
    2,
    (random) => {
      const { one, other, third } = draw(random);
      return {
        pattern: p`"(?:error|message)":\s*"[^"]*${one}[^"]*${other}.*"${third}"`,
        text: () => `{"message":"no ${one} for this ${other}","in":"${third}"}`,
      };
    },
  ],
];

/** @type {import('./list.mjs').Shape[]} */
const withoutLiteral = [
  (random) => ({
    pattern: `"\\w+":\\s*"[A-Z]{${random.int(3, 5)}}\\d{${random.int(7, 9)}}[A-Z]"`,
    text: (random) => `{"iban":"${random.upper(4)}${random.digits(8)}${random.upper(1)}"}`,
  }),
  (random) => ({
    pattern: `[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}".*[a-f0-9]{${random.int(30, 40)}}`,
    text: (random) =>
      `{"id":"${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}","sum":"${random.hex(40)}"}`,
  }),
];

const line = (random) => {
  const { one, other, third, errno, code } = draw(random);
  return JSON.stringify({
    errno,
    [one]: { [other]: random.int(1, 99) },
    [third + capital(one)]: `${random.pick(words)} ${random.pick(words)}`,
    code,
    items: Array.from({ length: random.below(4) }, () => ({ [random.pick(words)]: random.hex(6) })),
  });
};

export const responses = vocabularyWorkload({
  name: 'responses',
  about: 'JSON bodies of HTTP responses, 2.5 KB, long lines; all rules and texts share some eighty words',
  rules: 2200,
  ordinary,
  withoutLiteral,
  shares: { withoutLiteral: 0.005, lookaround: 0.02, backReference: 0.002, ignoringCase: 0.2, scoped: 0.05 },
  other: line,
  wrap: amongLines(line, 2400),
});

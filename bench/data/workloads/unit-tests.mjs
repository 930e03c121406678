// Failures of unit and integration tests of a bank, in Python, Go and C#: one author for all rules, long prefixes that many of them share, no
// flag but `i`, and stacks of 2.2 KB.

import { pattern } from '../author.mjs';
import { vocabularyWorkload } from './list.mjs';

const domains =
  'ledger settlement clearing custody collateral margin treasury lending mortgage cards acquiring fraud kyc aml onboarding pricing hedging reporting reconciliation netting sepa swift fx rates equities funds'.split(
    ' ',
  );
const things =
  'position trade leg cashflow coupon schedule statement mandate limit exposure balance posting journal booking quote curve holiday fixing counterparty account instrument batch voucher nostro vostro tariff'.split(
    ' ',
  );
const acts =
  'load book reverse net settle price revalue accrue allocate confirm match cancel amend expire roll release freeze export import audit'.split(
    ' ',
  );
const states =
  'pending rejected frozen stale duplicate unbalanced overdrawn expired unmatched locked missing inconsistent truncated unauthorised'.split(
    ' ',
  );
const kinds = 'Validation Timeout Conflict Integrity Permission NotFound Decimal Overflow Protocol Version State Schema'.split(
  ' ',
);

const upperFirst = (word) => word[0].toUpperCase() + word.slice(1);
const camel = (...words) => words.map(upperFirst).join('');
const draw = (random) => ({
  domain: random.pick(domains),
  thing: random.pick(things),
  other: random.pick(things),
  act: random.pick(acts),
  state: random.pick(states),
  kind: random.pick(kinds),
  code: random.int(1000, 9999),
});
const p = pattern('plain');
const number = (random) => random.int(1, 99_999);

/** @type {import('./list.mjs').Shapes} */
const ordinary = [
  [
    5,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`acmebank\.core\.${d.domain}\.exceptions\.${camel(d.thing, d.kind)}Error: ${d.other} \d+ is ${d.state}`,
        text: (random) =>
          `acmebank.core.${d.domain}.exceptions.${camel(d.thing, d.kind)}Error: ${d.other} ${number(random)} is ${d.state}`,
      };
    },
  ],
  [
    4,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`assert ${d.act}_${d.thing}\(.*\)\.${d.other}_total == Decimal\('-?\d+\.\d+'\)`,
        text: (random) =>
          `assert ${d.act}_${d.thing}(session, ${number(random)}).${d.other}_total == Decimal('${number(random)}.${random.digits(2)}')`,
      };
    },
  ],
  [
    3,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`tests/${d.domain}/test_${d.act}_${d.thing}.py:\d+: ${d.kind}Error`,
        text: (random) => `tests/${d.domain}/test_${d.act}_${d.thing}.py:${random.int(10, 900)}: ${d.kind}Error`,
      };
    },
  ],
  [
    3,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`panic: ${d.domain}: cannot ${d.act} ${d.thing} [0-9a-f-]{36}: ${d.state}`,
        text: (random) => `panic: ${d.domain}: cannot ${d.act} ${d.thing} ${random.uuid()}: ${d.state}`,
      };
    },
  ],
  [
    3,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`--- FAIL: Test${camel(d.act, d.thing)}/${d.state}_${d.other}(?:#\d+)? \(\d+\.\d\ds\)`,
        text: (random) =>
          `--- FAIL: Test${camel(d.act, d.thing)}/${d.state}_${d.other} (${random.int(0, 30)}.${random.digits(2)}s)`,
      };
    },
  ],
  [
    3,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`Acme\.Bank\.${upperFirst(d.domain)}.${camel(d.thing, d.kind)}Exception\s*:\s*BANK-${d.code}`,
        text: () => `Acme.Bank.${upperFirst(d.domain)}.${camel(d.thing, d.kind)}Exception : BANK-${d.code} in ${d.other}`,
      };
    },
  ],
  [
    3,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`the ${d.state} ${d.thing} (?:was|were) (?:never|not) ${d.act}(?:ed|d)? (?:by|before) the ${d.domain} (?:job|run)`,
        flags: random.chance(0.3) ? 'i' : '',
        text: (random) => `the ${d.state} ${d.thing} was not ${d.act}ed before the ${d.domain} ${random.pick(['job', 'run'])}`,
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`Expected: ${d.state} ${d.thing} of ${d.domain}\s+Actual: +${d.other}`,
        text: () => `Expected: ${d.state} ${d.thing} of ${d.domain}\n  Actual:   ${d.other}`,
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`psycopg2.errors.(?:UniqueViolation|ForeignKeyViolation): .*"${d.domain}_${d.thing}_${d.other}_(?:key|fkey)"`,
        text: (random) =>
          `psycopg2.errors.UniqueViolation: duplicate key value violates unique constraint "${d.domain}_${d.thing}_${d.other}_${random.pick(['key', 'fkey'])}"`,
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`rpc error: code = (?:Unavailable|DeadlineExceeded) desc = ${d.domain}-${d.act}er: ${d.thing} .{1,40} ${d.state}`,
        text: (random) =>
          `rpc error: code = Unavailable desc = ${d.domain}-${d.act}er: ${d.thing} ${random.hex(12)} is ${d.state}`,
      };
    },
  ],
];

/** @type {import('./list.mjs').Shape[]} Some never match. */
export const withoutLiteral = [
  (random) => {
    const [low, high, hex] = [random.int(4, 5), random.int(7, 8), random.int(22, 26)];
    return {
      pattern: `[A-Z]{3,}-\\d{${low},${high}}:\\s*[a-f0-9]{${hex}}`,
      text: (random) => `${random.upper(random.int(3, 6))}-${random.digits(low + 1)}: ${random.hex(hex)}`,
    };
  },
  (random) => {
    const last = random.int(10, 99);
    return {
      pattern: `^\\s*[A-Z][a-z]+Error:\\s+\\w+\\s+\\d{6,}\\s+${last}$`,
      text: (random) => `ValueError: ${random.lower(8)} ${random.digits(8)} ${last}`,
    };
  },
  () => ({
    pattern: '(\\d+)ms.*(\\d+)ms.*(\\d+)ms',
    text: (random) => `p50 ${number(random)}ms p90 ${number(random)}ms p99 ${number(random)}ms`,
  }),
  (random) => {
    const [a, b] = [random.int(5, 7), random.int(2, 4)];
    return {
      pattern: `\\b[A-Z]{2}\\d{2} ?\\d{4}(?: ?\\d{4}){${b}} ?\\d{${a - 4},${a}}\\b`,
      text: (random) => `${random.upper(2)}${random.digits(2)}${` ${random.digits(4)}`.repeat(b + 1)} ${random.digits(a - 4)}.`,
    };
  },
  (random) => {
    const cents = random.int(2, 4);
    return {
      pattern: `\\(\\s*-?\\d{1,3}(?:,\\d{3})+\\.\\d{${cents}}\\s+[A-Z]{3}\\s*\\)`,
      text: (random) => `(-${random.int(1, 999)},${random.digits(3)}.${random.digits(cents)} ${random.upper(3)})`,
    };
  },
  (random) => ({
    pattern: `\\b0x[0-9A-F]{8}\\b\\s+\\b0x[0-9A-F]{${random.int(8, 16)}}\\b.*\\d+%`,
    text: () => '0x 0x',
  }),
  (random) => ({
    pattern: `(?:[A-Z][a-z]+){3,}\\.[a-z]+\\[\\d{${random.int(3, 5)}}\\]`,
    text: (random) => `LedgerPostingBatch.rows[${random.digits(3)}]`,
  }),
  (random) => ({
    pattern: `^\\d{4}-\\d\\d-\\d\\d\\s+[A-Z]+\\s+\\d{${random.int(3, 9)}}\\s+\\S+\\s+\\d+$`,
    text: () => 'a table of another kind',
  }),
  (random) => ({
    pattern: `\\d{1,3}(?:\\.\\d{1,3}){3}:\\d{${random.int(4, 5)}}\\s*[-=]>\\s*\\d{1,3}(?:\\.\\d{1,3}){3}`,
    text: (random) => `10.${random.int(0, 99)}.0.7:${random.digits(5)} -> 10.0.${random.int(0, 99)}.9`,
  }),
];

const path = (random) => `${random.pick(domains)}/${random.pick(acts)}_${random.pick(things)}`;

/** Frames of one language for one text. */
const stacks = [
  (random) =>
    `  File "/srv/ci/acmebank/core/${path(random)}.py", line ${random.int(10, 1900)}, in ${random.pick(acts)}_${random.pick(things)}\n    ${random.pick(things)} = self.${random.pick(acts)}(${random.pick(things)}, ${random.pick(things)}_id=${random.int(1, 9999)})`,
  (random) =>
    `github.com/acmebank/core/${random.pick(domains)}.(*${upperFirst(random.pick(things))}Store).${upperFirst(random.pick(acts))}(0xc000${random.hex(6)}, {0x${random.hex(6)}, 0x${random.hex(2)}})\n\t/go/src/core/${path(random)}.go:${random.int(10, 900)} +0x${random.hex(3)}`,
  (random) =>
    `   at Acme.Bank.${upperFirst(random.pick(domains))}.${camel(random.pick(things), random.pick(acts))}Handler.<${upperFirst(random.pick(acts))}Async>d__${random.int(1, 40)}.MoveNext() in D:\\a\\1\\s\\${camel(random.pick(things))}.cs:line ${random.int(10, 900)}`,
];

function wrap(piece, random) {
  const frame = random.pick(stacks);
  const length = 2200 * (0.7 + 0.6 * random.next());
  const before = random.chance(0.5) ? `Traceback (most recent call last):\n${frame(random)}\n${frame(random)}\n` : '';
  let text = before + piece;
  while (text.length < length) text += `\n${frame(random)}`;
  return text;
}

export const unitTests = vocabularyWorkload({
  name: 'unit-tests',
  about: 'failures of unit tests in Python, Go and C#, 2.2 KB; rules share long prefixes',
  rules: 3580,
  ordinary,
  withoutLiteral,
  shares: { withoutLiteral: 9 / 3580, lookaround: 0.015, backReference: 0.002, ignoringCase: 0.25, scoped: 0 },
  wrap,
});

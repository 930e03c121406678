// One suite of API tests with generated cases: a few dozen messages, each in a hundred rules that differ in an id. Every text has such messages,
// most with an id that no rule has, so every text has the literals of many rules but for their last characters.

import { pattern } from '../author.mjs';
import { vocabularyWorkload } from './list.mjs';

const resources = 'orders invoices shipments customers vouchers returns products stocks'.split(' ');
const p = pattern('plain');
const draw = (random) => ({
  resource: random.pick(resources),
  number: random.int(100_000, 999_999),
  code: `${random.upper(2)}${random.int(1000, 9999)}`,
  field: random.pick(['status', 'total', 'currency', 'items.length', 'links.self', 'createdBy']),
});

/** The messages: a rule and its text differ in what a run leaves open. @type {((d: ReturnType<typeof draw>) => Omit<import('./list.mjs').Drawn, 'flags'>)[]} */
const messages = [
  (d) => ({
    pattern: p`GET /api/v2/${d.resource}/${d.number} expected status 200 but was \d{3}`,
    text: (random) => `GET /api/v2/${d.resource}/${d.number} expected status 200 but was ${random.pick([404, 409, 500, 503])}`,
  }),
  (d) => ({
    pattern: p`TC-${d.number}: response body differs at \$\.data\.${d.field.replace('.', '\\.')}`,
    text: () => `TC-${d.number}: response body differs at $.data.${d.field}`,
  }),
  (d) => ({
    pattern: p`error code API-${d.code} while creating ${d.resource}`,
    text: () => `error code API-${d.code} while creating ${d.resource}`,
  }),
  (d) => ({
    pattern: p`Timeout of \d+ms exceeded waiting for event ${d.resource}\.changed of #${d.number}`,
    text: (random) => `Timeout of ${random.int(1, 60)}000ms exceeded waiting for event ${d.resource}.changed of #${d.number}`,
  }),
  (d) => ({
    pattern: p`expected \[data-test="${d.resource}-row-${d.number}"\] to (?:be|have) `,
    text: (random) => `expected [data-test="${d.resource}-row-${d.number}"] to ${random.pick(['be visible', 'have text'])}`,
  }),
  (d) => ({
    pattern: p`${d.resource}\.${d.field.replace('.', '\\.')}: expected .* to equal .*${d.code}`,
    text: (random) => `${d.resource}.${d.field}: expected ${random.int(1, 9999)} to equal ${random.int(1, 9999)} ${d.code}`,
  }),
];

/** @type {import('./list.mjs').Shapes} */
const ordinary = messages.map((message) => [1, (random) => message(draw(random))]);
const message = (random) => random.pick(messages)(draw(random)).text(random);

/** @type {import('./list.mjs').Shape[]} */
const withoutLiteral = [
  (random) => ({
    pattern: `\\b[A-Z]{2}\\d{3}\\/[A-Z]{2}\\d{${random.int(4, 8)}}\\b`,
    text: (random) => `AB123/CD${random.digits(6)}`,
  }),
  (random) => ({ pattern: `"\\w+":\\s*-\\d{${random.int(2, 5)}},\\s*"\\w+":\\s*-\\d+`, text: () => '"a": -123, "b": -4' }),
  (random) => ({ pattern: `^\\S+ \\S+ \\d{3} \\d{${random.int(4, 6)}}ms$`, flags: 'm', text: () => 'GET /api 200 12345ms' }),
  () => ({
    pattern: '(\\d+) (?:of|/) (\\d+) .*\\d{2}:\\d{2}:\\d{2}$',
    text: (random) => `${random.int(1, 9)} of 12 at 10:00:00`,
  }),
];

export const apiTests = vocabularyWorkload({
  name: 'api-tests',
  about: 'generated cases: rules that differ in an id, 2.5 KB of messages that nearly match',
  rules: 3500,
  ordinary,
  withoutLiteral,
  shares: { withoutLiteral: 0.001, lookaround: 0.01, backReference: 0, ignoringCase: 0.05, scoped: 0.2 },
  wrap(piece, random) {
    const lines = [piece];
    for (let length = piece.length; length < 2400; length += lines.at(-1).length) {
      lines.push(
        random.pick([
          `  ✗ ${message(random)}`,
          `    at Case.run (/srv/api-tests/dist/cases/${random.pick(resources)}.js:${random.int(10, 900)}:${random.int(3, 60)})`,
          `  > POST /api/v2/${random.pick(resources)} 201 ${random.int(3, 900)}ms {"id":${random.int(100_000, 999_999)},"code":"${random.upper(2)}${random.int(1000, 9999)}"}`,
        ]),
      );
    }
    return random.shuffle(lines).join('\n');
  },
});

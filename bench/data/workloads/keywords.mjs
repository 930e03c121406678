// Short generic words, mostly without regard to case: `/gateway .*timed? ?out/i`. Texts are chatty logs, in which most of these words are, though seldom
// together.

import { pattern } from '../author.mjs';
import { amongLines, vocabularyWorkload } from './list.mjs';

const things =
  'gateway payment session token cache queue worker disk memory socket proxy login upload download search index cluster node replica backup printer mailbox calendar profile avatar invoice coupon basket checkout address phone browser driver element frame window dialog modal banner cookie header footer sidebar menu button field form table chart report export import job task cron hook plugin theme font image video audio stream camera sensor device account role group policy quota limit license contract tenant region zone shard'.split(
    ' ',
  );
const troubles = [
  ['timed out', 'time(?:d)? ?out'],
  ['failed', 'fail(?:ed|ure)'],
  ['refused', 'refused'],
  ['not found', 'not[ -]found'],
  ['denied', 'denied'],
  ['reset', 'reset'],
  ['expired', 'expired?'],
  ['missing', 'missing'],
  ['stale', 'stale'],
  ['locked', '(?:dead)?lock(?:ed)?'],
  ['invalid', 'in-?valid'],
  ['exceeded', 'exceed(?:s|ed)'],
  ['unreachable', 'unreach\\w*'],
  ['aborted', 'abort(?:ed)?'],
];
const p = pattern('plain');
const draw = (random) => {
  const [words, trouble] = random.pick(troubles);
  return { thing: random.pick(things), other: random.pick(things), words, trouble, code: random.int(100, 599) };
};
const flags = (random) => (random.chance(0.8) ? 'i' : '');
const spelt = (random, word) => random.pick([word, word, word[0].toUpperCase() + word.slice(1), word.toUpperCase()]);

/** @type {import('./list.mjs').Shapes} */
const ordinary = [
  [
    4,
    (random) => {
      const d = draw(random);
      return {
        pattern: `${d.thing} ${d.other} .*${d.trouble}`,
        flags: flags(random),
        text: () => `the ${d.thing} ${d.other} has ${d.words}`,
      };
    },
  ],
  [
    3,
    (random) => {
      const d = draw(random);
      return {
        pattern: `\\b${d.trouble}\\b:? .{0,20}\\b${d.thing}-${d.code}`,
        flags: flags(random),
        text: () => `${d.words}: ${d.thing}-${d.code}`,
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`(?:error|err|e)[ :=]+${d.code}\b.*${d.thing}`,
        flags: flags(random),
        text: () => `error: ${d.code} (${d.thing})`,
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      return {
        pattern: `\\b${d.thing}s?\\b[^\\n]{0,40}\\b${d.other}s?\\b[^\\n]{0,40}\\b${d.trouble}`,
        flags: flags(random),
        text: () => `${d.thing} and ${d.other} ${d.words}`,
      };
    },
  ],
  [
    1,
    (random) => {
      const d = draw(random);
      return { pattern: `${d.thing}_${d.other}`, flags: flags(random), text: () => `key ${d.thing}_${d.other}` };
    },
  ],
];

/** @type {import('./list.mjs').Shape[]} */
const withoutLiteral = [
  (random) => ({
    pattern: `\\b(?:e|w|f)\\d{${random.int(4, 6)}}\\b`,
    flags: 'i',
    text: (random) => `E${random.digits(5)}`,
  }),
  (random) => ({ pattern: `\\b\\d{${random.int(5, 7)}} ?ms\\b`, text: (random) => `after ${random.digits(6)} ms` }),
  (random) => ({
    pattern: `^\\S+ (?:up|down) \\d{${random.int(3, 5)}}$`,
    flags: 'im',
    text: (random) => `eth0 DOWN ${random.digits(4)}`,
  }),
];

function chatter(random) {
  const d = draw(random);
  return random.pick([
    () => `INFO  ${spelt(random, d.thing)} ready in ${random.int(1, 900)} ms`,
    () => `DEBUG ${d.thing} ${random.int(1, 900)} -> ${spelt(random, d.other)}: ok`,
    () => `WARN  retry ${random.int(1, 5)} of ${d.thing} (${d.words})`,
    () => `${spelt(random, d.thing)} of ${d.other} loaded, ${random.int(1, 90)} items, none ${d.words}`,
    () => `GET /${d.thing}/${random.int(1, 9999)}?${d.other}=${random.hex(4)} ${random.pick(['200', '204', '304'])}`,
  ])();
}

export const keywords = vocabularyWorkload({
  name: 'keywords',
  about: 'chatty logs, 2 KB; short generic words that ignore case',
  rules: 1000,
  ordinary,
  withoutLiteral,
  shares: { withoutLiteral: 0.006, lookaround: 0.02, backReference: 0.001, ignoringCase: 0.8, scoped: 0.05 },
  other: chatter,
  wrap: amongLines(chatter, 2000),
});

// Rules about numbers and ids: exit codes, durations, addresses, versions. Their words are few and in most texts; what tells rules apart are digits.

import { pattern } from '../author.mjs';
import { amongLines, vocabularyWorkload } from './list.mjs';

const units = 'ms s MB KB bytes px rows pods retries %'.split(' ');
const measures = 'duration latency heap rss cpu load size offset delta width count depth'.split(' ');
const tools = 'gcc ld cmake bazel gradle terraform ansible helm kubectl docker ffmpeg psql'.split(' ');
const p = pattern('plain');

const version = (random) => `${random.int(0, 20)}.${random.int(0, 40)}.${random.int(0, 20)}`;
const address = (random) => `10.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}`;
const draw = (random) => ({
  unit: random.pick(units),
  measure: random.pick(measures),
  tool: random.pick(tools),
  number: random.int(1000, 99_999),
  small: random.int(1, 255),
  version: version(random),
  address: address(random),
  hex: random.hex(6),
  project: random.upper(3),
});

/** @type {import('./list.mjs').Shapes} */
const ordinary = [
  [
    3,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`\b${d.measure}[=: ]+\d+${d.unit} \(limit ${d.number}${d.unit}\)`,
        text: (random) => `${d.measure}=${random.int(1, 99_999)}${d.unit} (limit ${d.number}${d.unit})`,
      };
    },
  ],
  [
    3,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`${d.tool}(?:\[\d+\])?: exit(?:ed)? (?:code|status)[ :]${d.small}\b`,
        text: (random) => `${d.tool}[${random.int(100, 99_999)}]: exited status ${d.small}`,
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`\b${d.project}-${d.number}\b`,
        text: () => `see ${d.project}-${d.number} for more`,
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`${d.address}:\d{2,5} .*0x${d.hex}[0-9a-f]{2}`,
        text: (random) => `${d.address}:${random.int(80, 9999)} sent 0x${d.hex}${random.hex(2)}`,
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`^\[?\d{2}:\d{2}:\d{2}\]? .*${d.tool} v?${d.version}\b.*\d+ errors?`,
        flags: 'm',
        text: (random) => `[12:00:${random.int(10, 59)}] ${d.tool} v${d.version}: ${random.int(1, 90)} errors`,
      };
    },
  ],
];

/** @type {import('./list.mjs').Shape[]} */
const withoutLiteral = [
  (random) => ({
    pattern: `\\b\\d{${random.int(6, 8)}}(?:\\.\\d+)? ?(?:ms|s|us)\\b`,
    text: (random) => `took ${random.digits(7)}ms`,
  }),
  (random) => ({
    pattern: `\\b0x[0-9a-f]{${random.int(14, 16)}}\\b.*\\b0x[0-9a-f]{${random.int(14, 16)}}\\b`,
    text: (random) => `copy 0x${random.hex(16)} 0x${random.hex(15)}`,
  }),
  (random) => ({
    pattern: `\\b[A-Z]{${random.int(4, 6)}}-\\d{5,}\\b`,
    text: (random) => `${random.upper(5)}-${random.digits(6)}`,
  }),
  (random) => ({
    pattern: `^\\d+:\\d+(?::\\d+)? +(?:error|warning) +\\S+-\\d{${random.int(2, 4)}}$`,
    flags: 'm',
    text: (random) => `12:7 error rule-${random.digits(3)}`,
  }),
  (random) => ({
    pattern: `(\\d{1,3}\\.){3}\\d{1,3}:(\\d+) -> (\\d{1,3}\\.){3}\\d{1,3}:\\2\\d{${random.int(1, 2)}}$`,
    flags: 'm',
    text: (random) => `${address(random)}:80 -> ${address(random)}:8080`,
  }),
  // one character many times: overwritten memory, a stuck key
  (random) => ({
    pattern: `([0-9a-f])\\1{${random.int(9, 11)}}`,
    text: (random) => `at 0x${random.pick(['0', 'c', 'f']).repeat(12)}`,
  }),
  (random) => ({
    pattern: `([a-z])\\1{${random.int(7, 9)}}`,
    text: (random) => `typed ${random.pick(['e', 'x', 'q']).repeat(10)}`,
  }),
];

function line(random) {
  const d = draw(random);
  return random.pick([
    () => `[${random.int(10, 23)}:${random.int(10, 59)}:${random.int(10, 59)}] ${d.tool} v${d.version}: 0 errors`,
    () => `${d.measure}=${random.int(1, 9999)}${d.unit} (limit ${random.int(100, 999)}${d.unit})`,
    () => `${d.address}:${random.int(80, 9999)} sent 0x${random.hex(8)}, ${random.int(1, 900)} bytes in ${random.int(1, 90)}ms`,
    () => `${d.tool}[${random.int(100, 99_999)}]: exited status 0`,
    () =>
      `${random.pick(measures)} ${random.int(1, 99)}.${random.digits(2)} ${d.unit}, ${random.pick(measures)} ${random.int(1, 99)}`,
  ])();
}

export const numbers = vocabularyWorkload({
  name: 'numbers',
  about: 'measures, addresses and ids, 2 KB; what tells rules apart are digits',
  rules: 2000,
  ordinary,
  withoutLiteral,
  shares: { withoutLiteral: 0.02, lookaround: 0.02, backReference: 0.001, ignoringCase: 0.1, scoped: 0.05 },
  other: line,
  wrap: amongLines(line, 2000),
});

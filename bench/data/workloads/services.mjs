// Failures of tests of services: short messages with an id that only one rule has, in a stack whose words no rule knows. Most bytes of a text have
// nothing to do with the list, which is where multi-pattern matchers are fastest.

import { pattern } from '../author.mjs';
import { vocabularyWorkload } from './list.mjs';
import { withoutLiteral } from './unit-tests.mjs';

const areas =
  'Tenant Billing Mandate Consent Roaming Voicemail Porting Numbering Tariff Usage Rating Dunning Provisioning Activation Inventory Fraud Loyalty Coverage Handset Repair'.split(
    ' ',
  );
const verbs =
  'activate suspend migrate provision terminate reconcile throttle synchronise escalate deregister recharge swap'.split(' ');
const reasons = [
  'upstream refused',
  'quota exhausted',
  'stale revision',
  'lock not granted',
  'schema mismatch',
  'empty reply',
  'clock skew',
];
const p = pattern('plain');
const draw = (random) => ({
  service: random.pick(areas),
  verb: random.pick(verbs),
  reason: random.pick(reasons),
  id: random.int(100_000, 999_999),
  hex: random.hex(8),
});

/** @type {import('./list.mjs').Shapes} */
const ordinary = [
  [
    4,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`${d.service}Error: cannot ${d.verb} subscriber ${d.id}`,
        text: () => `${d.service}Error: cannot ${d.verb} subscriber ${d.id}`,
      };
    },
  ],
  [
    3,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`\[${d.service.toLowerCase()}\] ${d.verb} ${d.hex}: (?:${d.reason}|timeout) after \d+ms`,
        text: (random) => `[${d.service.toLowerCase()}] ${d.verb} ${d.hex}: ${d.reason} after ${random.int(10, 9000)}ms`,
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`^${d.service}\w*: .*${d.reason}.*ticket ${d.id}`,
        text: () => `${d.service}Fault: ${d.reason} (see ticket ${d.id})`,
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      const wait = random.int(2, 90);
      return {
        pattern: p`${d.verb} of ${d.service} gave up: ${d.reason}, ${wait} of \d+ tries, node ${d.hex.slice(0, 4)}`,
        flags: random.chance(0.3) ? 'i' : '',
        text: (random) =>
          `${d.verb} of ${d.service} gave up: ${d.reason}, ${wait} of ${random.int(90, 99)} tries, node ${d.hex.slice(0, 4)}`,
      };
    },
  ],
];

const file = (random) =>
  random.pick([
    'node:internal/process/task_queues',
    'node:internal/streams/readable',
    '/app/node_modules/express/lib/router/layer.js',
    '/app/node_modules/express/lib/router/route.js',
    '/app/node_modules/kafkajs/src/consumer/runner.js',
    '/app/node_modules/pg-pool/index.js',
    '/app/node_modules/undici/lib/dispatcher/client.js',
    '/app/dist/http/middleware/auth.js',
    '/app/dist/jobs/queue.js',
  ]);
const method = (random) =>
  random.pick([
    'Layer.handle',
    'next',
    'Runner.processEachMessage',
    'async Pool.connect',
    'Object.onceWrapper',
    'new Promise',
    'Client._read',
    'authenticate',
  ]);

export const services = vocabularyWorkload({
  name: 'services',
  about: 'short messages with an id, in stacks of 2.2 KB that have no word of a rule',
  rules: 3580,
  ordinary,
  withoutLiteral,
  shares: { withoutLiteral: 9 / 3580, lookaround: 0.01, backReference: 0.002, ignoringCase: 0.2, scoped: 0 },
  wrap(piece, random) {
    const length = 2200 * (0.7 + 0.6 * random.next());
    let text = piece;
    while (text.length < length)
      text += `\n    at ${method(random)} (${file(random)}:${random.int(10, 900)}:${random.int(3, 60)})`;
    return text;
  },
});

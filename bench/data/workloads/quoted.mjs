// Messages that name things in quotes, tags and brackets: of validators, databases, SOAP services. What a rule names is somewhere within such signs, and
// the same words are in other messages, too.

import { pattern } from '../author.mjs';
import { amongLines, vocabularyWorkload } from './list.mjs';

const things =
  'airport basket beacon bridge camera canvas castle circle column copper corner cotton danger desert dinner driver easter editor engine estate fabric filter finger forest garden ginger harbor helmet hunter island jacket jungle kitten ladder lawyer legend locker magnet marble meadow mirror museum needle office orchid palace parcel pepper pillow pirate planet pocket powder prison rabbit record ribbon saddle salmon school shadow silver singer socket spider statue stream summit sunset tailor temple ticket tunnel turtle valley velvet violin walnut window winter wizard'.split(
    ' ',
  );
const actions =
  'accept append assign attach cancel charge commit create delete detach divide enable export import insert modify notify obtain remove rename repeat resize return revoke search select submit supply update verify'.split(
    ' ',
  );
const states = 'absent broken closed denied frozen hidden locked missing paused stale'.split(' ');
const p = pattern('plain');
const capital = (word) => word[0].toUpperCase() + word.slice(1);

const draw = (random) => ({
  thing: random.pick(things),
  other: random.pick(things),
  action: random.pick(actions),
  state: random.pick(states),
  filler: random.pick(['', `${random.pick(things)}.`, `${random.lower(3)} `, random.digits(2)]),
});

/** @type {import('./list.mjs').Shapes} */
const ordinary = [
  [
    3,
    (random) => {
      const { thing, action } = draw(random);
      const name = action + capital(thing);
      return { pattern: p`'[^']*${name}[^']*'`, text: (random) => `cannot call '${draw(random).filler}${name}()'` };
    },
  ],
  [
    2,
    (random) => {
      const { thing, other } = draw(random);
      return {
        pattern: p`'[^']*${thing}[^']*' (?:and|or) '[^']*${other}[^']*'`,
        text: (random) => `either '${draw(random).filler}${thing}' or 'my ${other}' must be set`,
      };
    },
  ],
  [
    2,
    (random) => {
      const { thing, state } = draw(random);
      return {
        pattern: p`"[^"]*${thing}" (?:is|was) ${state}`,
        text: (random) => `property "${draw(random).filler}${thing}" is ${state}`,
      };
    },
  ],
  [
    2,
    (random) => {
      const { thing, action } = draw(random);
      return {
        pattern: p`<faultcode>(?:soap|env|S):(?:Client|Server)</faultcode>\s*<faultstring>[^<]*${capital(action)}${capital(thing)}`,
        text: () =>
          `<Fault><faultcode>soap:Server</faultcode><faultstring>no ${capital(action)}${capital(thing)}</faultstring></Fault>`,
      };
    },
  ],
  [
    2,
    (random) => {
      const { thing, other, state } = draw(random);
      return {
        pattern: p`<${capital(thing)}(?: [^>]*)?>[^<]*${state} ${other}`,
        text: (random) => `<${capital(thing)} id="${random.int(1, 99)}">a ${state} ${other}</${capital(thing)}>`,
      };
    },
  ],
  [
    2,
    (random) => {
      const { thing, other, action } = draw(random);
      return {
        pattern: p`${action}\([^)]*${thing}[^)]*\): \[[^\]]*${other}`,
        text: (random) => `in ${action}(1, ${draw(random).filler}${thing}): [at 7, ${other}]`,
      };
    },
  ],
  [
    1,
    (random) => {
      const { thing, other } = draw(random);
      return {
        pattern: p`Table '[^']*\.${thing}_${other}(?:_v\d+)?' doesn't exist`,
        text: () => `Table 'main.${thing}_${other}_v2' doesn't exist`,
      };
    },
  ],
];

/** @type {import('./list.mjs').Shape[]} */
const withoutLiteral = [
  (random) => ({
    pattern: `"[A-Z]{${random.int(2, 4)}}-\\d{${random.int(6, 9)}}" \\(\\w+\\)`,
    text: (random) => `"${random.upper(4)}-${random.digits(9)}" (old)`,
  }),
  (random) => ({
    pattern: `\\[\\d{4}-\\d\\d-\\d\\d[^\\]]*\\] <[a-f0-9]{${random.int(20, 30)}}`,
    text: (random) => `[2026-01-${random.int(10, 28)} x] <${random.hex(32)}>`,
  }),
];

const line = (random) => {
  const { thing, other, action, state, filler } = draw(random);
  return random.pick([
    `property '${thing}' of "${other}" set to '${filler}${state}'`,
    `<tns:${capital(action)}Response><status>${state}</status><${capital(thing)}>${other}</${capital(thing)}></tns:${capital(action)}Response>`,
    `it isn't ${state}: "${thing} of ${other}" (${action})`,
    `${action}(${thing}): [${other}, ${random.int(1, 99)}]`,
    `INSERT INTO ${thing} (${other}, id) VALUES ('${filler}', ${random.int(1, 999)})`,
  ]);
};

export const quoted = vocabularyWorkload({
  name: 'quoted',
  about: "messages of 1.2 KB that name things within quotes, tags and brackets, as the rules do: `'[^']*name[^']*'`",
  rules: 1600,
  ordinary,
  withoutLiteral,
  shares: { withoutLiteral: 0.005, lookaround: 0.02, backReference: 0.002, ignoringCase: 0.2, scoped: 0.05 },
  other: line,
  wrap: amongLines(line, 1100),
});

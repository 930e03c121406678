// A template knows one kind of failure: how it reads, and how rule authors write a pattern for it. Both come from the same drawn details, so
// there is a text for every rule that the rule must match, or just misses.

/**
 * @typedef {Record<string, any>} Details strings and numbers only: what is drawn once per rule: names, codes, the author's habit
 *
 * @typedef {object} Frame a stack frame that the text needs
 * @property {string} type
 * @property {string} method
 *
 * @typedef {object} Failure
 * @property {string} name the error's name; the text begins `name: message`
 * @property {string} message
 * @property {Frame[]} [frames] the innermost frames of the stack
 * @property {'node' | 'java'} [stack] what the rest of the stack looks like, `node` by default
 *
 * @typedef {object} Template
 * @property {string} name `area.kind`
 * @property {number} weight how often it is drawn, against the other templates of its list
 * @property {(random: import('../../../scripts/lib/random.mjs').Random) => Details} draw
 * @property {(details: Details) => string} pattern an ECMAScript pattern source
 * @property {string} [flags] the flags that the pattern needs
 * @property {(details: Details, random: import('../../../scripts/lib/random.mjs').Random) => Failure} fail a failure that the pattern matches;
 *   what varies from run to run (numbers, ids, times) comes from `random`
 */

import { habits } from '../author.mjs';
import { entities, kebab, methods, parts, widgets } from '../words.mjs';

/** Details that most templates share. */
export const drawHabit = (random) => ({ habit: random.pick(habits), variant: random.int(0, 2) });

export const drawElement = (random) => ({
  ...drawHabit(random),
  id: `${kebab(random.pick(entities))}-${kebab(random.pick(parts))}-${random.pick(widgets)}`,
});

export const drawPage = (random) => ({
  ...drawHabit(random),
  page: `${random.pick(entities)}${random.pick(parts)}${random.pick(['Page', 'Dialog', 'Component', 'Screen'])}`,
  method: random.pick(methods),
});

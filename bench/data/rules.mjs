// Rule lists: seeded, of any size, in two profiles.
//
// *plain* is literal-rich throughout: every rule has a long literal, none has a flag other than `m`, a lookaround, a
// back-reference or a test scope. *typical* is what lists look like after some years: exact shares, see `shares`, of each
// kind of rule, spread over the list at random. Within every 1,000 rules the shares are met exactly, so the figures of two
// seeds differ by the rules and not by the number of costly ones.

import { Random } from '../../scripts/lib/random.mjs';
import { lowerCase } from './author.mjs';
import { backReference, byName, lookaround, ordinary, withoutLiteral } from './templates/index.mjs';
import { drawScope } from './test-names.mjs';
import { entities, owners, parts, projects, verbs } from './words.mjs';

/**
 * @typedef {'plain' | 'typical'} Profile
 *
 * @typedef {object} Rule as a list's API serves it; the addon ignores the keys after `flags`
 * @property {string} id unique within the list
 * @property {string} issue `PROJECT-number: summary`
 * @property {string} error an ECMAScript pattern source
 * @property {string} [test] an ECMAScript pattern source, for the test's full name
 * @property {string} [flags]
 * @property {string} owner
 * @property {string} createdAt
 * @property {string} [comment]
 * @property {{ url: string, hits: number }[]} [links]
 *
 * @typedef {object} Origin what a rule was made from; its `template` can make a text that the rule matches
 * @property {string} template
 * @property {import('./templates/template.mjs').Details} details
 * @property {import('./test-names.mjs').Scope | null} scope
 *
 * @typedef {object} RuleList
 * @property {string} seed
 * @property {Profile} profile
 * @property {Rule[]} rules
 * @property {(Origin | null)[]} origins one for each rule; null for a rule that was damaged on purpose
 * @property {number} patternBytes size of all `error` and `test` patterns in UTF-8
 */

/** Of 1,000 rules of a *typical* list. A rule may be in several of the last two kinds and one of the first three. */
const shares = { withoutLiteral: 5, lookaround: 20, backReference: 2, ignoringCase: 150, scoped: 100 };
const block = 1000;

/** Marks `count` of a block's places at random. */
function places(random, count) {
  return random.shuffle(Array.from({ length: block }, (_, i) => i < count));
}

/** Which template family each rule of a block comes from, whether it ignores case, whether it is scoped. */
function planBlock(random, profile) {
  if (profile === 'plain') return Array.from({ length: block }, () => ({ family: ordinary, ignoringCase: false, scoped: false }));
  const families = [
    ...Array(shares.withoutLiteral).fill(withoutLiteral),
    ...Array(shares.lookaround).fill(lookaround),
    ...Array(shares.backReference).fill(backReference),
  ];
  while (families.length < block) families.push(ordinary);
  random.shuffle(families);
  // A pattern made of letter ranges means something else when case is ignored: it would match half of all texts.
  const ignoring = places(random, shares.ignoringCase);
  const scoped = places(random, shares.scoped);
  return families.map((family, i) => ({ family, ignoringCase: ignoring[i] && family !== withoutLiteral, scoped: scoped[i] }));
}

function pickTemplate(random, family) {
  let ticket = random.int(
    1,
    family.reduce((sum, template) => sum + template.weight, 0),
  );
  return family.find((template) => {
    ticket -= template.weight;
    return ticket <= 0;
  });
}

/** @returns {Rule} */
function describe(random, index) {
  const project = random.pick(projects);
  const number = random.int(100, 29_999);
  return {
    id: `kf-${String(index + 1).padStart(5, '0')}`,
    issue: `${project}-${number}: ${random.pick(entities)} ${random.pick(parts).toLowerCase()} ${random.pick(['fails', 'is flaky', 'times out', 'is wrong', 'breaks'])} on ${random.pick(verbs)}`,
    error: '',
    owner: random.pick(owners),
    createdAt: random.timestamp().slice(0, 10),
    ...(random.chance(0.2) && { comment: `seen since build ${random.int(1000, 9999)}, fix planned` }),
    ...(random.chance(0.1) && {
      links: [{ url: `https://tracker.example/browse/${project}-${number}`, hits: random.int(1, 400) }],
    }),
  };
}

/**
 * A list that has at least `rules` rules and at least `bytes` bytes of patterns (3,500 rules have some 300 KB). No two rules have the same
 * pattern, except those without a literal in very long lists.
 *
 * @param {object} options
 * @param {string | number} options.seed
 * @param {Profile} [options.profile] `typical` by default
 * @param {number} [options.rules] 3,500 by default, or 0 when `bytes` is given
 * @param {number} [options.bytes] 0 by default
 * @param {number} [options.broken] how many rules get a damaged pattern that `new RegExp` refuses; 0 by default
 * @returns {RuleList}
 */
export function generateRules({ seed, profile = 'typical', bytes = 0, rules: count = bytes > 0 ? 0 : 3500, broken = 0 }) {
  const random = new Random(`${seed}/rules/${profile}`);
  /** @type {Rule[]} */
  const rules = [];
  /** @type {(Origin | null)[]} */
  const origins = [];
  const known = new Set();
  let patternBytes = 0;
  let plan = [];
  while (rules.length < count || patternBytes < bytes) {
    if (rules.length % block === 0) plan = planBlock(random, profile);
    const { family, ignoringCase, scoped } = plan[rules.length % block];
    const template = pickTemplate(random, family);
    const details = template.draw(random);
    let error = template.pattern(details);
    if (ignoringCase && random.chance(0.5)) error = lowerCase(error);
    // The shapes without a literal are soon exhausted in a list of 10 MB; they alone may repeat.
    if (known.has(error) && family !== withoutLiteral) continue;
    known.add(error);
    const rule = describe(random, rules.length);
    const scope = scoped ? drawScope(random) : null;
    const flags = (template.flags ?? '') + (ignoringCase ? 'i' : '');
    rule.error = error;
    if (scope) rule.test = scope.pattern;
    if (flags) rule.flags = flags;
    patternBytes += Buffer.byteLength(error) + Buffer.byteLength(rule.test ?? '');
    rules.push(rule);
    origins.push({ template: template.name, details, scope });
  }
  damage(random, rules, origins, broken);
  return { seed: String(seed), profile, rules, origins, patternBytes };
}

/** The mistakes that people make in a web form. */
function damage(random, rules, origins, broken) {
  const mistakes = ['(unclosed group', 'price [0-9 €', 'total **', 'amount {2,1}', '(?<step>a)(?<step>b)', 'a\\'];
  const indexes = random.shuffle(rules.map((_, index) => index)).slice(0, broken);
  for (const [i, index] of indexes.entries()) {
    rules[index].error = `${rules[index].issue}: ${mistakes[i % mistakes.length]}`;
    delete rules[index].flags;
    origins[index] = null;
  }
}

/** What a rule is not for: of the kind that ends many tests at once. */
const EXCEPTIONS = ['chrome not reachable|tab crashed', 'heap out of memory', 'ECONNREFUSED .*:4444'];

/**
 * The list with conditions in every so manieth of its rules: `also` has the name of the error, `unless` something that none of its failures
 * says.
 *
 * @param {RuleList} list
 * @param {number} every
 * @returns {RuleList}
 */
export function withConditions(list, every) {
  const random = new Random(`${list.seed}/conditions`);
  const rules = list.rules.map((rule, index) => {
    const origin = list.origins[index];
    if (index % every !== 0 || origin === null) return rule;
    const { name } = failureOf(origin, random);
    return { ...rule, also: [name.replace(/[^\w\s]/g, '\\$&')], unless: [random.pick(EXCEPTIONS)] };
  });
  return { ...list, rules };
}

/** The list as its API serves it: UTF-8 JSON, `{ "rules": [...] }`. */
export const toJson = (list) => Buffer.from(JSON.stringify({ rules: list.rules }));

/**
 * A failure that a rule of the list matches.
 * @param {Origin} origin
 * @param {import('../../scripts/lib/random.mjs').Random} random what varies from run to run
 */
export const failureOf = (origin, random) => byName.get(origin.template).fail(origin.details, random);

/** The template and fresh details of a failure that no rule was made for. */
export function drawFailure(random) {
  const template = pickTemplate(random, ordinary);
  const details = template.draw(random);
  return { template: template.name, details, scope: null };
}

// Texts for a pattern: some that it is likely to match (walked off its tree), the same slightly damaged, and some drawn from the
// pattern's own small alphabet, where every character is near to matching.

import { NASTY, PLAIN, RING_OF, SYNTAX } from './alphabet.mjs';

/** V8 backtracks exponentially where loops nest: texts stay short, in code units, and shorter under nested loops. */
const LONGEST = [40, 32, 18];
/** Patterns that people wrote are longer, and seldom exponential. */
export const LONGEST_REAL = [400, 200, 60];

/**
 * @param {import('../../scripts/lib/random.mjs').Random} random
 * @param {{ tree: object, palette: string[], flags: string, loops: number }} generated as `generatePattern` gives it
 * @param {number} count
 * @param {number[]} [limits] the longest text, in code units, by how deeply unbounded loops nest
 * @returns {string[]}
 */
export function textsFor(random, generated, count, limits = LONGEST) {
  const longest = limits[Math.min(generated.loops, limits.length - 1)];
  return Array.from({ length: count }, (_, at) => {
    const roll = random.next();
    if (at === 0 || roll < 0.55) return cut(around(random, generated, sampleText(random, generated, longest)), longest);
    if (roll < 0.95) return cut(drawn(random, generated.palette, random.below(12)), longest);
    return roll < 0.97 ? '' : cut(drawn(random, NASTY, random.below(10)), longest);
  });
}

/** A text that the tree is likely to match, if what stands around it lets it. */
function sampleText(random, { tree, flags }, longest) {
  const sampler = { random, captures: [], named: new Map(), captured: 0, ignoreCase: flags.includes('i'), left: 1.5 * longest };
  return sample(tree, sampler);
}

function sample(node, sampler) {
  if (sampler.left <= 0) return '';
  const { random } = sampler;
  switch (node.kind) {
    case 'text':
      return spend(sampler, otherCase(sampler, node.out));
    case 'set':
      return spend(sampler, otherCase(sampler, node.pick(random)));
    case 'mark':
      return random.chance(0.4) ? (node.out ?? '') : '';
    case 'raw':
      sampler.captured += node.captures ?? 0;
      return node.out;
    case 'seq':
      return node.items.map((item) => sample(item, sampler)).join('');
    case 'alt':
      return sampleAlternative(node, sampler);
    case 'group':
      return sampleGroup(node, sampler);
    case 'look':
      // what a lookahead sees is the next item's business, but half of the time it may well stand there
      return !node.negative && random.chance(node.behind ? 0.7 : 0.4) ? sample(node.body, sampler) : '';
    case 'repeat':
      return sampleRepeat(node, sampler);
    case 'numbered':
      return sampler.captures[node.index] ?? '';
    case 'named':
      return sampler.named.get(node.name) ?? sampler.captures[node.index] ?? '';
    default:
      throw new Error(`unknown node ${node.kind}`);
  }
}

function spend(sampler, out) {
  sampler.left -= out.length;
  return out;
}

function sampleAlternative({ options }, sampler) {
  // the groups of the options not taken are numbered all the same
  const chosen = sampler.random.below(options.length);
  let out = '';
  options.forEach((option, at) => {
    if (at === chosen) out = sample(option, sampler);
    else sampler.captured += countCaptures(option);
  });
  return out;
}

function sampleGroup(node, sampler) {
  if (!node.capture) return sample(node.body, sampler);
  const index = ++sampler.captured;
  const out = sample(node.body, sampler);
  sampler.captures[index] = out;
  if (node.name !== undefined) sampler.named.set(node.name, out);
  return out;
}

function sampleRepeat({ body, min, max }, sampler) {
  const { random } = sampler;
  const times = min > 12 ? random.int(1, 3) : random.int(min, Math.min(max, min + random.pick([0, 1, 1, 2, 3])));
  const before = sampler.captured;
  let out = '';
  for (let time = 0; time < times; time++) {
    sampler.captured = before;
    out += sample(body, sampler);
  }
  sampler.captured = before + countCaptures(body);
  return out;
}

function countCaptures(node) {
  if (node.countedCaptures !== undefined) return node.countedCaptures;
  let count = node.captures ?? 0;
  if (node.capture) count++;
  for (const child of node.items ?? node.options ?? (node.body ? [node.body] : [])) count += countCaptures(child);
  node.countedCaptures = count;
  return count;
}

function otherCase({ random, ignoreCase }, text) {
  if (!random.chance(ignoreCase ? 0.4 : 0.05)) return text;
  return [...text]
    .map((char) =>
      RING_OF.has(char) ? random.pick(RING_OF.get(char)) : random.chance(0.5) ? char.toUpperCase() : char.toLowerCase(),
    )
    .join('');
}

/** The sample with something before and behind it, and sometimes damaged. */
function around(random, { palette }, text) {
  const before = random.chance(0.5) ? '' : drawn(random, palette, random.int(1, 3));
  const behind = random.chance(0.5) ? '' : drawn(random, palette, random.int(1, 3));
  const whole = random.chance(0.35) ? damaged(random, text, palette) : text;
  return before + whole + behind;
}

function damaged(random, text, palette) {
  const at = random.below(text.length + 1);
  const other = drawn(random, random.chance(0.6) ? palette : NASTY, 1);
  // by code units, on purpose: half an emoji is a text like any other
  return random.pick([
    () => text.slice(0, at) + text.slice(at + 1),
    () => text.slice(0, at) + other + text.slice(at),
    () => text.slice(0, at) + other + text.slice(at + 1),
    () => text + text,
    () => text.slice(0, at) + text.slice(at, at + 3) + text.slice(at),
  ])();
}

function drawn(random, palette, length) {
  let text = '';
  for (let at = 0; at < length; at++) {
    const roll = random.next();
    let char = random.pick(roll < 0.85 ? palette : roll < 0.93 ? NASTY : roll < 0.98 ? PLAIN : SYNTAX);
    if (random.chance(0.08) && RING_OF.has(char)) char = random.pick(RING_OF.get(char));
    text += char;
  }
  return text;
}

function cut(text, longest) {
  return text.slice(0, longest);
}

// Compares the answers of two judges: acceptance, match, span.

import { Outcome, Refusal, UNTOLD } from './frames.mjs';
import { newerSyntax } from './newer-syntax.mjs';

/** The engines behind the oracle, in the order of its answers. `rule`: all as the matcher puts them together. */
const ENGINE_NAMES = ['exact', 'automaton', 'lockstep', 'rule'];

/** What a run counts. */
export function newCounts() {
  return {
    patterns: 0,
    pairs: 0,
    accepted: 0,
    refused: 0,
    newerSyntax: 0,
    matched: 0,
    unmatched: 0,
    undecided: 0,
    notRun: 0,
    v8SplitPair: 0,
    v8TooLarge: 0,
    v8Threw: 0,
    v8TooSlow: 0,
    v8Died: 0,
    overOurLimit: 0,
  };
}

/**
 * Compares the engine's answer with V8's for one request.
 *
 * @param {{ pattern: string, flags: string, texts: string[] }} request
 * @param {object} ours the engine's response
 * @param {object} v8 V8's response
 * @param {(request: object) => Promise<object>} askV8 for patterns in newer syntax, rewritten
 * @param {object} counts from `newCounts`, added to
 * @returns {Promise<object[]>} disagreements: `{ kind, text?, engine?, ours, v8 }`, `kind` one of `died`, `stalled`, `acceptance`,
 *   `match`, `span`, `undecided`
 */
export async function compare(request, ours, v8, askV8, counts) {
  counts.patterns++;
  counts.pairs += request.texts.length;
  if (ours.failed) return [{ kind: ours.failed.how, ours: ours.failed.stderr, v8: describe(v8) }];
  if (v8.failed) {
    counts.v8Died++;
    return [];
  }
  if (v8.refused) return compareRefused(request, ours, v8, askV8, counts);
  if (ours.refused) return compareOnlyOursRefused(ours, v8, counts);
  counts.accepted++;
  return compareResults(request, ours, v8, counts);
}

async function compareRefused({ pattern, flags }, ours, v8, askV8, counts) {
  if (v8.refused.kind === Refusal.tooLarge) {
    counts.v8TooLarge++;
    return [];
  }
  const newer = newerSyntax(pattern, flags.includes('v'));
  let legal = false;
  if (newer.uses && newer.legal && v8.refused.kind === Refusal.syntax) {
    counts.newerSyntax++;
    legal = (await askV8({ pattern: newer.rewritten, flags, texts: [] })).refused === undefined;
  }
  const accepted = ours.refused === undefined || ours.refused.kind === Refusal.limit;
  counts[accepted ? 'accepted' : 'refused']++;
  if (accepted === legal) return [];
  const why = legal ? 'newer syntax, to be accepted' : `refused: ${v8.refused.message}`;
  return [{ kind: 'acceptance', ours: describe(ours), v8: why }];
}

function compareOnlyOursRefused(ours, v8, counts) {
  const cannotRun = v8.results.length > 0 && v8.results.every(([{ outcome }]) => outcome === Outcome.threw);
  if (ours.refused.kind === Refusal.limit && cannotRun) {
    counts.overOurLimit++;
    return [];
  }
  return [{ kind: 'acceptance', ours: describe(ours), v8: describe(v8) }];
}

function compareResults({ pattern, texts }, ours, v8, counts) {
  const disagreements = [];
  texts.forEach((text, at) => {
    // V8 as it is, and V8 starting its search where ECMA-262 does: the specification decides
    const [asIs, expected] = v8.results[at];
    if (difference(asIs, expected)) counts.v8SplitPair++;
    if (expected.outcome === Outcome.threw) counts.v8Threw++;
    else if (expected.outcome === Outcome.tooSlow) counts.v8TooSlow++;
    else if (expected.outcome === Outcome.match) counts.matched++;
    else counts.unmatched++;
    const judged = expected.outcome === Outcome.match || expected.outcome === Outcome.noMatch;
    ours.results[at].forEach((found, engine) => {
      if (found.outcome === Outcome.notRun) counts.notRun++;
      if (found.outcome === Outcome.undecided) {
        counts.undecided++;
        if (hasBackReference(pattern)) return;
      }
      if (found.outcome === Outcome.notRun || (!judged && found.outcome !== Outcome.undecided)) return;
      const kind = difference(expected, found);
      if (kind)
        disagreements.push({
          kind,
          text,
          engine: ENGINE_NAMES[engine] ?? `engine ${engine}`,
          ours: describeResult(found),
          v8: describeResult(expected),
        });
    });
  });
  return disagreements;
}

/** How an engine's answer differs from the right one, or `undefined`. */
export function difference(expected, found) {
  if (found.outcome === Outcome.undecided) return 'undecided';
  if (found.outcome !== expected.outcome) return 'match';
  const spanTold = found.start !== UNTOLD;
  if (found.outcome === Outcome.match && spanTold && (found.start !== expected.start || found.end !== expected.end))
    return 'span';
  return undefined;
}

/** Only a pattern with a back-reference may be `undecided`. Taking an octal escape for one does no harm. */
function hasBackReference(pattern) {
  return /\\(?:[1-9]|k)/.test(pattern);
}

export function describe(response) {
  if (response.failed) return response.failed.how;
  if (response.refused) return `refused: ${response.refused.message} (at ${response.refused.offset})`;
  return 'accepted';
}

export function describeResult({ outcome, start, end }) {
  if (outcome === Outcome.match) return start === UNTOLD ? 'match' : `match ${start}..${end}`;
  return Object.keys(Outcome).find((name) => Outcome[name] === outcome) ?? `outcome ${outcome}`;
}

// The engine reached as users reach it: each pattern is a rule of its own, scoped to a test of its own, loaded by `loadRules` and
// asked by `classify`. Slower than the oracle, and through every layer.

import { Outcome, Refusal } from './frames.mjs';

const REFUSALS = { ERR_PATTERN_SYNTAX: Refusal.syntax, ERR_PATTERN_FLAGS: Refusal.flags, ERR_PATTERN_LIMIT: Refusal.limit };

/** Has the methods of `OracleClient`, so that either can be compared with V8. */
export class Surface {
  #addon;

  /** @param {{ loadRules: Function, classify: Function }} addon the package's exports */
  constructor(addon) {
    this.#addon = addon;
  }

  async judge(request) {
    return (await this.judgeAll([request]))[0];
  }

  async judgeAll(requests) {
    // the rules are one for the whole process: batches go one after another
    const turn = this.turn;
    let done;
    this.turn = new Promise((resolve) => {
      done = resolve;
    });
    await turn;
    try {
      return await this.#judgeBatch(requests);
    } finally {
      done();
    }
  }

  async #judgeBatch(requests) {
    const { loadRules, classify } = this.#addon;
    const rules = requests.map(({ pattern, flags }, at) => ({
      issue: `issue ${at}`,
      error: { source: pattern, flags },
      test: `^${at}$`,
    }));
    // in force whatever becomes of the others: a list without a usable rule is refused as a whole
    const bystander = { issue: 'none', error: '^none$', test: '^none$' };
    const { rejected } = await loadRules([...rules, bystander], { ansi: 'keep' });
    const refusals = new Map(rejected.map((rejection) => [rejection.index, rejection]));
    return Promise.all(
      requests.map(async ({ texts }, at) => {
        const refusal = refusals.get(at);
        if (refusal) {
          const { code, offset, message } = refusal;
          return { refused: { kind: REFUSALS[code] ?? Refusal.syntax, offset: offset ?? 0, message } };
        }
        const results = await Promise.all(texts.map(async (text) => [this.#result(at, text, await classify(String(at), text))]));
        return { engines: 1, results };
      }),
    );
  }

  #result(at, text, verdict) {
    const { rule, issue, status, reason, match, undecided } = verdict;
    const none = { outcome: Outcome.noMatch, start: 0, end: 0 };
    if (undecided.includes(at)) return { ...none, outcome: Outcome.undecided };
    const { start, end } = match ?? none;
    const consistent = match
      ? rule === at &&
        issue === `issue ${at}` &&
        status === 'Broken' &&
        reason === 'matched' &&
        match.text === text.slice(start, end).slice(0, 200)
      : rule === null && issue === null && status === 'Failed' && reason === 'no-match';
    if (!consistent) throw new Error(`a verdict that contradicts itself: ${JSON.stringify(verdict)}`);
    return match ? { outcome: Outcome.match, start, end } : none;
  }

  async close() {}
}

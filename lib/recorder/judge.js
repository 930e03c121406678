// The verdict on one error, as the report has it. `classify` gives it, which never holds the event loop.
'use strict';

const { MAX_ALL_TEXT_UNITS, MAX_LATE_TEXT_UNITS } = require('./limits.js');
const { signatureOf } = require('./signature.js');
const { cutAt, detached, reasonOf } = require('./values.js');

/** @typedef {import('./run-report.d.ts').RecordedFailure} RecordedFailure */

/** A test that failed without an error. @returns {RecordedFailure} */
function withoutError() {
  return failed('no-error', { text: '', cut: false, signature: signatureOf(null) });
}

class Judge {
  #ready;
  #warnings;
  #maxTextUnits;
  #textUnitsLeft = MAX_ALL_TEXT_UNITS;

  /**
   * @param {() => Promise<void>} ready resolves when verdicts need not wait for the list any longer
   * @param {import('./warnings.js').Warnings} warnings
   * @param {number} maxTextUnits
   */
  constructor(ready, warnings, maxTextUnits) {
    this.#ready = ready;
    this.#warnings = warnings;
    this.#maxTextUnits = maxTextUnits;
  }

  /**
   * Never rejects.
   *
   * @param {string} name the test's
   * @param {string} raw the error's text as it was read, nothing stripped
   * @returns {Promise<RecordedFailure>}
   */
  async judge(name, raw) {
    await this.#ready();
    try {
      // here and not at the head: a reader of reports does not load the addon
      const { classify, errorText } = require('../../index.js');
      const verdict = await classify(name, raw);
      const shown = this.#shown(raw, errorText);
      if (verdict.status === 'Failed') return failed(verdict.reason, shown);
      const { issue, rule, id, match } = verdict;
      const { text, cut } = shown;
      const { start, end } = match;
      const url = verdict.url ?? null;
      return { text, cut, status: 'Broken', issue, url, reason: 'matched', rule, id, match: { start, end }, signature: null };
    } catch (error) {
      this.#warnings.add(`no verdict on "${cutAt(name, 200)}": ${reasonOf(error)}`);
      return failed(
        'no-verdict',
        this.#shown(raw, (text) => text),
      );
    }
  }

  /** The text that was matched, as far as the report has it. Only a beginning of a long text is stripped of ANSI sequences. */
  #shown(raw, errorText) {
    const max = this.#textUnitsLeft > 0 ? this.#maxTextUnits : Math.min(this.#maxTextUnits, MAX_LATE_TEXT_UNITS);
    const beginning = raw.length > 4 * max ? raw.slice(0, 4 * max) : raw;
    let text = errorText(beginning) ?? '';
    let isWhole = beginning === raw;
    if (!isWhole && text.length < max) {
      text = errorText(raw) ?? '';
      isWhole = true;
    }
    const cut = !isWhole || text.length > max;
    const kept = cut ? detached(text.slice(0, max)) : text;
    this.#textUnitsLeft -= kept.length;
    return { text: kept, cut, signature: signatureOf(kept) };
  }
}

/** @returns {RecordedFailure} */
function failed(reason, { text, cut, signature }) {
  return { text, cut, status: 'Failed', issue: null, url: null, reason, rule: null, id: null, match: null, signature };
}

module.exports = { Judge, withoutError };

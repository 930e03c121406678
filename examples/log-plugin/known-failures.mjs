// Known failures for one run: loads their list once, then classifies each failed test.
//
// Trouble here must not fail the run. It goes to `warn`, and the tests are `Failed`.

import { classify, loadRules } from './addon.mjs';
import { fetchRules } from './rules-source.mjs';

/**
 * @typedef {Pick<import('../../index.js').Verdict, 'status' | 'issue'> & { reason: string, id: string | null }} Judgement
 */

export class KnownFailures {
  #loaded;
  #stop = new AbortController();
  #warn;

  /**
   * Starts loading. The run does not wait for it.
   *
   * @param {string | URL} url
   * @param {(message: string) => void} warn
   * @param {import('./rules-source.mjs').FetchOptions & { load?: import('../../index.js').LoadOptions }} [options] `load` goes to `loadRules`
   */
  constructor(url, warn, { load, ...options } = {}) {
    this.#warn = warn;
    this.#loaded = this.#load(url, load, options);
  }

  /** The addon's report, or null if the list could not be loaded. Never rejects. */
  get loaded() {
    return this.#loaded;
  }

  async #load(url, load, options) {
    try {
      const report = await loadRules(await fetchRules(url, { ...options, signal: this.#stop.signal }), load);
      if (report.rejected.length > 0) this.#warn(describe(report));
      return report;
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#warn(`no known failures for this run: ${reasonOf(error)}`);
      return null;
    }
  }

  /**
   * The verdict on a failed test. Never rejects.
   * @param {string} test its full name
   * @param {unknown} error what it threw
   * @returns {Promise<Judgement>}
   */
  async judge(test, error) {
    await this.#loaded;
    try {
      return await classify(test, error);
    } catch (trouble) {
      this.#warn(`no verdict on "${test}": ${reasonOf(trouble)}`);
      return { status: 'Failed', issue: null, reason: 'no-verdict', id: null };
    }
  }

  /** Stops a load that is still running. */
  close() {
    this.#stop.abort();
  }
}

/**
 * An error's message with those of its causes: `fetch failed` alone does not say what failed.
 * @param {any} error
 */
function reasonOf(error) {
  const reasons = [];
  for (let cause = error; cause instanceof Error && reasons.length < 5; cause = cause.cause) {
    reasons.push(cause.message || ('code' in cause && cause.code) || cause.name);
  }
  return reasons.join(': ') || String(error);
}

/** Lists the refused rules for their authors. */
function describe({ rejected, total }) {
  const shown = rejected.slice(0, 5).map(({ index, id, issue, field, message, offset }) => {
    const place = offset === null ? '' : ` at ${offset}`;
    return `\n  rule ${index}${id ? ` (${id})` : ''}, ${issue ?? 'without an issue'}: ${field}: ${message}${place}`;
  });
  const more = rejected.length > shown.length ? `\n  and ${rejected.length - shown.length} more` : '';
  return `${rejected.length} of ${total} known failures were refused:${shown.join('')}${more}`;
}

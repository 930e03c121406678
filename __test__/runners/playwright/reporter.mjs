// Playwright Test: `onTestEnd` and `onError` are not awaited, `onEnd` is.

import suite from '../bodies.cjs';
import recorder from '../record.cjs';

export default class {
  #records = [];

  onTestEnd(test, result) {
    if (result.status === 'passed' || result.status === 'skipped') return;
    this.#records.push(recorder.record('Playwright result.error', test, result.error));
    this.#records.push(recorder.record('Playwright result.errors', test, result.errors));
  }

  onError(error) {
    // what Playwright adds when no file was left
    if (error.message?.includes('No tests found')) return;
    this.#records.push(recorder.record('Playwright onError', 'unparsable.spec.mjs', error, suite.unparsable[0]));
  }

  async onEnd() {
    await Promise.all(this.#records);
  }
}

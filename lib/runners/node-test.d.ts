// known-failures/node-test

import type { AdapterOptions } from './options.js';

/**
 * A reporter whose options are environment variables: `KNOWN_FAILURES_RULES`, `KNOWN_FAILURES_REPORT`, and so on for every option of
 * `AdapterOptions` that is no function. `false` is the boolean, an object is JSON.
 */
declare function knownFailures(source: AsyncIterable<{ type: string; data?: unknown }>): AsyncGenerator<string, void>;

declare namespace knownFailures {
  type Options = AdapterOptions;

  /** A reporter of node:test: gets the events of a run, gives what is printed. */
  type Reporter = typeof knownFailures;

  /**
   * A reporter with options, for a file of yours that `--test-reporter` names.
   *
   * @example
   * ```js
   * // known-failures.mjs, for `node --test --test-reporter ./known-failures.mjs`
   * import { createReporter } from 'known-failures/node-test'
   * export default createReporter({ rules: 'https://example.com/known-failures.json' })
   * ```
   */
  function createReporter(options?: AdapterOptions | null): Reporter;
}

export = knownFailures;

// known-failures/vitest

import type { AdapterOptions } from './options.js';

/**
 * A reporter of Vitest.
 *
 * @example
 * ```js
 * // vitest.config.js
 * export default defineConfig({
 *   test: { reporters: ['default', ['known-failures/vitest', { rules: 'https://example.com/known-failures.json' }]] },
 * })
 * ```
 */
declare class KnownFailuresReporter {
  constructor(options?: AdapterOptions | null);
}

declare namespace KnownFailuresReporter {
  type Options = AdapterOptions;

  /** What a known failure has as `meta().knownFailure`; in Vitest's JSON report `meta.knownFailure`. */
  interface KnownFailure {
    issue: string;
    url: string | null;
  }
}

export = KnownFailuresReporter;

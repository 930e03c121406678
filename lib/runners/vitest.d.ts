// known-failures/vitest

import type { AdapterOptions } from './options.js';

/** What a known failure has as `meta().knownFailure`; in Vitest's JSON report `meta.knownFailure`. */
export interface KnownFailureMeta {
  issue: string;
  url: string | null;
}

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
export default class KnownFailuresReporter {
  constructor(options?: AdapterOptions | null);
}

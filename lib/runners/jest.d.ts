// known-failures/jest

import type { AdapterOptions } from './options.js';

/**
 * A reporter of Jest.
 *
 * @example
 * ```js
 * // jest.config.js
 * module.exports = {
 *   reporters: ['default', ['known-failures/jest', { rules: 'https://example.com/known-failures.json' }]],
 * }
 * ```
 */
declare class KnownFailuresReporter {
  constructor(globalConfig: unknown, options?: AdapterOptions | null);
}

declare namespace KnownFailuresReporter {
  type Options = AdapterOptions;
}

export = KnownFailuresReporter;

// known-failures/testcafe

import type { AdapterOptions } from './options.js';

/**
 * Makes the reporter: TestCafe calls it with the reporter's `options`.
 *
 * @example
 * ```js
 * // .testcaferc.js
 * module.exports = {
 *   reporter: [
 *     'spec',
 *     { name: require('known-failures/testcafe'), options: { rules: 'https://example.com/known-failures.json' } },
 *   ],
 * }
 * ```
 */
// biome-ignore lint/suspicious/noExplicitAny: this package does not depend on TestCafe's types
declare function knownFailures(options?: AdapterOptions): { readonly [report: string]: (...args: any[]) => any };

declare namespace knownFailures {
  type Options = AdapterOptions;
}

export = knownFailures;

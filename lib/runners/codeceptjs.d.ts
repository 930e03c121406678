// known-failures/codeceptjs

import type { AdapterOptions } from './options.js';

/**
 * The plugin. Its options stand beside `enabled` and `require`.
 *
 * @example
 * ```js
 * // codecept.conf.js
 * exports.config = {
 *   plugins: {
 *     knownFailures: { enabled: true, require: 'known-failures/codeceptjs', rules: 'https://example.com/known-failures.json' },
 *   },
 * }
 * ```
 */
declare function knownFailures(config?: knownFailures.Options): void;

declare namespace knownFailures {
  /** What the configuration has for the plugin. */
  interface Options extends AdapterOptions {
    /** CodeceptJS's: whether the plugin runs. */
    readonly enabled?: boolean;
    /** CodeceptJS's: the plugin's module. */
    readonly require?: string;
  }
}

export = knownFailures;

// known-failures/mocha

import type { AdapterOptions } from './options.js';

/**
 * The reporter. Its options are `KnownFailuresReporter.Options`.
 *
 * @example
 * ```js
 * // .mocharc.cjs
 * module.exports = {
 *   reporter: 'known-failures/mocha',
 *   'reporter-option': { rules: 'https://example.com/known-failures.json' },
 * }
 * ```
 */
declare class KnownFailuresReporter {
  // biome-ignore lint/suspicious/noExplicitAny: this package does not depend on Mocha's types
  constructor(runner: any, options?: any);
  /** Mocha calls it at the end of the run and goes on when it calls `fn`: when all verdicts are there. */
  done(failures: number, fn?: (failures: number) => void): Promise<void>;
}

declare namespace KnownFailuresReporter {
  /**
   * Options of the reporter, in Mocha's `reporter-option`. On the command line, where there are only texts, `summary=false` means the
   * boolean, and an object is JSON.
   */
  interface Options extends AdapterOptions {
    /**
     * The reporter that prints the tests: the name of one of Mocha's, a package, or a class.
     *
     * @default 'spec'
     */
    readonly base?: string | Reporter | null;
    /**
     * What that reporter gets as `reporter-option`.
     *
     * @default {}
     */
    readonly baseOptions?: { readonly [name: string]: unknown } | null;
  }

  // biome-ignore lint/suspicious/noExplicitAny: this package does not depend on Mocha's types
  type Reporter = new (runner: any, options?: any) => object;
}

export = KnownFailuresReporter;

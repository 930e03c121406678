// known-failures/playwright

import type { AdapterOptions } from './options.js';

/**
 * The reporter. The HTML, JSON and JUnit reporters that are listed behind it show the issue of a known failure as an annotation
 * `issue`.
 *
 * @example
 * ```js
 * // playwright.config.mjs
 * export default defineConfig({
 *   reporter: [
 *     ['known-failures/playwright', { rules: 'https://example.com/known-failures.json' }],
 *     ['html'],
 *   ],
 * })
 * ```
 */
declare class KnownFailuresReporter {
  constructor(options?: KnownFailuresReporter.Options);
  printsToStdio(): boolean;
  // biome-ignore-start lint/suspicious/noExplicitAny: this package does not depend on Playwright's types
  onBegin(config: any, suite: any): void;
  onTestBegin(test: any, result: any): void;
  onTestEnd(test: any, result: any): void;
  onError(error: any): void;
  // biome-ignore-end lint/suspicious/noExplicitAny: this package does not depend on Playwright's types
  /** Playwright awaits it. Then every result has its annotations. */
  onEnd(): Promise<void>;
  /** Playwright awaits it. Then the summary is printed, and the report written. */
  onExit(): Promise<void>;
}

declare namespace KnownFailuresReporter {
  /** Options of the reporter, the second element of its entry in Playwright's `reporter`. */
  interface Options extends AdapterOptions {
    /**
     * Begin the names of tests with their project: `firefox › Cart › pays by card`. A rule's `test` is matched with that name.
     *
     * @default false
     */
    readonly projectInName?: boolean | null;
  }
}

export = KnownFailuresReporter;

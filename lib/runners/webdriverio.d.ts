// known-failures/webdriverio

import type { AdapterOptions } from './options.js';

/**
 * The service.
 *
 * @example
 * ```js
 * // wdio.conf.mjs
 * import KnownFailures from 'known-failures/webdriverio';
 *
 * export const config = {
 *   services: [[KnownFailures, { rules: 'https://example.com/known-failures.json' }]],
 * };
 * ```
 */
declare class KnownFailuresService {
  constructor(options?: KnownFailuresService.Options);
  // biome-ignore-start lint/suspicious/noExplicitAny: this package does not depend on WebdriverIO's types
  onPrepare(): void;
  onWorkerEnd(cid: string, exitCode: number, specs: string[], retriesLeft: number, signal?: any): void;
  /** WebdriverIO awaits it. Then the summary is printed, and the report written. */
  onComplete(): Promise<void>;
  beforeSession(config: any, capabilities: any, specs: string[], cid: string): void;
  afterTest(test: any, context: any, result: any): void;
  afterHook(test: any, context: any, result: any): void;
  beforeCommand(name: string, args: any[]): void;
  afterCommand(name: string, args: any[], result: any, error?: any): void;
  after(result: any): void;
  // biome-ignore-end lint/suspicious/noExplicitAny: this package does not depend on WebdriverIO's types
}

declare namespace KnownFailuresService {
  /** Options of the service. */
  interface Options extends AdapterOptions {
    /**
     * Begin the names of tests with their browser: `chrome › Cart › pays by card`. A rule's `test` is matched with that name.
     *
     * @default false
     */
    readonly browserInName?: boolean | null;
  }
}

export = KnownFailuresService;

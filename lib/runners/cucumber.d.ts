// known-failures/cucumber

import type { RecorderOptions } from '../recorder/index.js';
import type { AdapterOptions } from './options.js';

/**
 * A plugin of Cucumber 12.5 and later, and a formatter of earlier ones. The options of both are under the key `knownFailures`, of
 * `pluginOptions` or of `formatOptions`.
 *
 * @example
 * ```js
 * // cucumber.js
 * module.exports = {
 *   default: {
 *     plugin: ['known-failures/cucumber'],
 *     pluginOptions: { knownFailures: { rules: 'https://example.com/known-failures.json' } },
 *   },
 * }
 * ```
 */
declare class KnownFailuresFormatter {
  // biome-ignore lint/suspicious/noExplicitAny: this package does not depend on Cucumber's types
  constructor(options: any);
  /** Cucumber awaits it at the end of the run. */
  finished(): Promise<void>;
}

declare namespace KnownFailuresFormatter {
  type Options = AdapterOptions;

  interface AttachIssueOptions {
    /**
     * The list of known failures, as in the plugin's options: a parallel worker needs it. Null: the rules that are in force in this
     * process.
     *
     * @default null
     */
    readonly rules?: RecorderOptions['rules'];
    /**
     * Options of `watchRules`, if `rules` is a source.
     *
     * @default none
     */
    readonly rulesOptions?: RecorderOptions['rulesOptions'];
    /**
     * How long the hook waits for the list, in milliseconds. Cucumber gives a hook five seconds.
     *
     * @default 3000
     */
    readonly rulesWaitMs?: number | null;
    /**
     * Called with each warning.
     *
     * @default a warning of the process, of type `KnownFailuresWarning`
     */
    readonly warn?: ((message: string) => void) | null;
  }

  /**
   * An After hook that attaches the issue of a known failure to its scenario, which Cucumber's own reports then show. It sees the first
   * failure of the scenario, and never fails it. Define it before the other After hooks: Cucumber runs the first one last.
   *
   * @example
   * ```js
   * After(attachIssue({ rules: 'https://example.com/known-failures.json' }))
   * ```
   */
  // biome-ignore lint/suspicious/noExplicitAny: this package does not depend on Cucumber's types
  function attachIssue(options?: AttachIssueOptions | null): (this: any, scenario: any) => Promise<void>;

  /** For Cucumber, which takes the module itself for a plugin. */
  const type: 'plugin';
  const optionsKey: 'knownFailures';
  // biome-ignore lint/suspicious/noExplicitAny: this package does not depend on Cucumber's types
  function coordinator(context: any): (() => Promise<void>) | undefined;
}

export = KnownFailuresFormatter;

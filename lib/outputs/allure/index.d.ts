// known-failures/allure: known failures in an Allure report.

import type { RulesSource, RulesWatcher, WatchOptions } from '../../rules/index.js';

interface AllureOptions {
  /**
   * The list: a source of `watchRules`, or a watcher, which stays open. Null: somebody else calls `loadRules`.
   *
   * @default null
   */
  readonly rules?: RulesSource | RulesWatcher | null;
  /**
   * Options of `watchRules`, if `rules` is a source.
   *
   * @default none
   */
  readonly rulesOptions?: WatchOptions | null;
  /**
   * `verdict`: a known failure's status is `broken`, any other failure's is `failed`. `keep`: both stay as the adapter has written them;
   * Allure's adapters write `broken` for every error that is no failed assertion.
   *
   * @default 'verdict'
   */
  readonly status?: 'verdict' | 'keep' | null;
  /**
   * Where an issue is whose rule has no `url`: a web address with `%s` for the issue.
   *
   * @default none: such an issue has a label, but no link
   * @example 'https://bugs.example/browse/%s'
   */
  readonly issueUrl?: string | null;
  /**
   * Is called with each warning, once.
   *
   * @default a warning of the process, of type `KnownFailuresWarning`
   */
  readonly warn?: ((message: string) => void) | null;
}

export interface AnnotateOptions extends AllureOptions {
  /**
   * Files that are open at the same time, from 1 to 256.
   *
   * @default 16
   */
  readonly concurrency?: number | null;
}

export interface ListenerOptions extends AllureOptions {
  /**
   * How long a verdict may hold the process, in milliseconds, from 1 to 60,000. When the time is up, the result stays as it is.
   *
   * @default 20
   */
  readonly timeLimitMs?: number | null;
}

/** What `annotateResults` has done. */
export interface AnnotateSummary {
  /** Results in the folder, of all statuses. */
  results: number;
  /** Known failures. */
  known: number;
  /** Failures that no rule knows. */
  unknown: number;
  /** Files that are another now. 0 if the folder was annotated with the same list before. */
  changed: number;
  /** Files that could not be read or written, and stay as they are. */
  unreadable: number;
  /** Known failures by issue, the one with the most results first. */
  issues: { issue: string; url: string | null; results: number }[];
  /** `LoadReport.version` of the list. Null: there was none, and nothing is changed. */
  rulesVersion: string | null;
}

/** For the option `listeners` of allure-js adapters. */
export interface AllureListener {
  // biome-ignore lint/suspicious/noExplicitAny: the adapters' `TestResult`, of a package that need not be installed
  beforeTestResultWrite(result: any): void;
}

/** A category of Allure 3, for `categories` of its configuration. */
export interface AllureCategory {
  id: string;
  name: string;
  matchers: { labels: Record<string, string> };
  groupBy: { label: string }[];
}

/**
 * Judges each failure in a folder of Allure results (`*-result.json`), and marks the known ones: `status`, `statusDetails.known`, a label
 * `known-failure` with the issue, and a link of type `issue`. Files are replaced atomically. Call it again when the list has changed: marks
 * that are no longer right are removed.
 *
 * Allure keeps one message and one stack of a failure. A rule for a `cause`, or for the second of several errors, needs the adapter of your
 * test runner.
 *
 * @param directory `allure-results`
 * @returns A promise that rejects if the folder cannot be read, and for an option that is wrong or does not exist (`ERR_INVALID_ARG`).
 * @example
 * ```js
 * const { known, unknown } = await annotateResults('allure-results', { rules: 'known-failures.json' })
 * ```
 */
export declare function annotateResults(directory: string, options?: AnnotateOptions | null): Promise<AnnotateSummary>;

/**
 * Marks the results as they are written, in the process of the adapter. A test that fails before the list is loaded is not marked, with a
 * warning. It never throws; an option that is wrong or does not exist is a warning.
 *
 * @example
 * ```js
 * // vitest.config.js
 * reporters: [['allure-vitest/reporter', { listeners: [allureListener({ rules: 'known-failures.json' })] }]]
 * ```
 */
export declare function allureListener(options?: ListenerOptions | null): AllureListener;

/**
 * The category that groups known failures by issue. It can be written as JSON.
 *
 * @example
 * ```js
 * // allurerc.mjs
 * export default { categories: allureCategories() }
 * ```
 */
export declare function allureCategories(): AllureCategory[];

// known-failures/reportportal: known failures as issues of test items.

import type { RulesSource, RulesWatcher, WatchOptions } from '../../rules/index.js';

/** What is needed of a verdict. A `Verdict`, a `RecordedFailure` and a `RecordedTest` have it. */
export interface KnownVerdict {
  readonly status: string;
  readonly issue: string | null;
  readonly url?: string | null;
  readonly rule?: number | null;
  readonly id?: string | null;
  readonly match?: { readonly text?: string } | null;
}

export interface IssueOptions {
  /**
   * The defect type: `pb001` (product bug), `ab001` (automation bug), `si001` (system issue), `ti001` (to investigate), or the locator of
   * one of your project's own. A function gets the verdict.
   *
   * @default 'pb001'
   */
  readonly issueType?: string | ((verdict: KnownVerdict) => string) | null;
  /**
   * The comment. A function gets the verdict. It is cut at 1,000 UTF-16 code units.
   *
   * @default the issue, the rule, the text that it matched, and the link
   */
  readonly comment?: string | ((verdict: KnownVerdict) => string) | null;
  /**
   * The auto-analysis of ReportPortal leaves the item alone.
   *
   * @default true
   */
  readonly ignoreAnalyzer?: boolean | null;
  /**
   * Where an issue is whose rule has no `url`: a web address with `%s` for the issue.
   *
   * @default none
   * @example 'https://bugs.example/browse/%s'
   */
  readonly issueUrl?: string | null;
  /**
   * The address of the bug tracker, as it is set in ReportPortal. With `btsProject` and the issue's link, the issue becomes a ticket
   * of the item (`externalSystemIssues`). Without one of the three the link stands in the comment only, because the server refuses a ticket that lacks a field.
   *
   * @default none
   */
  readonly btsUrl?: string | null;
  /**
   * The project in the bug tracker, as it is set in ReportPortal.
   *
   * @default none
   */
  readonly btsProject?: string | null;
}

/** The `issue` of `finishTestItem`. */
export interface ReportPortalIssue {
  issueType: string;
  comment: string;
  ignoreAnalyzer: boolean;
  externalSystemIssues?: { ticketId: string; url: string; btsUrl: string; btsProject: string; submitDate: number }[];
}

export interface ClientOptions extends IssueOptions {
  /**
   * The list: a source of `watchRules`, or a watcher, which stays open. While it is being loaded, ends of failed items wait for it. Null: somebody else
   * calls `loadRules`.
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
   * When an item with several errors is a known failure: if all of them are known, or if any is. Errors are the item's logs of level
   * `error` and `fatal`.
   *
   * @default 'all'
   */
  readonly errors?: 'all' | 'any' | null;
  /**
   * How long the verdict on one error may hold the process, in milliseconds, from 1 to 60,000. When the time is up, the error is unknown.
   *
   * @default 20
   */
  readonly timeLimitMs?: number | null;
  /**
   * Is called with each warning, once.
   *
   * @default a warning of the process, of type `KnownFailuresWarning`
   */
  readonly warn?: ((message: string) => void) | null;
}

/** What is needed of a client of `@reportportal/client-javascript`. */
export interface ReportPortalClient {
  // biome-ignore lint/suspicious/noExplicitAny: the client's own types differ between its versions
  startTestItem(...given: any[]): any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  sendLog(...given: any[]): any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  finishTestItem(...given: any[]): any;
}

/**
 * The issue that `finishTestItem` takes. Null if the failure is not a known one.
 *
 * @throws `TypeError` of `code` `ERR_INVALID_ARG` for an option that is wrong or does not exist.
 * @example
 * ```js
 * const verdict = await classify(test, error)
 * client.finishTestItem(id, { status: 'failed', issue: reportPortalIssue(verdict) ?? undefined })
 * ```
 */
export declare function reportPortalIssue(verdict: KnownVerdict, options?: IssueOptions | null): ReportPortalIssue | null;

/**
 * Has a client send the issue of each failed item, whichever agent uses it. Its name is made of the items around it and its own; its errors
 * are its logs of level `error` and `fatal`, and those of its nested steps. An item that already has an issue keeps it.
 *
 * It never throws, and neither do the client's functions because of it. An option that is wrong or does not exist is a warning.
 *
 * @returns The client.
 * @example
 * ```js
 * class Reporter extends require('@reportportal/agent-js-mocha') {
 *   constructor(runner, options) {
 *     super(runner, options)
 *     withKnownFailures(this.rpClient, { rules: 'known-failures.json' })
 *   }
 * }
 * ```
 */
export declare function withKnownFailures<C extends ReportPortalClient>(client: C, options?: ClientOptions | null): C;

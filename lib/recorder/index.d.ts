// known-failures/recorder: the core of a log plugin.

import type { RulesSource, WatchOptions } from '../rules/index.js';
import type { RecordedTest, RunReport } from './run-report.js';

export type * from './run-report.js';

/**
 * Makes a recorder for one run. An adapter of a test runner calls its functions from the runner's hooks.
 *
 * @throws `TypeError` of `code` `ERR_INVALID_ARG` for an option that is wrong or does not exist, and for no other reason.
 * @example
 * ```js
 * const recorder = createRecorder({ title: 'shop', rules: 'https://example.com/known-failures.json' })
 * recorder.startTest({ id: '1', suites: ['Cart'], title: 'pays by card' })
 * await recorder.endTest({ id: '1', status: 'failed', errors: [new Error('Timeout')] })
 * console.log(formatSummary(await recorder.endRun()))
 * ```
 */
export declare function createRecorder(options?: RecorderOptions | null): Recorder;

/** What `watchRules` of `known-failures/rules` gives, as far as a recorder needs it. */
export interface ListWatcher {
  /** Resolves when the list is in force. Verdicts wait for it. If it rejects, that is a warning. */
  readonly ready: PromiseLike<unknown>;
  /** What the report says of the list. */
  readonly status?: unknown;
}

export interface RecorderOptions {
  /**
   * What is run: a project's or a suite's name.
   *
   * @default ''
   */
  readonly title?: string | null;
  /**
   * The test runner.
   *
   * @default null
   */
  readonly runner?: { readonly name: string; readonly version?: string | null } | null;
  /**
   * The list of known failures: a watcher, which stays open; or a source of `watchRules`, a URL, a path or a function, of which
   * the recorder makes a watcher at the start of the run and closes it at its end. Null: somebody else calls `loadRules`.
   * A source that is wrong is a warning.
   *
   * @default null
   */
  readonly rules?: ListWatcher | RulesSource | null;
  /**
   * Options of `watchRules`, if `rules` is a source.
   *
   * @default none
   */
  readonly rulesOptions?: WatchOptions | null;
  /**
   * How long verdicts wait for the list, in milliseconds from the first failure. Then they go on with what is in force.
   *
   * @default 60_000
   */
  readonly rulesWaitMs?: number | null;
  /**
   * When a test with several errors is `Broken`: if all of them are known, or if any is. `all` never hides an unknown error behind
   * a known one, as soft assertions and failing hooks would with `any`.
   *
   * @default 'all'
   */
  readonly errors?: 'all' | 'any' | null;
  /**
   * What the status of a retried test is: its last attempt's, or that of its worst one.
   *
   * @default 'last'
   */
  readonly retries?: 'last' | 'each' | null;
  /**
   * Samples how late the event loop is. A runtime that cannot do this gives `eventLoop: null` in the report.
   *
   * @default false
   */
  readonly eventLoop?: boolean | null;
  /**
   * UTF-16 code units of an error's text, a step's title or a message in the report, from 256 to 1,048,576. Rules are matched
   * against the whole text.
   *
   * @default 16_384
   */
  readonly maxTextUnits?: number | null;
  /**
   * Bytes that the steps and messages of all tests take, about. Beyond it those of passed tests are dropped, the earliest first,
   * and `RecordedTest.dropped` counts them.
   *
   * @default 67_108_864
   */
  readonly maxLogBytes?: number | null;
  /**
   * Is called with each warning: a list that did not load, a verdict that failed, an event that cannot be read. The report has
   * them, too.
   *
   * @default a warning of the process, of type `KnownFailuresWarning`
   */
  readonly warn?: ((message: string) => void) | null;
  /**
   * The clock, in milliseconds. Events have their times from it.
   *
   * @default performance.now
   */
  readonly now?: (() => number) | null;
}

/**
 * The hooks of a run. None of them throws, and their promises never reject, whatever they are given. Events may come late, twice,
 * in any order and for tests that were never started. They are functions, and need no `this`.
 */
export interface Recorder {
  /** The run begins: its clock, and the load of the list. Without it, the first other event begins the run. Returns at once. */
  startRun(): void;
  /**
   * A test, or an attempt of it, begins. Returns at once.
   *
   * A second start with the same `id` is a retry if the attempt before has ended.
   */
  startTest(test: TestStart): void;
  /** An event of a step. Returns at once. */
  onLog(event: LogEvent): void;
  /**
   * A test, or an attempt of it, ended. Its errors are read before this returns. Of several ends of one attempt the worst status
   * counts, and their errors are put together.
   *
   * Await it if the runner waits for you; `endRun` awaits all verdicts anyway.
   *
   * @returns The test so far, with its verdicts.
   */
  endTest(result: TestEnd): Promise<RecordedTest>;
  /** Something that is no test failed. @returns It, with its verdicts. */
  fail(failure: OtherFailure): Promise<RecordedTest>;
  /**
   * The run ended. Awaits all verdicts, those that nobody awaited, too. A list that is still being loaded is awaited only if a test
   * failed. Events that come later are recorded: call it again to have them in a report.
   */
  endRun(): Promise<RunReport>;
}

/** What is known of a test. What is told first stays. */
export interface TestIdentity {
  /**
   * The runner's id, unique within the run, the same for all attempts. A number is taken as its decimal text.
   *
   * @default the titles of suites and test
   */
  readonly id?: string | number;
  /** Titles of the suites around it, from the outside. Empty ones are left out. */
  readonly suites?: readonly string[];
  readonly title?: string;
  /** The test file: a path or a `file:` URL. */
  readonly file?: string | null;
  /** Which attempt, from 0. By default the latest one, and a new one for a start after an end. */
  readonly attempt?: number;
  /** When it started, in milliseconds since 1970, if the event comes later than that. */
  readonly startedAt?: number;
}

export interface TestStart extends TestIdentity {}

export interface TestEnd extends TestIdentity {
  /** `unfinished`: it was interrupted. Anything else is taken as `failed`, with a warning. */
  readonly status: 'passed' | 'failed' | 'skipped' | 'unfinished';
  /**
   * What it failed with, in any form that `classify` takes: 1,000 errors at most. Those of a test that passed belong to an earlier
   * attempt that the runner does not tell apart.
   */
  readonly errors?: unknown;
  /** The same for runners that have one. Read if there are no `errors`. */
  readonly error?: unknown;
  /**
   * Milliseconds.
   *
   * @default the time since its start
   */
  readonly durationMs?: number | null;
}

export interface OtherFailure {
  /** A hook of a suite, a file that did not load, or the run itself: a crash, an unhandled rejection. */
  readonly kind: 'hook' | 'file' | 'run';
  readonly suites?: readonly string[];
  /** @default `file`, else `kind` */
  readonly title?: string;
  readonly file?: string | null;
  readonly errors?: unknown;
  readonly error?: unknown;
  readonly durationMs?: number | null;
  readonly startedAt?: number;
}

/** Start, end or message of a step. They may come in any order, even after their test's end. */
export interface LogEvent {
  /** The test's id. */
  readonly test: string | number;
  readonly type: 'start' | 'end' | 'message';
  /** The step's id, unique within its attempt. A message without it belongs to the test. */
  readonly step?: string | number | null;
  /** Of a start: the id of the enclosing step. */
  readonly parent?: string | number | null;
  /** Of a start. */
  readonly title?: string;
  /** Of an end. `passed` by default. */
  readonly status?: 'passed' | 'failed';
  /** Of a message. */
  readonly text?: string;
  /** When it happened, by the clock of the option `now`. Default: now. */
  readonly at?: number;
  /** As in `TestIdentity`. */
  readonly attempt?: number;
}

/**
 * Reads a run report and checks that it is one.
 *
 * @param json Its text, its bytes in UTF-8, or what `JSON.parse` gave.
 * @throws `Error` of `code` `ERR_REPORT_FORMAT`: it is no run report, or of a version that this package does not know.
 */
export declare function readRunReport(json: string | Uint8Array | object): RunReport;

/**
 * One report of those of several shards or processes. Issues, unknown failures, hits and counts are derived anew; of the lists of
 * rules, the worst one is kept. A test that several reports have is there several times.
 *
 * @throws `Error` of `code` `ERR_REPORT_FORMAT`, as `readRunReport`; `TypeError` of `code` `ERR_INVALID_ARG` without a report.
 */
export declare function mergeReports(reports: readonly (RunReport | string | Uint8Array)[]): RunReport;

/**
 * The summary of a run for a console: unknown failures first and in full, known ones by issue, then what is wrong with the list.
 * Control characters of texts are removed.
 */
export declare function formatSummary(report: RunReport, options?: SummaryOptions | null): string;

export interface SummaryOptions {
  /**
   * Where it will be written: decides about width and colours.
   *
   * @default process.stdout
   */
  readonly stream?: { readonly isTTY?: boolean; readonly columns?: number } | null;
  /**
   * Columns, from 40 to 10,000. Links and frames of a stack are never broken.
   *
   * @default those of a terminal, else 100
   */
  readonly width?: number | null;
  /** @default true on a terminal, unless `NO_COLOR` is set */
  readonly color?: boolean | null;
  /** Groups of unknown failures, and issues. @default 20 */
  readonly maxGroups?: number | null;
  /** Tests of a group, rules and warnings. @default 10 */
  readonly maxTests?: number | null;
  /** Lines of an error. @default 20 */
  readonly maxLines?: number | null;
}

/**
 * What the text of an unknown failure has in common with those of the same fault in other tests and runs: its first lines and those
 * of its causes, with numbers, times, ids, hashes, addresses, paths and quoted values folded. At most 300 UTF-16 code units.
 *
 * @param text As `errorText` gives it. Null: there was no error.
 */
export declare function signatureOf(text: string | null): string;

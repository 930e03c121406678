// The run report: what a recorder gives, and what the page, the outputs and the commands read. `format` and `formatVersion`
// say so; a reader refuses a version that it does not know. New keys may come without a new version.

import type { RejectedRule, RuleWarning } from '../../index.js';

/** A run of tests with the verdict on every failure. JSON, in UTF-8. */
export interface RunReport {
  format: 'known-failures-run';
  formatVersion: 1;
  /** What was run: a project's or a suite's name. */
  title: string;
  /** The test runner. Null if the recorder was not told. */
  runner: { name: string; version: string | null } | null;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** Milliseconds from the first hook of the run to its last. */
  durationMs: number;
  /** `failed` if a test is `Failed`, `Broken` or `unfinished`. */
  status: 'passed' | 'failed';
  counts: RunCounts;
  rules: RunRules;
  /** Known failures by issue, the one with the most tests first. */
  issues: KnownIssue[];
  /** Unknown failures by signature, the one with the most tests first. */
  unknown: UnknownGroup[];
  /** In the order of their start. Suites are the common beginnings of `suites`. */
  tests: RecordedTest[];
  /** How late the event loop was, sampled during the run. Null if it was not measured. */
  eventLoop: LoopSample[] | null;
  /** What went wrong around the run and was only a warning then: a list that did not load, a verdict that failed. */
  warnings: string[];
}

/** Tests by their status. `flaky` ones are among `passed`, or with `retries: 'each'` among `broken` and `failed`. */
export interface RunCounts {
  total: number;
  passed: number;
  skipped: number;
  broken: number;
  failed: number;
  unfinished: number;
  flaky: number;
}

/** The list of known failures as this run had it. */
export interface RunRules {
  /** URL or path of the list. Null if a function gave it, or nobody. */
  source: string | null;
  /** `LoadReport.version`. Null if no list was in force. */
  version: string | null;
  /** `fresh`: loaded or confirmed by its source in this run. `stale`: an earlier list, because the source failed. `none`: no list. */
  state: 'fresh' | 'stale' | 'none';
  /** When the source last gave or confirmed the list. ISO 8601. Null if it never did. */
  confirmedAt: string | null;
  /** Why the list is stale or missing. */
  reason: string | null;
  /** Rules in the list, and those in force. */
  total: number;
  active: number;
  rejected: RejectedRule[];
  warnings: RuleWarning[];
  /** The rules that gave a verdict in this run, the one with the most failures first. */
  hits: RuleHits[];
}

export interface RuleHits {
  /** Index in the list. */
  rule: number;
  id: string | null;
  issue: string;
  url: string | null;
  /** Errors that this rule gave the verdict on. */
  failures: number;
}

export interface KnownIssue {
  issue: string;
  /** Of the first rule that matched and has one. */
  url: string | null;
  /** Indexes of the rules that matched. */
  rules: number[];
  /** Indexes in `RunReport.tests`, of `Broken` ones. A test whose errors have several issues is in each of them. */
  tests: number[];
}

export interface UnknownGroup {
  /** The error's text with what varies folded: numbers, ids, hashes, paths, quoted values. */
  signature: string;
  /** Indexes in `RunReport.tests`, of `Failed` ones. A test with several unknown errors may be in several groups. */
  tests: number[];
}

/**
 * A test, or something else that failed: a hook of a suite, a file that did not load, the run itself (a crash, an unhandled
 * rejection).
 */
export interface RecordedTest {
  /** The runner's id, unique within the run. `hook-1` and the like for what is no test. */
  id: string;
  kind: 'test' | 'hook' | 'file' | 'run';
  /** Titles of the suites around it, from the outside. May begin with a project or a browser. */
  suites: string[];
  title: string;
  /** `suites` and `title` joined by ` › `: the name that a rule's `test` is matched with. */
  name: string;
  /** Path of the test file, relative to the working directory if it is below it. */
  file: string | null;
  /**
   * The last attempt's (or with `retries: 'each'` the worst attempt's): `Broken` or `Failed` for a failed one. `unfinished`: it started and never ended.
   */
  status: 'passed' | 'skipped' | 'Broken' | 'Failed' | 'unfinished';
  /** It passed after an attempt that failed. */
  flaky: boolean;
  /** The issue of the verdict. Null unless `Broken`. */
  issue: string | null;
  url: string | null;
  /** Milliseconds since the run's start. */
  startedMs: number | null;
  durationMs: number | null;
  /** In order. One, unless it was retried. */
  attempts: Attempt[];
  /** What was logged outside of all steps. */
  messages: string[];
  /** If several attempts logged something, each of them is a step: `attempt 1` and so on. At most 100 levels. */
  steps: RecordedStep[];
  /** Steps and messages that were not kept, because of the recorder's limits. */
  dropped: number;
}

export interface Attempt {
  status: 'passed' | 'skipped' | 'Broken' | 'Failed' | 'unfinished';
  durationMs: number | null;
  failures: RecordedFailure[];
}

/** One error of a test, and the verdict on it. */
export interface RecordedFailure {
  /** The text that was matched, cut at 16,384 UTF-16 code units (`maxTextUnits`). Empty if there was no error. */
  text: string;
  /** `text` was cut. */
  cut: boolean;
  status: 'Broken' | 'Failed';
  issue: string | null;
  url: string | null;
  /** `Verdict.reason`, or `no-verdict` if there was none because of an error of ours. */
  reason: 'matched' | 'no-match' | 'no-error' | 'no-rules' | 'time-limit' | 'no-verdict';
  /** Index of the rule in the list that was in force then, and its id. */
  rule: number | null;
  id: string | null;
  /** Where the rule's `error` matched, in UTF-16 code units of the whole text. */
  match: { start: number; end: number } | null;
  /** Of an unknown failure. */
  signature: string | null;
}

export interface RecordedStep {
  title: string;
  status: 'passed' | 'failed' | 'unfinished';
  startedMs: number | null;
  durationMs: number | null;
  messages: string[];
  steps: RecordedStep[];
}

export interface LoopSample {
  /** Milliseconds since the run's start. */
  atMs: number;
  /** How late a timer was, in milliseconds: the longest of the interval. */
  delayMs: number;
}

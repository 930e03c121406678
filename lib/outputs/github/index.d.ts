// known-failures/github: a run's report where GitHub Actions shows it. The option `github` of every adapter does all of it.

import type { RunReport } from '../../recorder/run-report.js';

export interface StepSummaryOptions {
  /**
   * Bytes of the summary in UTF-8, from 1024 to 1,048,576. What does not fit is counted: GitHub refuses a summary that is larger as a
   * whole.
   *
   * @default 1_048_576
   */
  readonly maxBytes?: number | null;
}

export interface AnnotationOptions {
  /**
   * The root of the checkout. Files are named relative to it.
   *
   * @default the environment variable `GITHUB_WORKSPACE`, else `cwd`
   */
  readonly workspace?: string | null;
  /**
   * The folder that the report's files are relative to.
   *
   * @default process.cwd()
   */
  readonly cwd?: string | null;
}

/**
 * The summary of a step, in Markdown: unknown failures with their texts, then known ones by issue. Texts are shown as they are, whatever
 * they say.
 *
 * @throws `TypeError` of `code` `ERR_INVALID_ARG` for an option that is wrong or does not exist.
 */
export declare function formatStepSummary(report: RunReport, options?: StepSummaryOptions | null): string;

/**
 * Workflow commands, each on a line: `::error` for each kind of unknown failure, with file and line of its first test, `::notice` for
 * each known issue, `::warning` if the list was missing, stale or had rules that were refused. At most ten of each, which is what GitHub
 * shows; the tenth says how many there are. Nothing in a text can begin another command.
 *
 * @throws `TypeError` of `code` `ERR_INVALID_ARG` for an option that is wrong or does not exist.
 */
export declare function formatAnnotations(report: RunReport, options?: AnnotationOptions | null): string;

/**
 * Prints the annotations, and appends the summary to the file that the environment variable `GITHUB_STEP_SUMMARY` names, if there is one.
 *
 * @param print Default: to standard output.
 * @returns A promise that rejects if the file cannot be written, or has no room left.
 */
export declare function writeGitHub(report: RunReport, print?: (text: string) => void): Promise<void>;

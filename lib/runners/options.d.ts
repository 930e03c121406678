// The options that all adapters have.

import type { RecorderOptions, RunReport } from '../recorder/index.js';

/**
 * Options of an adapter, the same in every runner. A wrong one is a warning that names the nearest, and its default is taken: a
 * typo must not stop the run.
 */
export interface AdapterOptions extends Omit<RecorderOptions, 'runner' | 'now'> {
  /**
   * Print the summary at the end of the run: unknown failures first, known ones by issue.
   *
   * @default true
   */
  readonly summary?: boolean | null;
  /**
   * Write the run report as JSON to this path. Folders are made.
   *
   * @default null
   */
  readonly report?: string | null;
  /**
   * Write the HTML page to this path. Folders are made.
   *
   * @default null
   */
  readonly page?: string | null;
  /**
   * Write the run as JUnit XML to this path, with the issues as properties. Folders are made.
   *
   * @default null
   */
  readonly junit?: string | null;
  /**
   * Append the summary of the step and print annotations, for GitHub Actions. `auto`: if the environment variable `GITHUB_ACTIONS` is
   * `true`.
   *
   * @default 'auto'
   */
  readonly github?: 'auto' | boolean | null;
  /**
   * Called with the run report at the end of the run, and awaited.
   *
   * @default null
   */
  readonly onReport?: ((report: RunReport) => unknown) | null;
}

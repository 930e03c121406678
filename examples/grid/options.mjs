// The command line of the Grid demo.

import { join } from 'node:path';
import { parseArgs } from 'node:util';

export const usage = `npm run demo:grid -- [options]

  --page <file>  where the page goes      .cache/demo-grid/report.html
  --verify       compare every verdict with the JavaScript loop;
                 exit code 1 if one differs, or if a rule of
                 examples/grid/rules.json matched nothing
  --help

  CHROMIUM, CHROMEDRIVER, JAVA_HOME  programs that are not on the PATH

  Exit codes: 0 done, 1 --verify found something, or the Grid failed,
  2 wrong options, 3 a program is missing`;

/** A mistake in the options: the message and the usage are all that a user needs to see. */
export class UsageError extends Error {}

/** @throws {UsageError} */
export function parseOptions(args) {
  try {
    return parseArgs({
      args,
      options: {
        page: { type: 'string', default: join('.cache', 'demo-grid', 'report.html') },
        verify: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error.message);
  }
}

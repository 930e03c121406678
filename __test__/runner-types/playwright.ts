// Checked by `tsc`, never run.

import KnownFailures from 'known-failures/playwright';

const options: KnownFailures.Options = { rules: 'rules.json', projectInName: true, page: 'run.html' };
const reporter = new KnownFailures(options);
const ended: Promise<void> = reporter.onEnd();

// @ts-expect-error there is no such option
const misspelt: KnownFailures.Options = { projectName: true };

export { ended, misspelt };

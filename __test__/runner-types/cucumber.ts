// Checked by `tsc`, never run.

import KnownFailures, { attachIssue } from 'known-failures/cucumber';

const options: KnownFailures.Options = { rules: 'rules.json', errors: 'any', report: 'run.json' };
const finished: Promise<void> = new KnownFailures({ parsedArgvOptions: { knownFailures: options } }).finished();
const hook: (scenario: object) => Promise<void> = attachIssue({ rules: 'rules.json', rulesWaitMs: 100 });

// @ts-expect-error there is no such option
const misspelt: KnownFailures.Options = { rule: 'rules.json' };
// @ts-expect-error of the plugin only
attachIssue({ report: 'run.json' });

export { finished, hook, misspelt };

// Checked by `tsc`, never run.

import KnownFailures from 'known-failures/mocha';

const options: KnownFailures.Options = { rules: 'rules.json', base: 'dot', baseOptions: { output: 'x.xml' }, summary: false };
const reporter = new KnownFailures({}, { reporterOption: options });
const done: Promise<void> = reporter.done(0, (failures: number) => failures);

// @ts-expect-error there is no such option
const misspelt: KnownFailures.Options = { rule: 'rules.json' };

export { done, misspelt };

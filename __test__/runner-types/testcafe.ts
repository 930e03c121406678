// Checked by `tsc`, never run.

import knownFailures from 'known-failures/testcafe';

const options: knownFailures.Options = { rules: 'rules.json', page: 'run.html' };
const reporter: object = knownFailures(options);

// @ts-expect-error there is no such option
knownFailures({ rule: 'rules.json' });

export { reporter };

// Checked by `tsc`, never run.

import KnownFailures from 'known-failures/jest';

const options: KnownFailures.Options = { rules: 'rules.json', errors: 'any' };
const reporter = new KnownFailures({}, options);

// @ts-expect-error 'both' is not one of them
const wrong: KnownFailures.Options = { errors: 'both' };

export { reporter, wrong };

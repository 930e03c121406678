// Checked by `tsc`, never run.

import { run } from 'node:test';
import reporter, { createReporter } from 'known-failures/node-test';

const options: reporter.Options = { rules: 'rules.json' };
run().compose(createReporter(options));
run().compose(reporter);

// @ts-expect-error a number of milliseconds
createReporter({ rulesWaitMs: '5000' });

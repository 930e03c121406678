// Checked by `tsc`, never run.

import KnownFailures from 'known-failures/vitest';

const reporter = new KnownFailures({ rules: async () => [], report: 'run.json', onReport: (report) => report.status });
const known: KnownFailures.KnownFailure = { issue: 'SHOP-1', url: null };

// @ts-expect-error there is no such option
new KnownFailures({ rule: 'rules.json' });

export { known, reporter };

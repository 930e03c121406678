// Checked by `tsc`, never run.

import KnownFailures from 'known-failures/webdriverio';

const options: KnownFailures.Options = { rules: new URL('https://example.com/list.json'), browserInName: true };
const service = new KnownFailures(options);
const ended: Promise<void> = service.onComplete();

// @ts-expect-error a boolean
new KnownFailures({ browserInName: 'chrome' });

export { ended };

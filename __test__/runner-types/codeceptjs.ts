// Checked by `tsc`, never run.

import knownFailures from 'known-failures/codeceptjs';

const options: knownFailures.Options = {
  enabled: true,
  require: 'known-failures/codeceptjs',
  rules: 'rules.json',
  summary: false,
};
knownFailures(options);

// @ts-expect-error there is no such option
const misspelt: knownFailures.Options = { rule: 'rules.json' };

export { misspelt };

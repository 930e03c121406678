// node:test: the events of `run()`. Suites fail because of their tests; those failures are no failures of their own.

import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import suite from '../bodies.cjs';
import recorder from '../record.cjs';

const file = (name) => fileURLToPath(new URL(name, import.meta.url));

for await (const { type, data } of run({ files: [file('cart.test.mjs'), file('unparsable.test.mjs')] })) {
  if (type !== 'test:fail') continue;
  const { error } = data.details;
  if (error.failureType === 'subtestsFailed' || error.failureType === 'cancelledByParent') continue;
  const title = data.name.includes('unparsable') ? suite.unparsable[0] : undefined;
  await recorder.record('node:test details.error', data, error, title);
}

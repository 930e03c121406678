// Vitest: errors come serialised from a worker; the hooks of a reporter are awaited.

import suite from '../bodies.cjs';
import recorder from '../record.cjs';

const HOOK = 'Vitest reporter errors';

export default class {
  async onTestCaseResult(test) {
    const { state, errors } = test.result();
    if (state === 'failed') await recorder.record(HOOK, test, errors);
  }

  async onTestSuiteResult(suite) {
    if (suite.errors().length > 0) await recorder.record(HOOK, suite, suite.errors());
  }

  async onTestModuleEnd(module) {
    if (module.errors().length > 0) await recorder.record(HOOK, module, module.errors(), suite.unparsable[0]);
  }
}

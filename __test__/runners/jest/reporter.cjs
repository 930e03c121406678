// Jest: `onTestResult` is awaited, in the main process.

const { record } = require('../record.cjs');
const { unparsable, afterAll } = require('../bodies.cjs');

const runner = process.env.HOOK;

module.exports = class {
  async onTestResult(_test, result) {
    for (const test of result.testResults) {
      if (test.status !== 'failed') continue;
      await record(`${runner} failureMessages`, test, test.failureMessages);
      await record(`${runner} failureDetails`, test, test.failureDetails);
    }
    if (result.testExecError) {
      const title = result.testFilePath.includes('unparsable') ? unparsable[0] : afterAll[0];
      await record(`${runner} testExecError`, result.testFilePath, result.testExecError, title);
    }
  }
};

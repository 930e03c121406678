// Jest: the environment of a test file, in a worker; `handleTestEvent` is awaited.

const { TestEnvironment } = require('jest-environment-node');
const { record } = require('../record.cjs');

module.exports = class extends TestEnvironment {
  async handleTestEvent({ name, test }) {
    if (name === 'test_done' && test.errors.length > 0) await record(`${process.env.HOOK} environment`, test, test.errors);
  }
};

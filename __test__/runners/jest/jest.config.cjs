const { TIMEOUT_MS } = require('../bodies.cjs');

module.exports = {
  rootDir: __dirname,
  testMatch: ['**/*.test.cjs'],
  testTimeout: TIMEOUT_MS,
  testEnvironment: './environment.cjs',
  reporters: ['./reporter.cjs'],
};

// For Cucumber before 12.5, which has no plugins.
module.exports = {
  default: {
    format: ['progress', ['message', 'messages.ndjson'], ['known-failures/cucumber', 'known-failures.txt']],
    formatOptions: {
      knownFailures: { rules: process.env.KNOWN_FAILURES ?? '../known-failures.json', report: 'run.json' },
    },
    retry: 1,
    retryTagFilter: '@flaky',
  },
};

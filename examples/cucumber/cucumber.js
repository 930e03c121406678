module.exports = {
  default: {
    plugin: ['known-failures/cucumber'],
    pluginOptions: {
      knownFailures: { rules: process.env.KNOWN_FAILURES ?? '../known-failures.json', report: 'run.json' },
    },
    format: [['message', 'messages.ndjson']],
    retry: 1,
    retryTagFilter: '@flaky',
  },
};

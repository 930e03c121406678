module.exports = {
  src: 'tests/*.js',
  browsers: [process.env.BROWSER ?? 'chromium:headless'],
  testExecutionTimeout: 3000,
  disableNativeAutomation: true,
  reporter: [
    'spec',
    {
      name: require('known-failures/testcafe'),
      options: { rules: process.env.KNOWN_FAILURES ?? '../known-failures.json', report: 'run.json' },
    },
  ],
};

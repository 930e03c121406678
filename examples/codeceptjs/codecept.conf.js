exports.config = {
  tests: 'tests/*.js',
  output: 'output',
  helpers: {
    Playwright: {
      url: 'about:blank',
      browser: 'chromium',
      chromium: { executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] },
    },
  },
  plugins: {
    knownFailures: {
      enabled: true,
      require: 'known-failures/codeceptjs',
      rules: process.env.KNOWN_FAILURES ?? '../known-failures.json',
      report: 'run.json',
    },
  },
};

module.exports = {
  reporter: 'known-failures/mocha',
  'reporter-option': {
    rules: process.env.KNOWN_FAILURES ?? '../known-failures.json',
    report: 'run.json',
  },
};

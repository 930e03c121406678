module.exports = {
  reporters: [
    'default',
    ['known-failures/jest', { rules: process.env.KNOWN_FAILURES ?? '../known-failures.json', report: 'run.json' }],
  ],
};

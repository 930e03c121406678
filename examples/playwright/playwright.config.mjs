import process from 'node:process';

export default {
  testDir: 'tests',
  fullyParallel: true,
  reporter: [
    ['known-failures/playwright', { rules: process.env.KNOWN_FAILURES ?? '../known-failures.json', report: 'run.json' }],
    ['html', { open: 'never' }],
    ['json', { outputFile: 'report.json' }],
    ['junit', { outputFile: 'report.xml' }],
  ],
};

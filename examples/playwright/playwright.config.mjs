import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests',
  reporter: [
    ['known-failures/playwright', { rules: process.env.KNOWN_FAILURES ?? '../known-failures.json', report: 'run.json' }],
    ['html', { open: 'never' }],
    ['json', { outputFile: 'report.json' }],
    ['junit', { outputFile: 'report.xml' }],
  ],
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: [
      'default',
      ['json', { outputFile: 'vitest.json' }],
      ['known-failures/vitest', { rules: process.env.KNOWN_FAILURES ?? '../known-failures.json', report: 'run.json' }],
    ],
  },
});

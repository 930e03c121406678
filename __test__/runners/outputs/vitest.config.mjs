import { fileURLToPath } from 'node:url';
import { allureListener } from 'known-failures/allure';
import { watchRules } from 'known-failures/rules';
import { defineConfig } from 'vitest/config';

const rules = watchRules(fileURLToPath(new URL('rules.json', import.meta.url)));
await rules.ready;

export default defineConfig({
  test: {
    include: ['suites/*.test.mjs'],
    setupFiles: ['allure-vitest/setup'],
    reporters: [
      [
        'allure-vitest/reporter',
        {
          resultsDir: process.env.ALLURE_RESULTS,
          listeners: [allureListener({ rules, issueUrl: 'https://bugs.example/browse/%s' })],
        },
      ],
    ],
  },
});

import { createRequire } from 'node:module';

// Vite bundles what a configuration imports
const { TIMEOUT_MS } = createRequire(import.meta.url)('../bodies.cjs');

export default {
  test: {
    root: import.meta.dirname,
    include: ['*.test.mjs'],
    testTimeout: TIMEOUT_MS,
    reporters: ['./reporter.mjs'],
    cache: false,
  },
};

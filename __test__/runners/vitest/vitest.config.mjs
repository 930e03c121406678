import suite from '../bodies.cjs';

export default {
  test: {
    root: import.meta.dirname,
    include: ['*.test.mjs'],
    testTimeout: suite.TIMEOUT_MS,
    reporters: ['./reporter.mjs'],
    cache: false,
  },
};

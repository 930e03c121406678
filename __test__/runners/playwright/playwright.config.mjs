import { tmpdir } from 'node:os';
import suite from '../bodies.cjs';

export default {
  testDir: import.meta.dirname,
  timeout: suite.TIMEOUT_MS,
  workers: 2,
  fullyParallel: true,
  outputDir: `${tmpdir()}/known-failures-playwright`,
  reporter: './reporter.mjs',
};

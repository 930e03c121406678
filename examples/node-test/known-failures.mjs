import { createReporter } from 'known-failures/node-test';

export default createReporter({
  rules: process.env.KNOWN_FAILURES ?? '../known-failures.json',
  report: 'run.json',
});

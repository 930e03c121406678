import { createRequire } from 'node:module';
import { classify, compileJson } from './loop-of-rules.mjs';

const shm = createRequire(import.meta.url)('shm-typed-array');
const [key, length] = process.argv.slice(2).map(Number);

process.once('message', ({ test, error }) => {
  const rules = compileJson(shm.get(key, 'Buffer').subarray(0, length).toString());
  process.send(classify(rules, test, error), () => process.exit(0));
});

import { readFileSync } from 'node:fs';
import { workerData } from 'piscina';
import { classify, compileJson } from './loop-of-rules.mjs';

const rules = compileJson(readFileSync(workerData, 'utf8'));

export default ({ test, error }) => classify(rules, test, error);

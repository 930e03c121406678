// Lists and texts that have little in common: vocabulary, shape and length of patterns, shared prefixes, length and alphabet of texts.
//
//   const { rules, texts } = WORKLOADS.get('logs').generate({ seed: 1, profile: 'typical', texts: 2000 })
//
// Each gives a *plain* list (see literal.mjs) and a *typical* one, whose shares are its own. Half of the texts were made from a rule.

import { apiTests } from './api-tests.mjs';
import { codes } from './codes.mjs';
import { crawlers } from './crawlers.mjs';
import { javaStacks } from './java-stacks.mjs';
import { keywords } from './keywords.mjs';
import { languages } from './languages.mjs';
import { logLines, logs } from './logs.mjs';
import { numbers } from './numbers.mjs';
import { packages } from './packages.mjs';
import { quoted } from './quoted.mjs';
import { realErrors } from './real-errors.mjs';
import { responses } from './responses.mjs';
import { services } from './services.mjs';
import { uiTests } from './ui-tests.mjs';
import { unitTests } from './unit-tests.mjs';

const all = [
  uiTests,
  unitTests,
  services,
  apiTests,
  realErrors,
  languages,
  packages,
  logLines,
  logs,
  crawlers,
  javaStacks,
  keywords,
  numbers,
  codes,
  responses,
  quoted,
];

/** @type {Map<string, import('./list.mjs').Workload>} */
export const WORKLOADS = new Map(all.map((workload) => [workload.name, workload]));

// A process of a run that watches a list: prints its status once the list is there, and then has nothing to do but to end.
//
//   node rules-process.mjs URL OPTIONS

import { classify } from 'known-failures';
import { watchRules } from 'known-failures/rules';

const [, , url, options] = process.argv;
const { state, from, fetches, reason } = await watchRules(url, JSON.parse(options)).ready;
const { issue } = await classify('a test', 'boom');
console.log(JSON.stringify({ state, from, fetches, reason, issue }));

// One process of compare: what a call costs the main thread, as a line of JSON.

import { callCost } from '../event-loop/call-cost.mjs';
import { addon } from '../harness/package.mjs';

const [calls, rounds] = process.argv.slice(2).map(Number);
console.log(JSON.stringify(await callCost(addon, { calls, rounds })));

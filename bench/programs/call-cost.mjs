// One process of compare: what a call costs the main thread, as a line of JSON.

import * as addon from '../../index.js';
import { callCost } from '../event-loop/call-cost.mjs';

const [calls, rounds] = process.argv.slice(2).map(Number);
console.log(JSON.stringify(await callCost(addon, { calls, rounds })));

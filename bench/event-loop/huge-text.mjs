// Does a text of 50 MB, which a rule matches at its very end, get its verdict, and does nothing of it stay in memory?

import { classify, loadRules } from '../../index.js';
import { residentMb } from '../harness/load.mjs';

/** @type {import('./main.mjs').Scenario} */
export async function measure({ quick, tell }) {
  const units = quick ? 1_000_000 : 50_000_000;
  // the first rule needs much memory before it fails
  await loadRules([
    { issue: 'A', error: '(?:a|b|(?=c)c)*?(?<=x)z' },
    { issue: 'B', error: 'end$' },
  ]);
  let wrong = 0;
  const before = await residentMb();
  for (let n = 0; n < 3; n++) {
    const started = performance.now();
    const { reason, issue, undecided } = await classify('', `${'ab'.repeat(units / 2)}end`);
    if (issue !== 'B') wrong++;
    const ms = Math.round(performance.now() - started);
    tell(`${units.toLocaleString('en')} units: ${reason}${undecided.length ? `, rule ${undecided} undecided` : ''} in ${ms} ms`);
  }
  const what = `a text of ${units / 1e6} MB`;
  return [
    { figure: `${what}: wrong verdicts of 3`, value: wrong, limit: 0 },
    { figure: `${what}: memory that stays`, value: (await residentMb()) - before, limit: 60, unit: ' MB' },
  ];
}

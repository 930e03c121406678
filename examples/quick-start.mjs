// Loads three rules, one of them broken, and classifies three failed tests: `npm run build && node examples/quick-start.mjs`

import { classify, loadRules } from '../index.js'; // in your project: 'known-failures'

const report = await loadRules([
  { issue: 'GRID-7: the hub drops sessions', error: 'session (deleted|not created)', flags: 'i' },
  { issue: 'SHOP-1432: checkout is slow', error: /Timeout of \d+ms exceeded/, test: '^Cart › ' },
  { issue: 'SHOP-1500: broken rule', error: 'total: (\\d+' },
]);
console.log(`${report.active} of ${report.total} rules in force`);
for (const { index, code, message, offset } of report.rejected) console.log(`rule ${index}: ${code}, ${message} (at ${offset})`);

for (const [test, error] of [
  ['Cart › pays by card', new Error('Timeout of 5000ms exceeded')],
  ['Login › remembers me', new Error('Timeout of 5000ms exceeded')],
  ['Login › logs out', 'SessionNotCreatedException: Session not created'],
]) {
  const { status, issue, match } = await classify(test, error);
  console.log(`${test}: ${status}${issue === null ? '' : `, ${issue}, by "${match?.text}"`}`);
}

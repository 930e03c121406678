import { classify, type LoadReport, loadRules, type Verdict } from 'known-failures';

const report: LoadReport = await loadRules([{ issue: 'SHOP-1432', error: /Timeout of \d+ms exceeded/, test: '^Cart › ' }]);
const verdict: Verdict = await classify('Cart › pays by card', new Error('Timeout of 5000ms exceeded'));
if (report.active === 1 && verdict.status === 'Broken') {
  const issue: string = verdict.issue;
  console.log(verdict.status, issue); // Broken SHOP-1432
}

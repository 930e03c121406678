// quick-start.mjs
import { classify, loadRules } from 'known-failures';

await loadRules([{ issue: 'SHOP-1432', error: 'Timeout of \\d+ms exceeded', test: '^Cart › ' }]);
const { status, issue } = await classify('Cart › pays by card', new Error('Timeout of 5000ms exceeded'));
console.log(status, issue); // Broken SHOP-1432

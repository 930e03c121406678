import knownFailures = require('known-failures');

async function main(): Promise<void> {
  await knownFailures.loadRules([{ issue: 'SHOP-1432', error: /Timeout of \d+ms exceeded/, test: '^Cart › ' }]);
  const verdict: knownFailures.Verdict = await knownFailures.classify(
    'Cart › pays by card',
    new Error('Timeout of 5000ms exceeded'),
  );
  // @ts-expect-error a status that does not exist: the types are there, and are not `any`
  if (verdict.status === 'Known') return;
  console.log(verdict.status, verdict.issue); // Broken SHOP-1432
}

main();

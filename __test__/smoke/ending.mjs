// How a process ends: `idle`, `pending`, `exit` or `throw`.

import process from 'node:process';
import { classify, classifyAll, loadRules } from '../../index.js';

const how = process.argv[2];

await loadRules([{ issue: 'SHOP-1', error: 'boom' }]);
if (how === 'idle') {
  console.log((await classify('', 'boom')).issue);
} else if (how === 'pending') {
  classifyAll(Array.from({ length: 1000 }, () => ({ error: 'boom' }))).then((verdicts) => {
    console.log(verdicts.length, verdicts[999].issue);
  });
} else {
  // minutes of work: with a back-reference no linear time is known
  await loadRules(Array.from({ length: 200 }, (_, n) => ({ issue: `S-${n}`, error: `([xy])[^]*\\1{${n + 2}}` })));
  const text = 'xy'.repeat(1000);
  const { signal } = new AbortController();
  for (let n = 0; n < 3000; n++) classify(`test ${n}`, text + n, n % 2 ? { signal } : undefined).catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 20));
  if (how === 'exit') process.exit(7);
  throw new Error('expected');
}

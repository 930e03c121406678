// Fails if an entry of a package-lock.json has no integrity or names a host. `npm run lock` mends both.
//
//   node scripts/check-lock-files.mjs

import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { faultsOf, lockedFolders } from './lib/lock-files.mjs';

let count = 0;
for (const folder of lockedFolders()) {
  const file = join(folder, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const faults = faultsOf(lock);
  count += faults.length;
  console.log(`${relative('', file)}: ${Object.keys(lock.packages).length} entries, ${faults.length} faults`);
  for (const fault of faults) console.log(`  ${fault}`);
}
if (count > 0) console.error('`npm run lock` mends them');
process.exitCode = count === 0 ? 0 : 1;

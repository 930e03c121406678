// Holds the dependencies of both workspaces to deny.toml, with cargo-deny.
//
//   npm run deny [-- advisories]
//
// Without a name: licenses, bans and sources, which need no network. Exit code 0: nothing found. 1: something found. 2: the run failed.

import { runCargoTool } from './lib/cargo-tools.mjs';
import { command } from './lib/command.mjs';

const CHECKS = ['licenses', 'bans', 'sources', 'advisories'];
const OFFLINE = CHECKS.slice(0, 3);
const USAGE = `usage: npm run deny -- [${CHECKS.join('|')}] ...
  default: ${OFFLINE.join(' ')}`;

const WORKSPACES = ['Cargo.toml', 'fuzz/Cargo.toml'];

await command({ usage: USAGE, options: {}, names: CHECKS }, async (_, names) => {
  const checks = names.length > 0 ? names : OFFLINE;
  let found = 0;
  for (const manifest of WORKSPACES) {
    console.log(`${manifest}:`);
    found |= runCargoTool('deny', ['--manifest-path', manifest, '--locked', '--config', 'deny.toml', 'check', ...checks]);
  }
  return found === 0 ? 0 : 1;
});

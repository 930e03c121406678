// Lints .github: actionlint reads the workflows, zizmor looks for security faults in them and in dependabot.yml, without the network.
//
//   npm run lint:workflows
//
// Exit code 0: nothing found. 1: something found.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPythonTools } from './lib/python-tools.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const LINTERS = [
  // the shell in `run:` is a command each, so that shellcheck would have nothing to say
  ['actionlint', '-shellcheck=', '-pyflakes='],
  ['zizmor', '--offline', '--quiet', '.github'],
];

const programs = installPythonTools('lint');
let failed = 0;
for (const [program, ...args] of LINTERS) {
  const { status, error } = spawnSync(join(programs, program), args, { cwd: ROOT, stdio: 'inherit' });
  if (error) throw error;
  console.log(`${program}: ${status === 0 ? 'nothing found' : `ended with ${status}`}`);
  if (status !== 0) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;

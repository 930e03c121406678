// Rehearses a release: builds what this machine can build, packs it, publishes it to a registry on loopback, installs it from there with
// each package manager where there is no compiler, and runs the quick start. Nothing leaves the machine, and nothing of it stays.
//
//   npm run release:rehearse -- --only npm,pnpm --targets linux-x64-gnu
//
// Exit code 0: all that ran has passed. 1: something failed. 2: the rehearsal itself failed.

import { command, flag, someOf } from '../lib/command.mjs';
import { median } from '../lib/figures.mjs';
import { checkNoCompiler, rehearseManager, rehearseOmitOptional, requireTimes } from './rehearsal/installs.mjs';
import { MANAGER_NAMES } from './rehearsal/managers.mjs';
import { startRegistry } from './rehearsal/registry.mjs';
import { sizes, table, tail } from './rehearsal/report.mjs';
import { makeSandbox, StepFailed } from './rehearsal/sandbox.mjs';
import { buildTargets, pack, publish } from './rehearsal/steps.mjs';
import { installTools } from './rehearsal/tools.mjs';
import { TARGETS } from './targets.mjs';

const PLATFORMS = TARGETS.map(({ platform }) => platform);
/** Those that Linux can build for Linux. */
const NORMALLY = PLATFORMS.filter((platform) => ['linux-x64-gnu', 'linux-arm64-gnu', 'linux-x64-musl'].includes(platform));

const USAGE = `usage: npm run release:rehearse -- [options]
  --only NAMES       package managers, some of ${MANAGER_NAMES.join(',')} (default: all)
  --targets NAMES    platforms, some of ${PLATFORMS.join(',')}
                     (default: ${NORMALLY.join(',')})
  --reuse            the binaries in artifacts/, instead of a build`;

const options = { only: someOf(MANAGER_NAMES), targets: someOf(PLATFORMS, NORMALLY), reuse: flag() };

await command({ usage: USAGE, options }, async ({ only, targets, reuse }) => {
  installTools();
  const built = await buildTargets(
    TARGETS.filter(({ platform }) => targets.includes(platform)),
    reuse,
  );
  for (const { line } of built) console.log(line);
  await pack();
  const sandbox = makeSandbox();
  let registry;
  const stop = async () => {
    await registry?.stop();
    sandbox.remove();
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop().finally(() => process.exit(2)));
  try {
    registry = await startRegistry(sandbox);
    return await rehearse(only, sandbox, registry);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    console.error(`${error.message}\n${tail(error.log)}`);
    return 1;
  } finally {
    await stop();
  }
});

async function rehearse(only, sandbox, registry) {
  for (const line of await publish(sandbox, registry)) console.log(line);
  await checkNoCompiler(sandbox);
  const rows = [];
  const add = (row) => {
    rows.push(row);
    if (row.result === 'FAIL') console.log(`\nFAIL ${row.manager}, ${row.modules}: ${row.note}\n${tail(row.log)}\n`);
  };
  for (const name of only) for await (const row of rehearseManager(name, sandbox, registry)) add(row);
  add(await rehearseOmitOptional(sandbox, registry));
  console.log(`\n${table(rows)}\n`);
  console.log(sizes());
  if (only.includes('npm')) console.log(`require: ${median(await requireTimes(sandbox)).toFixed(1)} ms, the first in a process`);
  const failed = rows.filter(({ result }) => result === 'FAIL').length;
  console.log(`${rows.length} rows, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

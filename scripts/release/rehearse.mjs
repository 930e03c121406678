// Rehearses a release: builds what this machine can build, packs it, publishes it to a registry on loopback, installs it from there with
// each package manager where there is no compiler, and runs the quick start. Nothing leaves the machine, and nothing of it stays.
//
//   npm run release:rehearse -- --only npm,pnpm --targets linux-x64-gnu
//
// Exit code 0: all that ran has passed. 1: something failed. 2: the rehearsal itself failed.

import { command, flag, someOf } from '../lib/command.mjs';
import { median } from '../lib/figures.mjs';
import { rehearseEmulated } from './rehearsal/emulated.mjs';
import { checkNoCompiler, rehearseManager, rehearseOmitOptional, requireTimes } from './rehearsal/installs.mjs';
import { MANAGER_NAMES } from './rehearsal/managers.mjs';
import { startRegistry } from './rehearsal/registry.mjs';
import { sizes, table, tail } from './rehearsal/report.mjs';
import { makeSandbox, StepFailed } from './rehearsal/sandbox.mjs';
import { buildTargets, hostPlatform, pack, publish } from './rehearsal/steps.mjs';
import { installTools } from './rehearsal/tools.mjs';
import { TARGETS } from './targets.mjs';

const PLATFORMS = TARGETS.map(({ platform }) => platform);
/** What one machine can build, and run on emulated ones. */
const ON_LINUX = ['linux-x64-gnu', 'linux-x64-musl', 'linux-arm64-gnu'];
const NORMALLY = process.platform === 'linux' ? ON_LINUX : [hostPlatform()];

const USAGE = `usage: npm run release:rehearse -- [options]
  --only NAMES       package managers, some of ${MANAGER_NAMES.join(',')} (default: all)
  --targets NAMES    platforms, some of ${PLATFORMS.join(',')}
                     (default: ${NORMALLY.join(',')})
  --reuse            do not build what artifacts/ has`;

const options = { only: someOf(MANAGER_NAMES), targets: someOf(PLATFORMS, NORMALLY), reuse: flag() };

await command({ usage: USAGE, options }, async ({ only, targets, reuse }) => {
  let sandbox;
  let registry;
  const clean = async () => {
    await registry?.stop();
    sandbox?.remove();
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => clean().finally(() => process.exit(2)));
  try {
    const platforms = buildTargets(targets, reuse);
    pack();
    installTools();
    sandbox = makeSandbox();
    registry = await startRegistry(sandbox);
    console.log(await publish(sandbox, registry));
    return await rehearse(only, platforms, sandbox, registry);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    console.error(`${error.message}\n${tail(error.log)}`);
    return 1;
  } finally {
    await clean();
  }
});

async function rehearse(only, platforms, sandbox, registry) {
  await checkNoCompiler(sandbox);
  const rows = [];
  for await (const row of allRows(only, platforms, sandbox, registry)) {
    rows.push(row);
    if (row.result === 'FAIL') console.log(`\nFAIL ${row.manager}, ${row.modules}: ${row.note}\n${tail(row.log)}\n`);
  }
  console.log(`\n${table(rows)}\n\n${sizes()}`);
  const failed = rows.filter(({ result }) => result === 'FAIL').length;
  const passed = rows.filter(({ result }) => result === 'pass').length;
  console.log(`${passed} passed, ${failed} failed, ${rows.length - passed - failed} skipped`);
  if (failed > 0) return 1;
  if (only.includes('npm'))
    console.log(`require: ${median(await requireTimes(sandbox)).toFixed(1)} ms, median of fresh processes`);
  return 0;
}

async function* allRows(only, platforms, sandbox, registry) {
  for (const name of only) yield* rehearseManager(name, hostPlatform(), sandbox, registry);
  yield await rehearseOmitOptional(sandbox, registry);
  yield* rehearseEmulated(platforms, sandbox, registry);
}

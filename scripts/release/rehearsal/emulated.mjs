// Installs the package as another platform would, with npm, and runs the quick start on an emulated machine of that platform.

import { fileURLToPath } from 'node:url';
import { emulators } from '../emulators.mjs';
import { ToolMissing } from '../toolchain.mjs';
import { checkInstalled, MANIFEST, outcome, printed, skipped } from './installs.mjs';
import { npm, npmrc } from './managers.mjs';
import { addQuickStart, PLAIN } from './projects.mjs';
import { run } from './sandbox.mjs';

const ALPINE = fileURLToPath(new URL('alpine.cjs', import.meta.url));

/**
 * @param {string[]} platforms those that have a binary
 * @returns {AsyncGenerator<import('./installs.mjs').Row>}
 */
export async function* rehearseEmulated(platforms, sandbox, registry) {
  for (const { name, what, target, install } of emulators().filter((emulator) => platforms.includes(emulator.target.platform))) {
    const { name: manager, program } = npm();
    let node;
    try {
      node = install();
    } catch (error) {
      if (!(error instanceof ToolMissing)) throw error;
      yield skipped(manager, `on ${what}`, error.message);
      continue;
    }
    const cwd = sandbox.project(`emulated-${name}`, { ...MANIFEST, ...npmrc(registry.url) });
    const installed = await outcome({ manager, runtime: '', modules: `install for ${target.platform}` }, async () => {
      const { os, cpu, libc } = target;
      await run([...program, 'install', `--os=${os}`, `--cpu=${cpu}`, `--libc=${libc}`, 'known-failures'], {
        cwd,
        env: sandbox.env,
      });
      checkInstalled(cwd, target.platform);
      return '';
    });
    yield installed;
    if (installed.result === 'FAIL') continue;
    addQuickStart(cwd);
    // qemu is not in the sandbox; nothing is installed from here on
    const env = {
      ...sandbox.env,
      PATH: process.env.PATH,
      ...(target.libc === 'musl' && { NODE_OPTIONS: `--require=${ALPINE}` }),
    };
    for (const { modules, file } of PLAIN) {
      yield await outcome({ manager, runtime: `${what}, emulated`, modules }, async () =>
        printed(await run([node, file], { cwd, env })),
      );
    }
  }
}

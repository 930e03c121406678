// Installs the package with each package manager, and runs the quick start in every module system.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { platformName } from '../manifests.mjs';
import { ROOT } from '../targets.mjs';
import { ManagerMissing, manager, NODE, npm, npmrc } from './managers.mjs';
import { addQuickStart, BUNDLED, PLAIN, PRINTED, TYPESCRIPT } from './projects.mjs';
import { run, StepFailed } from './sandbox.mjs';

/** @typedef {{ manager: string, runtime: string, modules: string, result: 'pass' | 'FAIL' | 'skipped', note: string, log?: string }} Row */

const ROOT_MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
/** Of a project that has nothing yet. */
export const MANIFEST = { 'package.json': '{ "name": "consumer", "version": "1.0.0", "private": true }\n' };

/**
 * @param {string} name of the manager
 * @param {string} platform of this machine
 * @returns {AsyncGenerator<Row>}
 */
export async function* rehearseManager(name, platform, sandbox, registry) {
  let chosen;
  try {
    chosen = manager(name, registry.url);
  } catch (error) {
    if (!(error instanceof ManagerMissing)) throw error;
    yield skipped(name, '', error.message);
    return;
  }
  const cwd = sandbox.project(name, { ...MANIFEST, ...chosen.files });
  const step = (command) => run(command, { cwd, env: sandbox.env });
  const row = (runtime, modules, work) => outcome({ manager: chosen.name, runtime, modules }, work);
  const installed = await row('', 'install', async () => {
    const { seconds } = await step(chosen.install);
    if (name === 'npm') checkInstalled(cwd, platform);
    return `${seconds.toFixed(1)} s`;
  });
  yield installed;
  if (installed.result === 'FAIL') return;
  addQuickStart(cwd);
  if (chosen.folderless) yield skipped(chosen.name, 'TypeScript', 'tsc does not read PnP');
  for (const runtime of chosen.runtimes) {
    const compiled = runtime.name === NODE.name ? [...(chosen.folderless ? [] : TYPESCRIPT), ...BUNDLED] : [];
    for (const { modules, prepare, file } of [...PLAIN, ...compiled]) {
      yield await row(runtime.name, modules, async () => {
        for (const command of prepare) await step(command);
        return printed(await step(runtime.run(file)));
      });
    }
  }
}

/** Without the binary's package `require` says so, and what to do. @returns {Promise<Row>} */
export function rehearseOmitOptional(sandbox, registry) {
  const { name, program } = npm();
  const cwd = sandbox.project('omit-optional', { ...MANIFEST, ...npmrc(registry.url) });
  return outcome({ manager: name, runtime: NODE.name, modules: 'install --omit=optional' }, async () => {
    await run([...program, 'install', '--omit=optional', 'known-failures'], { cwd, env: sandbox.env });
    const script = "try { require('known-failures') } catch (error) { console.log(error.code + '\\n' + error.message) }";
    const { stdout, output } = await run(['node', '-e', script], { cwd, env: sandbox.env });
    if (/^ERR_ADDON_LOAD\n/.test(stdout) && stdout.includes('--omit=optional')) return 'ERR_ADDON_LOAD';
    throw new StepFailed('require says neither ERR_ADDON_LOAD nor --omit=optional', output);
  });
}

/** The first `require` in a fresh process, in milliseconds. */
export async function requireTimes(sandbox, rounds = 9) {
  const script = `const began = performance.now(); require('known-failures'); console.log(performance.now() - began)`;
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const { stdout } = await run(['node', '-e', script], { cwd: sandbox.path('projects/npm'), env: sandbox.env });
    times.push(Number(stdout));
  }
  return times;
}

/** Fails where the sandbox has a Rust toolchain: an install that compiles would pass unseen. */
export async function checkNoCompiler(sandbox) {
  for (const program of ['cargo', 'rustc', 'cc']) {
    await run(['sh', '-c', `! command -v ${program}`], { cwd: sandbox.path('tmp'), env: sandbox.env });
  }
}

/** npm takes one of the platform packages, by their `os`, `cpu` and `libc`. */
export function checkInstalled(project, platform) {
  const [scope, name] = platformName(ROOT_MANIFEST, platform).split('/');
  const found = readdirSync(join(project, 'node_modules', scope));
  if (found.join() !== name)
    throw new StepFailed(`npm should install ${scope}/${name}, and has ${found.join(', ') || 'none'}`, '');
}

export function printed({ stdout, output }) {
  if (stdout.trimEnd() === PRINTED) return '';
  throw new StepFailed(`the quick start should print ${PRINTED}`, output);
}

/** @returns {Promise<Row>} */
export async function outcome(row, work) {
  try {
    return { ...row, result: 'pass', note: await work() };
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    return { ...row, result: 'FAIL', note: error.message, log: error.log };
  }
}

export const skipped = (manager, modules, note) => ({ manager, runtime: '', modules, result: 'skipped', note });

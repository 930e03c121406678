// The steps before the first install, each by the command that the release workflow runs.

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installPythonTools } from '../../lib/python-tools.mjs';
import { binaryOf, ROOT, TARGETS } from '../targets.mjs';
import { run, StepFailed } from './sandbox.mjs';

const RELEASE = join(ROOT, 'scripts/release');
/** build.mjs: this machine has not what it takes. */
const CANNOT_BUILD = 3;

/**
 * Leaves in `artifacts` what is asked for, as far as this machine can build it, and nothing else.
 *
 * @param {readonly string[]} platforms
 * @param {boolean} reuse what `artifacts` has
 * @returns {string[]} the platforms that have a binary
 */
export function buildTargets(platforms, reuse) {
  usePythonTools();
  for (const target of TARGETS) if (!reuse || !platforms.includes(target.platform)) rmSync(binaryOf(target), { force: true });
  return TARGETS.filter((target) => platforms.includes(target.platform) && build(target)).map(({ platform }) => platform);
}

/** The platform of this machine. */
export const hostPlatform = () => TARGETS.find(isHost)?.platform;

/** zig, from PyPI. Without it `build.mjs` says what is missing. */
function usePythonTools() {
  if (process.platform !== 'linux') return;
  try {
    process.env.PATH = `${installPythonTools('build')}${delimiter}${process.env.PATH}`;
  } catch (error) {
    console.log(`zig cannot be installed from PyPI: ${error.message}`);
  }
}

function build(target) {
  const say = (what) => console.log(`${target.platform}: ${what}`);
  if (existsSync(binaryOf(target))) {
    say('the binary that artifacts/ has');
    return true;
  }
  const { status, stdout, stderr } = node('build.mjs', target.platform);
  if (status === 0) {
    say('built');
    return true;
  }
  if (status !== CANNOT_BUILD) throw new StepFailed(`build.mjs ${target.platform} ended with ${status}`, stderr + stdout);
  console.log(stdout.trim());
  if (!isHost(target)) return false;
  buildPlain(target);
  say('built by `npm run build` instead; it needs the libc of this machine');
  return true;
}

export function pack() {
  const { status, stdout, stderr } = node('pack.mjs');
  if (status !== 0) throw new StepFailed('pack.mjs failed', stderr + stdout);
}

/**
 * Publishes twice: the second time must find that all is there, as after a release that was interrupted.
 *
 * @returns {Promise<string>} what was printed
 */
export async function publish(sandbox, registry) {
  const env = { ...process.env, npm_config_userconfig: registry.npmrc, npm_config_cache: sandbox.path('publisher-cache') };
  const command = [process.execPath, join(RELEASE, 'publish.mjs'), '--registry', registry.url];
  const { stdout } = await run(command, { cwd: ROOT, env });
  const again = await run(command, { cwd: ROOT, env });
  const published = again.stdout.split('\n').find((line) => line !== '' && !line.endsWith('is published already'));
  if (published !== undefined) throw new StepFailed(`publishing again should skip everything: ${published}`, again.output);
  return stdout.trimEnd();
}

function buildPlain(target) {
  const { status, stdout, stderr } = spawnSync('npm', ['run', 'build'], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new StepFailed('npm run build failed', stderr + stdout);
  mkdirSync(join(ROOT, 'artifacts'), { recursive: true });
  copyFileSync(join(ROOT, `known-failures.${target.platform}.node`), binaryOf(target));
}

/** Whether `npm run build` builds for this target. */
function isHost({ os, cpu, libc }) {
  if (os !== process.platform || cpu !== process.arch) return false;
  return os !== 'linux' || (libc === 'glibc') === Boolean(process.report.getReport().header.glibcVersionRuntime);
}

const node = (script, ...args) => spawnSync(process.execPath, [join(RELEASE, script), ...args], { cwd: ROOT, encoding: 'utf8' });

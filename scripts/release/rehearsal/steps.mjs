// The steps before the first install, each by the command that the release workflow runs.

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, StepFailed } from './sandbox.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const RELEASE = join(ROOT, 'scripts/release');
const binary = ({ platform }) => `known-failures.${platform}.node`;
/** build.mjs: this machine has not what it takes. */
const CANNOT_BUILD = 3;

/**
 * @param {import('../manifests.mjs').Target[]} targets
 * @param {boolean} reuse
 * @returns {{ target: import('../manifests.mjs').Target, built: boolean, line: string }[]}
 */
export function buildTargets(targets, reuse) {
  return targets.map((target) => {
    if (reuse && existsSync(join(ROOT, 'artifacts', binary(target)))) return done(target, 'the binary that artifacts/ has');
    const { status, stdout, stderr } = node('build.mjs', target.triple);
    if (status === 0) return done(target, 'built');
    if (status !== CANNOT_BUILD) throw new StepFailed(`build.mjs ${target.triple} ended with ${status}`, stdout + stderr);
    const why = (stderr || stdout).trim();
    if (!isHost(target)) return { target, built: false, line: `${target.platform}: skipped: ${why}` };
    buildPlain(target);
    return done(target, `built by npm run build, for this machine's libc: ${why}`);
  });
}

export function pack() {
  const { status, stdout, stderr } = node('pack.mjs');
  if (status !== 0) throw new StepFailed('pack.mjs failed', stdout + stderr);
}

/** Publishes twice: the second time must find that all is there, as after a release that was interrupted. */
export async function publish(sandbox, registry) {
  const env = { ...process.env, npm_config_userconfig: registry.npmrc, npm_config_cache: sandbox.path('publisher-cache') };
  const command = [process.execPath, join(RELEASE, 'publish.mjs'), '--registry', registry.url];
  const { stdout } = await run(command, { cwd: ROOT, env });
  const again = await run(command, { cwd: ROOT, env });
  const lines = again.stdout.trimEnd().split('\n');
  const unexpected = lines.find((line) => !line.endsWith('is published already'));
  if (unexpected !== undefined) throw new StepFailed(`publishing again should skip everything: ${unexpected}`, again.output);
  return stdout.trimEnd().split('\n');
}

function buildPlain(target) {
  const { status, stdout, stderr } = spawnSync('npm', ['run', 'build'], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new StepFailed('npm run build failed', stdout + stderr);
  mkdirSync(join(ROOT, 'artifacts'), { recursive: true });
  copyFileSync(join(ROOT, binary(target)), join(ROOT, 'artifacts', binary(target)));
}

const done = (target, how) => ({ target, built: true, line: `${target.platform}: ${how}` });

/** Whether `npm run build` builds for this target. */
function isHost({ os, cpu, libc }) {
  const { glibcVersionRuntime } = process.report.getReport().header;
  return (
    os === process.platform &&
    cpu === process.arch &&
    libc === (os === 'linux' ? (glibcVersionRuntime ? 'glibc' : 'musl') : undefined)
  );
}

const node = (script, ...args) => spawnSync(process.execPath, [join(RELEASE, script), ...args], { cwd: ROOT, encoding: 'utf8' });

// A folder and an environment that have nothing of this machine but Node and a shell: no cargo, no caches, no npm configuration.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STEP_LIMIT_MS = 180_000;

/** How to reach the outside, where that needs a word. */
const NETWORK = /^(?:https?_proxy|all_proxy|no_proxy|node_extra_ca_certs|ssl_cert_file|ssl_cert_dir)$/i;

/** A step of the rehearsal ended otherwise than it should: `log` is what it printed. */
export class StepFailed extends Error {
  constructor(message, log) {
    super(message);
    this.log = log;
  }
}

/** Steps that have not ended. */
const running = new Set();

export function makeSandbox() {
  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
  const path = (...names) => join(folder, ...names);
  for (const name of ['bin', 'home', 'tmp', 'projects']) mkdirSync(path(name));
  symlinkSync(process.execPath, path('bin/node'));
  symlinkSync('/bin/sh', path('bin/sh'));
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => NETWORK.test(name))),
    PATH: path('bin'),
    HOME: path('home'),
    TMPDIR: path('tmp'),
    CI: '1',
    // the first rehearsal's packages have the same names and versions as the second's
    npm_config_cache: path('npm-cache'),
    npm_config_globalconfig: path('no-npmrc'),
    npm_config_update_notifier: 'false',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    YARN_CACHE_FOLDER: path('yarn-cache'),
    YARN_ENABLE_TELEMETRY: '0',
    BUN_INSTALL_CACHE_DIR: path('bun-cache'),
    DENO_DIR: path('deno'),
  };
  const noProxy = [env.no_proxy ?? env.NO_PROXY, '127.0.0.1'].filter(Boolean).join(',');
  return {
    path,
    env: { ...env, no_proxy: noProxy, NO_PROXY: noProxy },
    /** @param {Record<string, string>} files by name @returns {string} a new folder that has them */
    project(name, files) {
      mkdirSync(path('projects', name));
      for (const [file, text] of Object.entries(files)) writeFileSync(path('projects', name, file), text);
      return path('projects', name);
    },
    remove() {
      for (const child of running) endGroup(child);
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/**
 * @param {string[]} command program and arguments
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ stdout: string, output: string, seconds: number }>}
 * @throws {StepFailed} if it ends with anything but 0, or not at all
 */
export function run([program, ...args], { cwd, env }) {
  const began = performance.now();
  // a group of its own, so that the limit ends what it has started, too
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let stdout = '';
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => (output += text));
  const limit = setTimeout(endGroup, STEP_LIMIT_MS, child);
  const shown = [program, ...args].join(' ');
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      clearTimeout(limit);
      running.delete(child);
      reject(new StepFailed(`${shown}: ${error.message}`, ''));
    });
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      running.delete(child);
      if (code === 0) resolve({ stdout, output, seconds: (performance.now() - began) / 1000 });
      else reject(new StepFailed(`${shown}: ended with ${code ?? signal}`, output));
    });
  });
}

const endGroup = (child) => process.kill(-child.pid, 'SIGKILL');

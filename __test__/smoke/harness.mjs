// Checks without a test runner, for Node, Bun and Deno alike: prints a line of TAP for each.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** Under an emulator (`scripts/release/emulate.mjs`), a second of work takes ten. */
const SLOWNESS = process.env.EMULATED_NODE ? 10 : 1;
const CHILD_LIMIT_MS = 60_000 * SLOWNESS;
const CHECK_LIMIT_MS = 90_000 * SLOWNESS;

/** What docs/runtime.md says that Deno needs. */
const DENO_PERMISSIONS = ['--allow-ffi', '--allow-env', '--allow-read'];

const checks = [];

/** @param {string} name @param {() => Promise<void> | void} body */
export function check(name, body) {
  checks.push({ name, body });
}

/** Runs the checks one after another, and exits with 1 if one fails. */
export async function run() {
  let failed = 0;
  for (const [at, { name, body }] of checks.entries()) {
    let late;
    try {
      const limit = new Promise((_, reject) => {
        late = setTimeout(() => reject(new Error(`no end after ${CHECK_LIMIT_MS} ms`)), CHECK_LIMIT_MS);
      });
      await Promise.race([body(), limit]);
      console.log(`ok ${at + 1} - ${name}`);
    } catch (error) {
      failed++;
      console.log(`not ok ${at + 1} - ${name}`);
      console.log(String(error?.stack ?? error).replace(/^/gm, '  # '));
    } finally {
      clearTimeout(late);
    }
  }
  console.log(`1..${checks.length}`);
  // without process.exit: a call or a thread that is left behind is a failure, too
  process.exitCode = failed > 0 ? 1 : 0;
}

/**
 * Runs a program in a process of the same runtime.
 *
 * @param {string} file relative to this folder
 * @param {{ args?: string[], permissions?: string[] }} [options] `permissions`: what Deno grants beyond the documented
 * @returns {Promise<{ code: number | null, signal: string | null, stdout: string, stderr: string }>}
 */
export function program(file, { args = [], permissions = [] } = {}) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const head = process.versions.deno ? ['run', '--no-prompt', ...DENO_PERMISSIONS, ...permissions] : [];
  const child = spawn(process.execPath, [...head, path, ...args], { timeout: CHILD_LIMIT_MS, killSignal: 'SIGKILL' });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (text) => (output[name] += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, ...output }));
  });
}

/** Asserts that a program ended with code 0; gives what it printed. */
export async function stdoutOf(file, options) {
  const { code, signal, stdout, stderr } = await program(file, options);
  assert.deepEqual({ code, signal }, { code: 0, signal: null }, `${stdout}\n${stderr}`);
  return stdout;
}

/** Asserts that a promise rejects; gives the reason. */
export async function rejection(promise) {
  const settled = await promise.then(
    (value) => ({ value }),
    (reason) => ({ reason }),
  );
  assert.ok('reason' in settled, `resolved with ${JSON.stringify(settled.value)}`);
  return settled.reason;
}

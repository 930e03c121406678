// Where the judges come from: the engine under test as a child process, V8 in its variants, and JavaScriptCore.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildProgram } from '../../scripts/lib/cargo.mjs';
import { OracleClient } from './oracle-client.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FAULTS = fileURLToPath(new URL('v8-faults.mjs', import.meta.url));
const JUDGE = fileURLToPath(new URL('judge.mjs', import.meta.url));

/** An engine that takes longer for one request hangs. */
const ENGINE_STALL_MS = 60_000;
/** A judge interrupts itself after 400 ms; what takes longer (compiling, mostly) is killed. */
const JUDGE_STALL_MS = 10_000;

/**
 * The engine under test.
 *
 * @param {string} [path] an executable, or an `.mjs` file, that speaks the protocol. Default: `KNOWN_FAILURES_ORACLE`, else
 *   `conformance/oracle`, which cargo brings up to date first so that no stale binary is judged
 */
export function startEngine(path = process.env.KNOWN_FAILURES_ORACLE) {
  const options = { stallMs: ENGINE_STALL_MS };
  if (path?.endsWith('.mjs')) return new OracleClient(process.execPath, [path], options);
  return new OracleClient(path ?? buildOracle(), [], options);
}

/**
 * One of its engines alone; the answers have the time of each search in `ns`.
 *
 * @param {'exact' | 'automaton' | 'lockstep' | 'rule'} only
 * @param {{ stallMs?: number }} [options] how long a request may take, 60,000 by default
 */
export function startEngineAlone(only, { stallMs = ENGINE_STALL_MS } = {}) {
  const binary = process.env.KNOWN_FAILURES_ORACLE ?? buildOracle();
  return new OracleClient(binary, ['--only', only], { stallMs, timed: true });
}

const buildOracle = () => buildProgram(ROOT, ['--package', 'known-failures-oracle', '--bin', 'oracle']);

/**
 * V8, as some Node runs it.
 *
 * @param {{ node?: string, flags?: string[], pairMs?: number }} [options] `node`: its executable, by default the one that runs this
 */
export function startV8({ node = process.execPath, flags = [], pairMs } = {}) {
  const env = pairMs === undefined ? {} : { JUDGE_PAIR_MS: String(pairMs) };
  return new OracleClient(node, [...flags, JUDGE], { stallMs: JUDGE_STALL_MS, env });
}

/** V8 without its optimiser, and without its compiler: where they agree with the engine, the optimiser is at fault. */
export const SECOND_OPINIONS = [['--no-regexp-optimization'], ['--regexp-interpret-all', '--no-regexp-optimization']];

/**
 * JavaScriptCore, as Bun runs it: another implementation of the same specification.
 *
 * @param {string} bun its executable
 */
export function startJavaScriptCore(bun) {
  return new OracleClient(bun, [JUDGE], { stallMs: JUDGE_STALL_MS });
}

/** The versions and faults of a Node's V8: `{ node, v8, unicode, modern, faults }`, see `v8-faults.mjs`. */
export function describeV8(node = process.execPath) {
  const { stdout, stderr, status } = spawnSync(node, [FAULTS], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${node} does not run: ${stderr}`);
  return JSON.parse(stdout);
}

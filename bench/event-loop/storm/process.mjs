// One storm: a child process with one variant.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generateErrors, generateRules, toJson } from '../../data/index.mjs';
import { cacheFile } from '../../harness/lists.mjs';
import { badPair } from './scenario.mjs';

const CHILD = fileURLToPath(new URL('child.mjs', import.meta.url));

/**
 * The rules and the failures of a storm, as files.
 *
 * @param {typeof import('./scenario.mjs').defaults} scenario
 * @param {number} rules
 */
export function writeStormFiles(scenario, rules) {
  const files = { rules: cacheFile('storm', 'rules.json'), failures: cacheFile('storm', 'failures.json') };
  const list = generateRules({ seed: 5, rules });
  const failures = generateErrors(list, { count: 500 }).map(({ test, error }) => ({ test, error }));
  writeFileSync(files.failures, JSON.stringify(failures));
  list.rules.push(badPair(scenario).rule);
  writeFileSync(files.rules, toJson(list));
  return files;
}

/**
 * @param {string} variant
 * @param {ReturnType<typeof writeStormFiles>} files
 * @param {typeof import('./scenario.mjs').defaults} scenario
 * @param {{ flags?: string[], env?: Record<string, string> }} [options] of Node
 * @returns {Promise<{ figures: any, died: string | null }>}
 */
export async function stormOf(variant, files, scenario, { flags = [], env = {} } = {}) {
  const child = spawn(process.execPath, [...flags, CHILD, variant, files.rules, files.failures, JSON.stringify(scenario)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  // a variant that needs four times the storm has failed
  const timer = setTimeout(() => child.kill('SIGKILL'), 4000 * scenario.seconds + 20_000);
  const [code, signal] = await once(child, 'close');
  clearTimeout(timer);
  if (code === 0) return { figures: JSON.parse(stdout.split('\n')[0]), died: null };
  if (/heap out of memory/.test(stderr)) return { figures: null, died: 'out of memory' };
  const message = stderr.split('\n').find((line) => line.includes('Error')) ?? '';
  return { figures: null, died: `ended with ${code ?? signal}: ${message}` };
}

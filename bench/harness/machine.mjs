// The machine in words: figures mean little without it.

import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';

function outputOf(command, args) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}

export function describeMachine() {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    /** of the minute before the run: above 1, other work was going on */
    loadAverage: loadavg()[0],
    system: `${type()} ${release()}`,
    node: process.version,
    v8: process.versions.v8,
    rust: outputOf('rustc', ['--version']),
    commit: outputOf('git', ['describe', '--always', '--dirty', '--exclude', '*']),
  };
}

export const inWords = ({ cpu, cores, memoryBytes, loadAverage, system, node, rust, commit }) =>
  [
    cpu,
    `${cores} cores`,
    `${Math.round(memoryBytes / 2 ** 30)} GB`,
    system,
    `Node ${node}`,
    rust,
    commit && `commit ${commit}`,
    `load average ${loadAverage.toFixed(1)} at the start`,
  ]
    .filter(Boolean)
    .join(', ');

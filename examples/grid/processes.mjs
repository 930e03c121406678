// Programs that the demo starts, each in a process group of its own, and their end.

import { execFileSync, spawn } from 'node:child_process';

const leaders = new Set();

/**
 * Starts a program without a terminal. Its output is kept, in case it ends too early.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export function start(command, args, env) {
  // Detached: a Ctrl-C reaches the demo only, which then ends the group in order.
  const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const program = { pid: child.pid, output: '', ended: false, kill: () => killGroup(child.pid) };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      program.output = (program.output + text).slice(-8000);
    });
  }
  child.once('error', (error) => {
    program.output += error.message;
    program.ended = true;
  });
  child.once('exit', () => {
    program.ended = true;
  });
  if (child.pid !== undefined) leaders.add(child.pid);
  return program;
}

/** Synchronous, so that it also works while the process exits. A browser driver is in the group of the node that started it. */
function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/**
 * Ends all that was started. Browsers leave their driver's group; they are found by `mark`, a part of their command line that no
 * other program has.
 *
 * @param {string} mark
 */
export function killAll(mark) {
  for (const pid of leaders) killGroup(pid);
  // A browser may be starting meanwhile.
  for (let round = 0, pids = pidsWith(mark); pids.length > 0 && round < 5; round++, pids = pidsWith(mark)) {
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Its parent's end was its own.
      }
    }
  }
}

/** @returns {number[]} the processes whose command line contains `mark` */
function pidsWith(mark) {
  const lines = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8', maxBuffer: 2 ** 26 }).split('\n');
  return lines.filter((line) => line.includes(mark)).map((line) => Number.parseInt(line, 10));
}

// Builds a Rust program of a workspace.

import { execFileSync } from 'node:child_process';

/**
 * @param {string} root of the workspace
 * @param {string[]} target what cargo builds, such as `['--package', 'p', '--bin', 'b']`; its last word is the program's name
 * @returns {string} where the program is, built for release
 */
export function buildProgram(root, target) {
  let messages;
  try {
    messages = execFileSync('cargo', ['build', '--release', ...target, '--message-format', 'json-render-diagnostics'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    // the error's own message repeats all of cargo's JSON
    throw new Error(`cargo could not build ${target.at(-1)}:\n${error.stderr || error.message}`, { cause: error.code });
  }
  const artifacts = messages.split('\n').flatMap((line) => (line ? JSON.parse(line) : []));
  return artifacts.findLast(({ executable, target: { name } = {} }) => executable && name === target.at(-1)).executable;
}

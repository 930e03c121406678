// Where in the repository a test failed.
'use strict';

const { isAbsolute, relative, resolve, sep } = require('node:path');

/** As long as a line and a column can be. */
const POSITION_UNITS = 24;

/**
 * @param {string | null} file of the test, as the report has it: relative to the working directory, or absolute
 * @param {string} text of the error: its first frame within the file gives line and column
 * @param {{ workspace: string, cwd: string }} folders `workspace`: the root of the checkout
 * @returns {{ file?: string, line?: number, col?: number }} empty if the file is not within the checkout
 */
function locationOf(file, text, { workspace, cwd }) {
  if (file === null) return {};
  const path = relative(workspace, resolve(cwd, file));
  if (path === '' || path.startsWith('..') || isAbsolute(path)) return {};
  return { file: path.split(sep).join('/'), ...positionIn(text, file) };
}

function positionIn(text, file) {
  // frames have a path, or on Windows a URL with slashes
  for (const path of new Set([file, file.replaceAll('\\', '/')])) {
    for (let at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1)) {
      const end = at + path.length;
      const found = /^:(\d{1,9})(?::(\d{1,9}))?/.exec(text.slice(end, end + POSITION_UNITS));
      if (found) return { line: Number(found[1]), ...(found[2] && { col: Number(found[2]) }) };
    }
  }
  return {};
}

module.exports = { locationOf };

// What a test is called in an Allure result: the name that a rule's scope is matched with.
'use strict';

/** A path's last part, by its extension. */
const TEST_FILE = /\.(?:[cm]?[jt]sx?|feature|vue|svelte|py|rb|php)$/;

/**
 * The titles of suites and test. `titlePath` begins with the package and the path of the file, which are no titles: the label `package` has
 * the same parts, joined by dots.
 *
 * @param {{ name?: unknown, titlePath?: unknown, labels?: unknown }} result
 * @returns {string[]}
 */
function titlesOf({ name, titlePath, labels }) {
  const path = Array.isArray(titlePath) ? titlePath.filter((part) => typeof part === 'string') : [];
  return [...path.slice(lengthOfFile(path, labels)), typeof name === 'string' ? name : ''];
}

function lengthOfFile(path, labels) {
  const file = Array.isArray(labels) ? labels.find((label) => label?.name === 'package')?.value : undefined;
  if (typeof file === 'string' && file !== '') {
    for (let length = path.length; length > 0; length--) {
      const begin = path.slice(0, length).join('.');
      // a project or a browser may come first
      if (begin === file || begin.endsWith(`.${file}`)) return length;
    }
  }
  return path.findIndex((part) => TEST_FILE.test(part)) + 1;
}

module.exports = { titlesOf };

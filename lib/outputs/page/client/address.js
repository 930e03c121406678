// Addresses within the page: `#test/ID`, `#issue/NAME`, `#unknown/INDEX`, and sections by their id.
'use strict';

/** @param {'test' | 'issue' | 'unknown'} kind @param {string | number} name */
function linkTo(kind, name) {
  return `#${kind}/${encodeURIComponent(String(name).toWellFormed())}`;
}

/** @param {string} hash @returns {{ kind: string, name: string } | null} */
function readAddress(hash) {
  const found = /^#(test|issue|unknown)\/(.*)$/s.exec(hash);
  if (found === null) return null;
  try {
    return { kind: found[1], name: decodeURIComponent(found[2]) };
  } catch {
    return null;
  }
}

module.exports = { linkTo, readAddress };

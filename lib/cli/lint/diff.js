// Edits of a text, made or shown as a unified diff. An edit stays within one line, though it may put in line breaks.
'use strict';

const { linesOf } = require('../json-text.js');

const CONTEXT = 3;

/** @typedef {{ start: number, end: number, text: string }} Edit in code units of the text */

/** @param {string} text @param {Edit[]} edits that do not overlap */
function applyEdits(text, edits) {
  const parts = [];
  let at = 0;
  for (const edit of inOrder(edits)) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

const inOrder = (edits) => [...edits].sort((a, b) => a.start - b.start || a.end - b.end);

/**
 * @param {string} name of the file
 * @param {string} text
 * @param {Edit[]} edits
 * @returns {string} for `patch` and `git apply -p0`; empty without edits
 */
function unifiedDiff(name, text, edits) {
  if (edits.length === 0) return '';
  const lines = text.split('\n');
  const changed = changedLines(text, lines, edits);
  const hunks = [];
  let grown = 0;
  for (const group of groupsOf([...changed.keys()])) {
    const from = Math.max(0, group[0] - CONTEXT);
    const to = Math.min(lines.length - (lines.at(-1) === '' ? 2 : 1), group.at(-1) + CONTEXT);
    const body = [];
    let added = 0;
    for (let line = from; line <= to; line++) {
      const last = line === lines.length - 1 ? '\n\\ No newline at end of file' : '';
      const now = changed.get(line);
      if (now === undefined) body.push(` ${lines[line]}${last}`);
      else {
        body.push(`-${lines[line]}${last}`, `+${now.join('\n+')}${last}`);
        added += now.length - 1;
      }
    }
    const count = to - from + 1;
    hunks.push(`@@ -${from + 1},${count} +${from + 1 + grown},${count + added} @@\n${body.join('\n')}\n`);
    grown += added;
  }
  return `--- ${name}\n+++ ${name}\n${hunks.join('')}`;
}

/** @returns {Map<number, string[]>} what becomes of each line that an edit touches, by its index */
function changedLines(text, lines, edits) {
  const placeOf = linesOf(text);
  const byLine = new Map();
  for (const edit of inOrder(edits)) {
    const { line, column } = placeOf(edit.start);
    const inLine = { start: column - 1, end: column - 1 + edit.end - edit.start, text: edit.text };
    byLine.set(line - 1, [...(byLine.get(line - 1) ?? []), inLine]);
  }
  return new Map([...byLine].map(([line, ofLine]) => [line, applyEdits(lines[line], ofLine).split('\n')]));
}

/** Lines whose contexts meet are one hunk. */
function groupsOf(indexes) {
  const groups = [];
  for (const index of indexes) {
    if (groups.length > 0 && index - groups.at(-1).at(-1) <= 2 * CONTEXT) groups.at(-1).push(index);
    else groups.push([index]);
  }
  return groups;
}

module.exports = { applyEdits, unifiedDiff };

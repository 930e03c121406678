// What the oracles share: lines on stdin, and texts in hexadecimal, UTF-16 big-endian.

import { readFileSync } from 'node:fs';

/** The lines of stdin. */
export function lines() {
  const lines = readFileSync(0, 'latin1').split('\n');
  lines.pop();
  return lines;
}

/** @param {string} text */
export const fromHex = (text) => String.fromCharCode(...(text.match(/..../g) ?? []).map((unit) => Number.parseInt(unit, 16)));

/** @param {string} text */
export const toHex = (text) =>
  Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, '0')).join('');

// Numbers, durations and times in words.
'use strict';

const number = new Intl.NumberFormat('en');
const MINUTE = 60_000;
const HOUR = 3_600_000;

const count = (value) => number.format(value);

/** `1 test`, `2 tests`. */
const plural = (value, one, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;

/** @param {number | null | undefined} ms */
function duration(ms) {
  if (ms === null || ms === undefined) return '';
  if (ms < 1) return ms === 0 ? '0 ms' : '<1 ms';
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < MINUTE - 500) return `${Math.round(ms / 1000)} s`;
  if (ms < HOUR - 500) return twoParts(Math.round(ms / 1000), 60, 'min', 's');
  return twoParts(Math.round(ms / MINUTE), 60, 'h', 'min');
}

function twoParts(value, base, large, small) {
  const rest = value % base;
  return `${count(Math.floor(value / base))} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}

/** A share of a whole, never rounded to nothing or to all. */
function percent(part, whole) {
  if (whole === 0) return '0%';
  const share = (100 * part) / whole;
  if (share > 0 && share < 0.1) return '<0.1%';
  if (share < 100 && share > 99.9) return '>99.9%';
  return `${share < 10 && share % 1 !== 0 ? share.toFixed(1) : Math.round(share)}%`;
}

const dateTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** An ISO time in the reader's time zone, or as it is if it is none. */
function time(iso) {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? String(iso) : dateTime.format(at);
}

module.exports = { count, duration, percent, plural, time };

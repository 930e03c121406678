// The statuses of a test: what the page calls them, in the order in which they need attention. Each has an icon of its own shape.
'use strict';

/** `value`: in the report. `count`: the key in `counts`. */
const STATUSES = [
  { value: 'Failed', key: 'failed', label: 'Unknown failure', short: 'Unknown' },
  { value: 'unfinished', key: 'unfinished', label: 'Unfinished', short: 'Unfinished' },
  { value: 'Broken', key: 'broken', label: 'Known failure', short: 'Known' },
  { value: 'passed', key: 'passed', label: 'Passed', short: 'Passed' },
  { value: 'skipped', key: 'skipped', label: 'Skipped', short: 'Skipped' },
];

const byValue = new Map(STATUSES.map((status) => [status.value, status]));

/** @param {string} value a status of a test, or `failed` of a step */
function statusOf(value) {
  if (value === 'failed') return { value, key: 'failed', label: 'Failed', short: 'Failed' };
  return byValue.get(value) ?? { value, key: 'skipped', label: String(value), short: String(value) };
}

module.exports = { STATUSES, statusOf };

// What people read: of each trouble what is wrong, which list is in force, and what comes next. A message follows the label of
// its source.
'use strict';

const UNITS = [
  ['day', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
];
/** Refused rules that a message names. */
const MAX_NAMED = 3;

/** A duration in its largest unit that gives more than one. */
function duration(ms) {
  for (const [unit, length] of UNITS) {
    const count = Math.max(Math.round(ms / length), 0);
    if (ms >= length * 1.5 || unit === 's') return `${count} ${unit}${unit === 'day' && count > 1 ? 's' : ''}`;
  }
}

/** The subject of messages about a source. */
function labelOf({ kind, name }) {
  if (kind === 'function') return 'The list of known failures from the function';
  return `The list of known failures ${kind === 'file' ? 'in' : 'at'} ${name}`;
}

/** ` answered 503. In force: the list of 3 h ago (14 rules). Next attempt in 15 s.` */
function failureMessage({ reason, mine, others, confirmedAt, from, now, nextMs }) {
  const next = nextMs === null ? '' : ` Next attempt in ${duration(nextMs)}.`;
  return ` ${reason}. ${inForceSentence({ mine, others, confirmedAt, from, now })}${next}`;
}

function inForceSentence({ mine, others, confirmedAt, from, now }) {
  if (mine !== null) {
    const cached = from === 'cache' ? ', from the cache file' : '';
    return `In force: the list of ${duration(now - confirmedAt)} ago (${rules(mine)}${cached}).`;
  }
  if (others !== null) return `In force: what the program has loaded otherwise (${rules(others)}).`;
  return 'No list is in force: every failed test will be Failed.';
}

/** Why the last attempt failed, with how often it was tried, and who did. */
function reasonOf({ reason, attempts, at }, isOwn, now) {
  const tried = attempts > 1 ? ` (${attempts} attempts)` : '';
  return `${reason}${tried}${isOwn ? '' : ` (another process asked ${duration(now - at)} ago)`}`;
}

function rejectedMessage({ rejected, total }) {
  const named = rejected.slice(0, MAX_NAMED).map(({ index, issue, field, message }) => {
    return `rule ${index}${issue === null ? '' : ` (${issue})`}, ${field}: ${message}`;
  });
  if (rejected.length > MAX_NAMED) named.push(`and ${rejected.length - MAX_NAMED} more`);
  return ` has ${rejected.length} of ${total} rules that are refused and not in force: ${named.join('; ')}`;
}

function othersMessage(others) {
  return ` is not in force: \`loadRules\`, or another watcher, has put another list in force (${rules(others)}). Load one list only.`;
}

const rules = ({ active }) => (active === 1 ? '1 rule' : `${active} rules`);

module.exports = { duration, failureMessage, labelOf, othersMessage, reasonOf, rejectedMessage };

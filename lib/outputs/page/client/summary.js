// The head of the page: what was run, how it went, and which list of known failures judged it.
'use strict';

const { element, icon, outsideLink } = require('./dom.js');
const { count, duration, percent, plural, time } = require('./format.js');
const { STATUSES } = require('./statuses.js');
const { themeButton } = require('./theme.js');

function pageHeader(model) {
  const { runner } = model;
  const facts = [
    runner && [runner.name, runner.version].filter(Boolean).join(' '),
    element('time', { datetime: model.startedAt }, time(model.startedAt)),
    duration(model.durationMs),
    plural(model.counts.total, 'test'),
  ];
  return element(
    'header',
    { class: 'page-header' },
    element('div', { class: 'title-line' }, element('h1', null, model.title), themeButton()),
    element('p', { class: 'run-facts' }, ...facts.filter(Boolean).map((fact) => element('span', null, fact))),
  );
}

/** One sentence that says whether somebody has to look. */
function headline({ counts }) {
  const open = counts.failed + counts.unfinished;
  if (open > 0) {
    const known = counts.broken > 0 ? ` ${plural(counts.broken, 'failure is', 'failures are')} known.` : '';
    return [element('strong', null, `${plural(open, 'test needs', 'tests need')} attention.`), known];
  }
  if (counts.broken > 0)
    return [element('strong', null, 'Nothing new.'), ` ${plural(counts.broken, 'failure is', 'failures are')} known.`];
  if (counts.total === 0) return [element('strong', null, 'No tests ran.')];
  return [element('strong', null, 'All passed.')];
}

/** @param {(key: string) => void} onChoose shows the tests of a status */
function statusSummary(model, onChoose) {
  const { counts } = model;
  const present = STATUSES.filter(({ key }) => counts[key] > 0);
  return element(
    'section',
    { class: 'summary', 'aria-labelledby': 'result-heading' },
    element('h2', { id: 'result-heading', class: 'visually-hidden' }, 'Result'),
    element('p', { class: 'headline' }, ...headline(model)),
    element('div', { class: 'bar', 'aria-hidden': 'true' }, ...present.map(({ key }) => barPart(key, counts[key], counts.total))),
    element(
      'ul',
      { class: 'legend' },
      ...present.map((status) => legendEntry(status, counts, onChoose)),
      counts.flaky > 0 && flakyEntry(counts, onChoose),
    ),
  );
}

function barPart(key, value, total) {
  const part = element('span', { class: `bar-part fill-${key}` });
  part.style.flexGrow = String(value / total);
  return part;
}

function legendEntry({ key, label }, counts, onChoose) {
  return entry(key, label, counts[key], percent(counts[key], counts.total), onChoose);
}

function flakyEntry(counts, onChoose) {
  return entry('flaky', 'Flaky', counts.flaky, 'of those passed', onChoose);
}

function entry(key, label, value, share, onChoose) {
  return element(
    'li',
    { class: `status-${key}` },
    element(
      'button',
      { type: 'button', class: 'legend-entry', onclick: () => onChoose(key) },
      element('span', { class: 'legend-count' }, icon(key), count(value)),
      element('span', { class: 'legend-label' }, label),
      element('span', { class: 'legend-share' }, share),
    ),
  );
}

const STATES = new Map([
  ['fresh', 'up to date'],
  ['stale', 'stale'],
  ['none', 'none in force'],
]);

/** The list of known failures in one line, and what went wrong around the run. */
function notices(model) {
  const { rules, warnings } = model;
  const parts = [element('p', { class: 'rules-line' }, ...rulesLine(rules))];
  if (rules.state !== 'fresh') parts.push(notice(listTrouble(rules)));
  parts.push(...warnings.map((warning) => notice([warning])));
  return element('section', { class: 'notices', 'aria-label': 'List of known failures, warnings' }, ...parts);
}

function rulesLine(rules) {
  const facts = [
    element('strong', null, `Known failures: ${STATES.get(rules.state) ?? rules.state}`),
    rules.source !== null && outsideLink(rules.source, rules.source, { class: 'source' }),
    rules.version !== null && ['version ', element('code', { class: 'version' }, rules.version)],
    rules.total > 0 && `${count(rules.active)} of ${plural(rules.total, 'rule')} in force`,
    rules.confirmedAt !== null && ['confirmed ', element('time', { datetime: rules.confirmedAt }, time(rules.confirmedAt))],
  ];
  return facts.filter(Boolean).map((fact) => element('span', null, ...[fact].flat()));
}

function listTrouble({ state, reason, confirmedAt }) {
  const since = confirmedAt === null ? '' : ` It is from ${time(confirmedAt)}.`;
  const what =
    state === 'stale'
      ? `The list of known failures was stale.${since}`
      : 'There was no list of known failures: every failure is unknown.';
  return [element('strong', null, what), reason === null ? '' : ` ${reason}`];
}

function notice(content) {
  return element('p', { class: 'notice' }, icon('warning'), element('span', null, ...content));
}

module.exports = { notices, pageHeader, statusSummary };

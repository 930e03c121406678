// Puts the page together.
'use strict';

const { readAddress } = require('./address.js');
const { region } = require('./announce.js');
const { charts } = require('./charts.js');
const { element } = require('./dom.js');
const { count } = require('./format.js');
const { knownGroups, unknownGroups } = require('./groups.js');
const { searchBySlash } = require('./keys.js');
const { readModel } = require('./model.js');
const { rulesParts } = require('./rules.js');
const { find } = require('./search.js');
const { statusOf } = require('./statuses.js');
const { notices, pageHeader, statusSummary } = require('./summary.js');
const { toolbar } = require('./toolbar.js');
const { testTree } = require('./tree.js');

const model = readModel(JSON.parse(document.getElementById('data').textContent));
const unknown = unknownGroups(model);
const known = knownGroups(model);
const tree = testTree(model);
const filters = toolbar(model, (query) => {
  const found = find(model.tests, query, (status) => statusOf(status).key);
  tree.show(found);
  return found.length;
});

const open = model.counts.failed + model.counts.unfinished;
const sections = [
  section('unknown', model.counts.unfinished > 0 ? 'Unknown and unfinished' : 'Unknown failures', open, [
    open === 0 ? element('p', { class: 'muted' }, 'None: nothing needs attention.') : unknown.list,
  ]),
  model.issues.length > 0 && section('known', 'Known failures', model.counts.broken, [known.list]),
  section('tests', 'All tests', model.counts.total, [filters.form, tree.root, keyHint()]),
  chartSection(charts(model)),
  section('rules', 'List of known failures', null, rulesParts(model)),
].filter(Boolean);

document.body.append(
  element('a', { class: 'skip-link', href: '#tests' }, 'Skip to all tests'),
  pageHeader(model),
  element(
    'main',
    null,
    statusSummary(model, chooseStatus),
    notices(model),
    pageNavigation(),
    ...sections.map(({ node }) => node),
  ),
  element('footer', null, 'Written by known-failures'),
  region,
);
filters.run();
searchBySlash(filters.search);
window.addEventListener('hashchange', follow);
follow();

function section(id, title, number, content) {
  const heading = element('h2', { id: `${id}-heading` }, title);
  if (number !== null) heading.append(' ', element('span', { class: 'heading-count' }, count(number)));
  return {
    id,
    title,
    number,
    node: element('section', { id, tabindex: '-1', 'aria-labelledby': `${id}-heading` }, heading, ...content),
  };
}

function chartSection(parts) {
  return parts.length > 0 && section('charts', 'Timing', null, [element('div', { class: 'charts' }, ...parts)]);
}

function pageNavigation() {
  const links = sections.map(({ id, title, number }) =>
    element(
      'li',
      null,
      element(
        'a',
        { href: `#${id}` },
        title,
        number !== null && ' ',
        number !== null && element('span', { class: 'heading-count' }, count(number)),
      ),
    ),
  );
  return element('nav', { 'aria-label': 'Sections' }, element('ul', null, ...links));
}

function keyHint() {
  const keys = [
    ['/', 'search'],
    ['↑ ↓', 'move'],
    ['→', 'open'],
    ['←', 'close'],
  ];
  return element(
    'p',
    { class: 'key-hint' },
    ...keys.map(([key, what]) => element('span', null, element('kbd', null, key), ` ${what}`)),
  );
}

function chooseStatus(key) {
  filters.showStatus(key);
  document.getElementById('tests').scrollIntoView();
  filters.search.focus({ preventScroll: true });
}

/** Shows what the address names. */
function follow() {
  const address = readAddress(location.hash);
  if (address === null) return;
  const button = target(address);
  button?.scrollIntoView({ block: 'center' });
  button?.focus({ preventScroll: true });
}

function target({ kind, name }) {
  if (kind === 'unknown') return unknown.open(name);
  if (kind === 'issue') return known.open(name);
  const test = model.byId.get(name);
  if (test === undefined) return null;
  const button = tree.reveal(test);
  if (button !== null) return button;
  filters.reset();
  return tree.reveal(test);
}

// Suites and their tests, as nested lists whose buttons open them. Only what is open is in the page.
'use strict';

const { element, hidden, icon } = require('./dom.js');
const { disclosure, fillInParts } = require('./disclosure.js');
const { count } = require('./format.js');
const { moveByKeys } = require('./keys.js');
const { STATUSES, statusOf } = require('./statuses.js');
const { testRow } = require('./test-row.js');

const ENTRIES_AT_ONCE = 100;
/** Lines that suites which open by themselves may add. */
const MAX_LINES_AT_START = 60;

function testTree(model) {
  const root = element('ul', { class: 'tree' });
  root.addEventListener('keydown', moveByKeys);
  /** What the reader has opened or closed, by node: it stays so when the filter changes. */
  const choices = new Map();
  let made = new Map();
  let parts = null;
  let shownTop = null;

  /** Shows these tests, in the suites that they are in. */
  function show(tests) {
    made = new Map();
    shownTop = narrowed(model, new Set(tests));
    openFew(shownTop, choices);
    root.replaceChildren();
    parts = fill(root, shownTop);
  }

  function fill(list, suite) {
    return fillInParts(list, suite.entries, (entry) => (entry.isTest ? testItem(entry.test) : suiteItem(entry)), ENTRIES_AT_ONCE);
  }

  function testItem(test) {
    const row = testRow(test, { onToggle: (open) => choices.set(test, open) });
    made.set(test, row);
    if (choices.get(test)) row.setOpen(true);
    return row.item;
  }

  function suiteItem(suite) {
    const part = disclosure({
      className: 'suite',
      head: [element('span', { class: 'suite-title' }, suite.title), suiteCounts(suite)],
      panel: () => {
        const list = element('ul');
        suite.parts = fill(list, suite);
        return list;
      },
      onToggle: (open) => choices.set(suite.node, open),
    });
    made.set(suite.node, part);
    if (choices.get(suite.node) ?? suite.opens) part.setOpen(true);
    return part.item;
  }

  /** Opens the suites around a test, and the test. @returns {HTMLElement | null} its button */
  function reveal(test) {
    let suite = shownTop;
    let list = parts;
    for (const node of [...suitesOf(test, model), test]) {
      const index = suite.entries.findIndex((entry) => entry.node === node);
      if (index < 0) return null;
      list.reveal(index);
      made.get(node).setOpen(true);
      suite = suite.entries[index];
      list = suite.parts;
    }
    return made.get(test).button;
  }

  return { root, show, reveal };
}

/** The suites around a test, from the outside. */
function suitesOf(test, { suites }) {
  const around = [];
  for (let suite = suites[test.suite]; suite !== undefined; suite = suites[suite.parent]) around.unshift(suite);
  return around;
}

/**
 * The suites that have one of these tests, each with its entries: its own tests, then suites. Suites come after the suite
 * around them in `model.suites`, so one pass from the end suffices.
 */
function narrowed(model, tests) {
  const copies = new Map();
  for (const node of [...model.suites].reverse().concat(model.top)) {
    const own = node.tests.filter((test) => tests.has(test)).map((test) => ({ isTest: true, node: test, test }));
    const inner = node.suites.map((suite) => copies.get(suite)).filter(({ total }) => total > 0);
    const counts = {};
    for (const { test } of own) add(counts, statusOf(test.status).key, 1);
    for (const suite of inner) for (const [key, value] of Object.entries(suite.counts)) add(counts, key, value);
    const total = own.length + inner.reduce((sum, suite) => sum + suite.total, 0);
    copies.set(node, { node, title: node.title, entries: [...own, ...inner], counts, total, opens: false, parts: null });
  }
  return copies.get(model.top);
}

function add(counts, key, value) {
  counts[key] = (counts[key] ?? 0) + value;
}

/** Lets suites open by themselves, level by level, as long as the page stays short. */
function openFew(top, choices) {
  let lines = top.entries.length;
  const queue = [...top.entries];
  for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
    if (entry.isTest || choices.get(entry.node) === false) continue;
    if (lines + entry.entries.length > MAX_LINES_AT_START) continue;
    lines += entry.entries.length;
    entry.opens = true;
    queue.push(...entry.entries);
  }
}

function suiteCounts({ counts, total }) {
  const shown = STATUSES.filter(({ key }) => counts[key] > 0);
  return element(
    'span',
    { class: 'suite-counts' },
    ...shown.map(({ key, label }) =>
      element('span', { class: `status-${key}` }, icon(key), count(counts[key]), hidden(` ${label.toLowerCase()}`)),
    ),
    hidden(` of ${count(total)}`),
  );
}

module.exports = { testTree };

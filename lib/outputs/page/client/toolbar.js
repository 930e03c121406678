// Search and filters of the tree.
'use strict';

const { element, icon } = require('./dom.js');
const { count, plural } = require('./format.js');
const { emptyQuery, isEmpty } = require('./search.js');
const { STATUSES } = require('./statuses.js');

/** Time for the next key of a word. */
const TYPING_MS = 120;

/**
 * @param {object} model
 * @param {(query: import('./search.js').Query) => number} apply shows what a query finds, and gives its number
 */
function toolbar(model, apply) {
  const query = emptyQuery();
  let timer;

  const search = element('input', {
    type: 'search',
    id: 'search',
    placeholder: 'Name, file, issue or error text',
    autocomplete: 'off',
    spellcheck: 'false',
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(run, TYPING_MS);
    },
    onkeydown: (event) => {
      if (event.key === 'Enter') run();
      if (event.key === 'Escape' && search.value !== '') {
        search.value = '';
        run();
      }
    },
  });
  const statuses = statusButtons(model, query, run);
  const issues = issueSelect(model, run);
  const clear = element('button', { type: 'button', class: 'small', onclick: () => reset(), hidden: true }, 'Clear filters');
  const result = element('p', { class: 'result', role: 'status', 'aria-live': 'polite' });

  function run() {
    clearTimeout(timer);
    query.text = search.value;
    query.issue = issues && issues.value !== '' ? model.issues[Number(issues.value)].issue : null;
    statuses.update();
    const found = apply(query);
    clear.hidden = isEmpty(query);
    const all = plural(model.tests.length, 'test');
    result.textContent = isEmpty(query) ? all : `${count(found)} of ${all}${found === 0 ? '. Try fewer words or filters.' : ''}`;
  }
  function reset() {
    if (document.activeElement === clear) search.focus();
    search.value = '';
    query.statuses.clear();
    if (issues) issues.value = '';
    run();
  }
  const form = element(
    'search',
    { class: 'toolbar', 'aria-label': 'Tests' },
    element(
      'div',
      { class: 'field field-search' },
      element('label', { for: 'search' }, 'Search'),
      search,
      element('kbd', { 'aria-hidden': 'true' }, '/'),
    ),
    issues && element('div', { class: 'field' }, element('label', { for: 'issue' }, 'Issue'), issues),
    statuses.group,
    element('div', { class: 'result-line' }, result, clear),
  );
  return {
    form,
    search,
    run,
    reset,
    /** Shows the tests of one status only. */
    showStatus(key) {
      reset();
      query.statuses.add(key);
      run();
    },
  };
}

function statusButtons(model, query, run) {
  const all = [...STATUSES, { key: 'flaky', short: 'Flaky' }].filter(({ key }) => model.counts[key] > 0);
  const buttons = all.map(({ key, short }) => {
    const toggle = () => {
      if (!query.statuses.delete(key)) query.statuses.add(key);
      run();
    };
    return [
      key,
      element(
        'button',
        { type: 'button', class: `chip status-${key}`, 'aria-pressed': 'false', onclick: toggle },
        icon(key),
        short,
        element('span', { class: 'chip-count' }, count(model.counts[key])),
      ),
    ];
  });
  return {
    group: element('div', { class: 'chips', role: 'group', 'aria-label': 'Status' }, ...buttons.map(([, button]) => button)),
    update() {
      for (const [key, button] of buttons) button.setAttribute('aria-pressed', String(query.statuses.has(key)));
    },
  };
}

function issueSelect({ issues }, run) {
  if (issues.length === 0) return null;
  const options = issues.map(({ issue, tests }, index) =>
    element('option', { value: index }, `${issue} (${count(tests.length)})`),
  );
  return element('select', { id: 'issue', onchange: run }, element('option', { value: '' }, 'All'), ...options);
}

module.exports = { toolbar };

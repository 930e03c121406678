// What the list of known failures did in this run, and what is wrong in it.
'use strict';

const { element, outsideLink } = require('./dom.js');
const { fillInParts } = require('./disclosure.js');
const { count, plural } = require('./format.js');
const { ruleName } = require('./test-details.js');

const ROWS_AT_ONCE = 50;

function rulesParts({ rules }) {
  const { hits, rejected, warnings } = rules;
  return [
    hits.length > 0 && hitTable(hits),
    rejected.length > 0 &&
      messages('Refused rules', `${plural(rejected.length, 'rule is', 'rules are')} not in force.`, rejected),
    warnings.length > 0 && messages('Suspicious rules', 'In force, but probably not what their authors meant.', warnings),
    hits.length + rejected.length + warnings.length === 0 &&
      element('p', { class: 'muted' }, 'No rule gave a verdict in this run.'),
  ].filter(Boolean);
}

function hitTable(hits) {
  const rows = hits.map(({ rule, id, issue, url, failures }) =>
    element(
      'tr',
      null,
      element('td', { class: 'numeric' }, count(failures)),
      element('td', null, ruleName({ rule, id })),
      element('td', null, outsideLink(url, issue)),
    ),
  );
  const head = element(
    'tr',
    null,
    element('th', { scope: 'col', class: 'numeric' }, 'Errors'),
    element('th', { scope: 'col' }, 'Rule'),
    element('th', { scope: 'col' }, 'Issue'),
  );
  const body = element('tbody', null, ...rows);
  return element('table', null, element('caption', null, 'Rules that gave a verdict'), element('thead', null, head), body);
}

/** Refusals and warnings of the list, each with its rule. */
function messages(heading, sentence, entries) {
  const list = element('ul', { class: 'rule-messages' });
  fillInParts(list, entries, ruleMessage, ROWS_AT_ONCE);
  return element(
    'div',
    null,
    element('h3', null, heading, ' ', element('span', { class: 'heading-count' }, count(entries.length))),
    element('p', { class: 'muted' }, sentence),
    list,
  );
}

function ruleMessage({ index, id, issue, field, code, message, offset }) {
  return element(
    'li',
    null,
    element('p', null, message),
    element(
      'p',
      { class: 'muted' },
      ruleName({ rule: index, id }),
      issue !== null && ` · ${issue}`,
      ` · ${field}${offset === null || offset === undefined ? '' : `, offset ${count(offset)}`} · `,
      element('code', null, code),
    ),
  );
}

module.exports = { rulesParts };

// What opens: a button that says whether its panel is shown, and a panel that is made when it is first shown. Long lists show
// their first entries and a button for the next ones, so that a page of 10,000 tests starts with few elements.
'use strict';

const { element, icon } = require('./dom.js');
const { count } = require('./format.js');

let lastPanel = 0;

/**
 * @param {object} options
 * @param {(Node | string)[]} options.head the button's content
 * @param {() => Node | Node[]} options.panel
 * @param {string} [options.heading] the tag of a heading around the button
 * @param {string} [options.className] of the item
 * @param {(isOpen: boolean) => void} [options.onToggle]
 * @param {Record<string, unknown>} [options.attributes] of the item
 */
function disclosure({ head, panel: makePanel, heading, className, onToggle, attributes }) {
  const id = `panel-${++lastPanel}`;
  const panel = element('div', { id, class: 'panel', hidden: true });
  const button = element(
    'button',
    { type: 'button', class: 'toggle', 'aria-expanded': 'false', 'aria-controls': id, onclick: () => setOpen(!isOpen()) },
    icon('chevron'),
    ...head,
  );
  const item = element('li', { class: className, ...attributes }, heading ? element(heading, null, button) : button, panel);

  const isOpen = () => !panel.hidden;
  function setOpen(open) {
    if (open === isOpen()) return;
    if (open && !panel.hasChildNodes()) panel.append(...[makePanel()].flat());
    panel.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    onToggle?.(open);
  }
  return { item, button, isOpen, setOpen };
}

/**
 * Fills a list with the first of its entries, and a button for more.
 *
 * @param {HTMLElement} list
 * @param {unknown[]} entries
 * @param {(entry: any) => Node} makeItem
 * @param {number} size entries that are shown at once
 */
function fillInParts(list, entries, makeItem, size) {
  let shown = 0;
  const more = element('button', { type: 'button', class: 'more', onclick: () => showMore() });
  const moreItem = element('li', { class: 'more-item' }, more);

  function showUpTo(end) {
    const items = entries.slice(shown, end).map(makeItem);
    shown += items.length;
    moreItem.remove();
    list.append(...items);
    if (shown < entries.length) {
      more.textContent = `Show ${count(Math.min(size, entries.length - shown))} more of ${count(entries.length - shown)}`;
      list.append(moreItem);
    }
    return items;
  }
  function showMore() {
    const [first] = showUpTo(shown + size);
    first?.querySelector('button, a')?.focus();
  }
  showUpTo(size);
  return {
    /** Shows entries up to the one at `index`. */
    reveal(index) {
      if (index >= shown) showUpTo(Math.ceil((index + 1) / size) * size);
    },
  };
}

module.exports = { disclosure, fillInParts };

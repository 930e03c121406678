// Elements. Text gets into the page only as text nodes and attributes from here: nothing parses markup.
'use strict';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element. Attributes: functions are listeners (`onclick`), `class` and the rest are set as they are; null, undefined and false
 * set nothing, true sets an empty one. Children: nodes, texts and arrays of them; null, undefined and
 * false are left out.
 */
function element(tag, attributes, ...children) {
  return build(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
  return build(document.createElementNS(SVG, tag), attributes, children);
}

function build(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Text for screen readers only. */
const hidden = (text) => element('span', { class: 'visually-hidden' }, text);

/** Paths on a grid of 16. */
const ICONS = {
  failed: 'M4 4l8 8M12 4l-8 8',
  broken: 'M8 2.5l5.5 5.5L8 13.5 2.5 8z',
  unfinished: 'M8 3v5.5M8 12v.5',
  passed: 'M3 8.5l3.5 3.5L13 4.5',
  skipped: 'M3.5 8h9',
  flaky: 'M3 6.5h9l-2.5-3M13 9.5H4l2.5 3',
  chevron: 'M6 3.5L10.5 8 6 12.5',
  warning: 'M8 2.5L14 13H2zM8 6.5v3M8 11v.4',
  link: 'M6.5 9.5l3-3M7 4.5l1.5-1.5a3.2 3.2 0 014.5 4.5L11.5 9M9 11.5L7.5 13A3.2 3.2 0 013 8.5L4.5 7',
};

/** A picture beside a word that says the same. */
function icon(name) {
  return svg(
    'svg',
    { class: `icon icon-${name}`, viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: ICONS[name] }),
  );
}

/** A link out of the page if the address is one of the web; else the text alone. */
function outsideLink(url, text, attributes) {
  if (!isWebAddress(url)) return element('span', attributes, text);
  return element('a', { href: url, target: '_blank', rel: 'noopener noreferrer', ...attributes }, text);
}

function isWebAddress(url) {
  if (typeof url !== 'string') return false;
  try {
    return ['http:', 'https:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

module.exports = { element, hidden, icon, isWebAddress, outsideLink, svg };

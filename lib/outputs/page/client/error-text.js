// The text of an error, with the place where its rule matched.
'use strict';

const { copyButton } = require('./copy.js');
const { element } = require('./dom.js');

/** Code units of a line that are shown around a match. */
const MAX_AROUND = 120;

/**
 * @param {{ text: string, cut?: boolean, match?: [number, number] }} failure
 * @param {string} label
 */
function errorText(failure, label) {
  const { text, cut, match } = failure;
  const pre = element(
    'pre',
    { class: 'error-text', tabindex: '0', role: 'group', 'aria-label': label },
    ...(match ? marked(text, match) : [text]),
  );
  showMark(pre);
  return element(
    'figure',
    { class: 'error' },
    element(
      'figcaption',
      null,
      element('span', null, label),
      copyButton(() => text, label),
    ),
    pre,
    cut && element('p', { class: 'note' }, `Cut after ${text.length.toLocaleString('en')} characters.`),
    match && match[0] >= text.length && element('p', { class: 'note' }, 'The match is in the part that was cut off.'),
  );
}

function marked(text, [start, end]) {
  if (start >= text.length) return [text];
  // a pattern may match the empty text: its place is shown all the same
  return [
    text.slice(0, start),
    element('mark', end > start ? null : { class: 'empty' }, text.slice(start, end)),
    text.slice(end),
  ];
}

/** Scrolls a text to its match once it is in the page. */
function showMark(pre) {
  const mark = pre.querySelector('mark');
  if (mark === null) return;
  requestAnimationFrame(() => {
    if (mark.offsetTop - pre.offsetTop > pre.clientHeight - 40) pre.scrollTop = mark.offsetTop - pre.offsetTop - 40;
  });
}

/** The line of the match, with the match marked. Without a match: the first line. */
function matchedLine({ text, match }) {
  const [start, end] = match && match[0] < text.length ? match : [0, 0];
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const from = Math.max(start === 0 ? 0 : lineStart, start - MAX_AROUND);
  const newline = text.indexOf('\n', start);
  const lineEnd = Math.min(newline < 0 ? text.length : newline, Math.max(start, from) + 2 * MAX_AROUND);
  const shownEnd = Math.min(end, lineEnd);
  return element(
    'code',
    { class: 'line' },
    from > lineStart && '…',
    text.slice(from, start),
    shownEnd > start && element('mark', null, text.slice(start, shownEnd)),
    text.slice(Math.max(start, shownEnd), lineEnd),
  );
}

module.exports = { errorText, matchedLine };

// A link to a part of the page, to be sent to somebody.
'use strict';

const { linkTo } = require('./address.js');
const { element, icon } = require('./dom.js');

/** @param {'test' | 'issue' | 'unknown'} kind @param {string | number} name @param {string} text */
function shareLink(kind, name, text) {
  return element('a', { class: 'share', href: linkTo(kind, name) }, icon('link'), text);
}

module.exports = { shareLink };

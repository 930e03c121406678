// What a screen reader is told without a move of the focus.
'use strict';

const { element } = require('./dom.js');

const region = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });

/** @param {string} text */
function announce(text) {
  region.textContent = text;
}

module.exports = { announce, region };

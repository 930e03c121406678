// A button that copies a text.
'use strict';

const { announce } = require('./announce.js');
const { element } = require('./dom.js');

const SHOWN_MS = 2000;

/** @param {() => string} textOf @param {string} what what is copied, for a screen reader */
function copyButton(textOf, what) {
  const button = element('button', { type: 'button', class: 'small', 'aria-label': `Copy ${what}` }, 'Copy');
  button.addEventListener('click', async () => {
    const isCopied = await copy(textOf());
    button.textContent = isCopied ? 'Copied' : 'Not copied';
    announce(isCopied ? `${what} copied` : `The browser did not allow to copy ${what}`);
    setTimeout(() => {
      button.textContent = 'Copy';
    }, SHOWN_MS);
  });
  return button;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** The way for a page that came over plain HTTP, where browsers have no clipboard for scripts. */
function copyBySelection(text) {
  const focused = document.activeElement;
  const area = element('textarea', { class: 'visually-hidden', 'aria-hidden': 'true', readonly: true });
  area.value = text;
  document.body.append(area);
  area.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
    focused?.focus();
  }
}

module.exports = { copyButton };

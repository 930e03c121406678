// Light or dark: as the system has it until the reader chooses. The choice is kept where the browser allows it.
'use strict';

const { element } = require('./dom.js');

const KEY = 'known-failures-theme';
const NEXT = { system: 'light', light: 'dark', dark: 'system' };
const LABELS = { system: 'Auto', light: 'Light', dark: 'Dark' };

function themeButton() {
  const button = element('button', { type: 'button', class: 'small theme' });
  let theme = stored();
  show();
  button.addEventListener('click', () => {
    theme = NEXT[theme];
    store(theme);
    show();
  });
  function show() {
    document.documentElement.dataset.theme = theme;
    button.textContent = `Theme: ${LABELS[theme]}`;
  }
  return button;
}

function stored() {
  try {
    const theme = localStorage.getItem(KEY);
    return Object.hasOwn(NEXT, theme) ? theme : 'system';
  } catch {
    return 'system';
  }
}

function store(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // a page without storage forgets the choice
  }
}

module.exports = { themeButton };

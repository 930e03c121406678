// The keyboard: arrows in the tree, `/` to the search.
'use strict';

/** Arrow keys, Home and End among the lines of a tree; right opens or goes in, left closes or goes out. */
function moveByKeys(event) {
  const from = event.target.closest('button.toggle, button.more');
  if (from === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const tree = event.currentTarget;
  const target = targetOf(event.key, from, tree);
  if (target === undefined) return;
  event.preventDefault();
  target?.focus();
}

/** @returns {HTMLElement | null | undefined} undefined: the key is none of ours; null: the focus stays */
function targetOf(key, from, tree) {
  const isOpen = from.getAttribute('aria-expanded') === 'true';
  const lines = () => [...tree.querySelectorAll('button.toggle, button.more')].filter((line) => !line.closest('[hidden]'));
  const beside = (step) => {
    const all = lines();
    return all[all.indexOf(from) + step] ?? null;
  };
  switch (key) {
    case 'ArrowDown':
      return beside(1);
    case 'ArrowUp':
      return beside(-1);
    case 'Home':
      return lines()[0] ?? null;
    case 'End':
      return lines().at(-1) ?? null;
    case 'ArrowRight':
      if (from.getAttribute('aria-expanded') === 'false') from.click();
      else if (isOpen) return beside(1);
      return null;
    case 'ArrowLeft':
      if (isOpen) {
        from.click();
        return null;
      }
      return from.closest('.panel')?.parentElement.querySelector('button.toggle') ?? null;
    default:
      return undefined;
  }
}

/** `/` moves to the search from everywhere but a field. */
function searchBySlash(search) {
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.('input, select, textarea')) return;
    event.preventDefault();
    search.focus();
    search.select();
    search.scrollIntoView({ block: 'center' });
  });
}

module.exports = { moveByKeys, searchBySlash };

// What is known of the items that a client has started: their names and their errors.
'use strict';

/** Errors of one item that are judged. An agent that logs more in one test logs in a loop. */
const MAX_ERRORS = 100;
const ERROR_LEVELS = new Set(['error', 'fatal']);

/** @typedef {{ titles: string[], errors: Set<string>, owner: Item | null }} Item `owner`: the item whose nested step this is */

class Items {
  /** @type {Map<string, Item>} */
  #items = new Map();

  /** @param {string} id @param {any} request of `startTestItem` @param {string | undefined} parentId */
  start(id, request, parentId) {
    const parent = this.#items.get(parentId) ?? null;
    const title = typeof request?.name === 'string' ? request.name : '';
    // a nested step is no test: its errors are those of the test around it
    const isNested = request?.hasStats === false && parent !== null;
    this.#items.set(id, {
      titles: isNested ? parent.titles : [...(parent?.titles ?? []), title],
      errors: new Set(),
      owner: isNested ? (parent.owner ?? parent) : null,
    });
  }

  /** @param {string} id @param {any} request of `sendLog` */
  log(id, request) {
    const item = this.#items.get(id);
    if (item === undefined || !ERROR_LEVELS.has(`${request?.level}`.toLowerCase())) return;
    const { errors } = item.owner ?? item;
    if (typeof request.message === 'string' && request.message !== '' && errors.size < MAX_ERRORS) errors.add(request.message);
  }

  /** Forgets an item. @returns {{ titles: string[], errors: string[] } | null} null: nobody has started it, or it is a nested step */
  end(id) {
    const item = this.#items.get(id);
    if (item === undefined) return null;
    this.#items.delete(id);
    return item.owner === null ? { titles: item.titles, errors: [...item.errors] } : null;
  }
}

module.exports = { Items };

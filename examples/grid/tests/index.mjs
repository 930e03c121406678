// The sixty tests, in an order that spreads the slow ones.

import { account } from './account.mjs';
import { cart } from './cart.mjs';
import { catalogue } from './catalogue.mjs';
import { checkout } from './checkout.mjs';
import { lab } from './lab.mjs';

/**
 * @typedef {object} Test
 * @property {string[]} suites
 * @property {string} title
 * @property {object} [wants] capabilities
 * @property {(context: object) => Promise<unknown>} run
 */

/** @type {Test[]} */
export const tests = [...catalogue, ...cart, ...lab, ...checkout, ...account];

// The sixty tests. Those of the lab stand in the middle, so that the second node dies in the middle of the run.

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

// All templates, by what a list may ask for.

import { assertion } from './assertion.mjs';
import { database } from './database.mjs';
import { backReference, lookaround, withoutLiteral } from './hard.mjs';
import { http } from './http.mjs';
import { java } from './java.mjs';
import { product } from './product.mjs';
import { webdriver } from './webdriver.mjs';

export { backReference, lookaround, withoutLiteral };

/** Rules with a long literal and nothing that a multi-pattern matcher would refuse. */
export const ordinary = [...webdriver, ...http, ...database, ...assertion, ...java, ...product];

/** @type {Map<string, import('./template.mjs').Template>} every template by its name */
export const byName = new Map(
  [...ordinary, ...withoutLiteral, ...lookaround, ...backReference].map((template) => [template.name, template]),
);

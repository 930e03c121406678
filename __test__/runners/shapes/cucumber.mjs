// Cucumber-js 12.9.0. `After` gets the error of a failed step, unless steps were skipped after it or a Before hook failed: then only
// `result` tells. `result.exception` and a formatter's message are without causes.

import { inspect } from 'node:util';
import { CAUSED, ERRORS, lost, ONLY_ITS_TITLE, thrown } from './values.mjs';

const TIMEOUT = 'function timed out, ensure the promise resolves within 1000 milliseconds';
const timeout = new Error(TIMEOUT);
const errors = [...thrown(...ERRORS, ...CAUSED), ['a14', timeout]];

/** `result.message`: a stack, or what `inspect` shows of a thrown value. */
const messageOf = (value) => value?.stack ?? (typeof value === 'string' ? value : inspect(value));
const messages = [...errors, ...thrown('a10', 'a11', 'a12')].map(([title, value]) => [title, messageOf(value)]);

const pickle = (title) => ({ name: title, uri: 'cart.feature', id: '5', language: 'en', steps: [], tags: [] });
const withPickles = (failures) => failures.map(([title, error]) => [title, pickle(title), error]);

const withoutCauses = { ...lost(ONLY_ITS_TITLE, 'a20'), ...lost('the result has neither cause nor errors', ...CAUSED) };

export default [
  {
    hook: 'Cucumber After, error',
    version: '12.9.0',
    before: [17, 0],
    measured: [17, 13],
    lost: lost(ONLY_ITS_TITLE, 'a20'),
    // the last three have no `error`, and a glue takes `result.message`
    failures: withPickles([...errors, ...messages.slice(-3)]),
  },
  {
    hook: 'Cucumber result.exception',
    version: '12.9.0',
    before: [0, 19],
    measured: [17, 0, 11],
    lost: withoutCauses,
    failures: withPickles(errors.map(([title, { name, message, stack }]) => [title, { type: name, message, stackTrace: stack }])),
  },
  {
    hook: 'Cucumber formatter, message',
    version: '12.9.0',
    before: [16, 0],
    measured: [20, 11, 11],
    lost: withoutCauses,
    failures: withPickles(messages),
  },
];

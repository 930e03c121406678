// CodeceptJS 3.7.9, the event `test.failed`: real errors, except those of `I.see` and its like, which have neither message nor stack.

import { CAUSED, ERRORS, lost, thrown } from './values.mjs';

/** The class of the old kind whose text only its own `inspect` makes. */
function AssertionFailedError(parameters, template) {
  Object.assign(this, { params: parameters, template, showDiff: true, actual: parameters.actual, expected: parameters.expected });
  this.inspect = () => this.template.replace('{{jar}}', this.params.jar).replace('{{needle}}', this.params.needle);
  this.cliMessage = () => this.inspect();
}
AssertionFailedError.prototype = Object.create(Error.prototype);

const see = new AssertionFailedError(
  { jar: 'web page', needle: 'Paid', actual: 'Your cart is empty', expected: 'Paid' },
  'expected {{jar}} to include "{{needle}}"',
);

/** A test of Mocha's; suites are not nested. */
const test = (title) => ({ title, fullTitle: () => `Cart: ${title}`, titlePath: () => ['Cart', title], meta: {} });

export default [
  {
    hook: 'CodeceptJS test.failed',
    version: '3.7.9',
    before: [13, 0],
    measured: [15, 6, 6],
    lost: lost('a feature has no suites within', 'a20'),
    failures: [...thrown(...ERRORS, ...CAUSED), ['c02', see]].map(([title, error]) => [title, test(title), error]),
  },
];

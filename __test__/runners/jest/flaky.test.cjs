/* global describe, test, jest */

const { flaky } = require('../bodies.cjs');

jest.retryTimes(1);

describe('Cart', () => describe('checkout', () => test(flaky[0], flaky[2])));

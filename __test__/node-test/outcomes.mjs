// Every way in which node:test reports a test.

import { after, afterEach, before, beforeEach, describe, it, test } from 'node:test';

const fail = (text) => () => {
  throw new Error(text);
};

describe('Cart', () => {
  it('passes', () => {});
  it('twice', () => {});
  it('twice', fail('known'));
  it('caused', () => {
    throw new Error('step failed', { cause: new Error('known') });
  });
  it('text', () => {
    throw 'known, as a text';
  });
  it('undefined', () => {
    throw undefined;
  });
  it('late', { timeout: 20 }, () => new Promise((resolve) => setTimeout(resolve, 300)));
  it('off', { skip: true }, fail('unknown'));
  it('off, because', { skip: 'no printer' }, fail('unknown'));
  it('to do', { todo: true }, fail('unknown'));
  it('done', { todo: true }, () => {});

  describe('after each', () => {
    afterEach(fail('known'));
    it('passes', () => {});
  });
  describe('before each', () => {
    beforeEach(fail('known'));
    it('never runs', () => {});
  });
  describe('before', () => {
    before(fail('known'));
    it('is cancelled', () => {});
  });
  describe('after', () => {
    after(fail('known'));
    it('passes', () => {});
  });
  describe('its function', () => {
    it('is cancelled', () => {});
    fail('known')();
  });
});

test('a test with subtests', async (t) => {
  await t.test('passes', () => {});
  await t.test('fails', fail('known'));
});

test('fails beside its subtests', async (t) => {
  await t.test('passes', () => {});
  fail('known')();
});

test('throws later', () => {
  setTimeout(fail('known'), 10);
  return new Promise((resolve) => setTimeout(resolve, 100));
});

import { after, test } from 'node:test';

test('passes', () => {});
after(() => {
  throw new Error('known');
});

import { test } from 'node:test';

test('passes', () => {});
setTimeout(() => {
  console.error('known: out of memory');
  process.exit(3);
}, 50);

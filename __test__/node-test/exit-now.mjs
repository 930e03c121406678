import process from 'node:process';
import { test } from 'node:test';

test('passes', () => new Promise((resolve) => setTimeout(resolve, 100)));
test('exits', () => process.exit(7));

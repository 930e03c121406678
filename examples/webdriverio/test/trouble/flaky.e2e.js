import { existsSync, writeFileSync } from 'node:fs';

const MARK = 'flaky.tmp';

describe('Stock', () => {
  it('counts', () => {
    if (existsSync(MARK)) return;
    writeFileSync(MARK, '');
    throw new Error('the stock is being counted');
  });
});

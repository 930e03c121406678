import process from 'node:process';

describe('Checkout', () => {
  it('opens', () => {});

  it('runs out of memory', () => {
    process.kill(process.pid, 'SIGKILL');
  });
});

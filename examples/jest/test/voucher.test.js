// Jest forgets the errors of earlier attempts without `logErrorsBeforeRetry`
jest.retryTimes(1, { logErrorsBeforeRetry: true });

describe('Cart', () => {
  let attempts = 0;

  it('applies a voucher', () => {
    if (++attempts === 1) throw new Error('the stock is being counted');
  });

  it('retries in vain', () => {
    throw new Error(`the stock is being counted for the ${++attempts}th time`);
  });
});

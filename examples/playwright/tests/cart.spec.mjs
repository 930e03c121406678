import { expect, test } from '@playwright/test';

test.describe('Cart', () => {
  test('adds an item', () => {});

  test('pays by card', async () => {
    await test.step('send the payment', () => {
      throw new Error('backend 503 says no');
    });
  });

  test('asks the backend', () => {
    throw new Error('backend 503 says no');
  });

  test('shows the total', () => {
    expect.soft(41).toBe(42);
    expect.soft('the warehouse is closed').toBe('');
  });

  test('keeps the session', () => {
    throw new Error('step failed', { cause: new Error('no such session: 1f0e9d8c') });
  });

  test('sends the receipt', async () => {
    test.setTimeout(500);
    await new Promise(() => {});
  });

  test.describe(() => {
    test.describe.configure({ retries: 1 });
    test('applies a voucher', () => {
      if (test.info().retry === 0) throw new Error('the stock is being counted');
    });
  });

  test.skip('pays by invoice', () => {});

  test.describe('returns', () => {
    test.afterEach(() => {
      throw new Error('the warehouse is closed');
    });
    test('ships back', () => {
      throw new Error('nobody knows this parcel');
    });
  });

  test.describe('stock', () => {
    // in one worker, also with `--fully-parallel`
    test.describe.configure({ mode: 'default' });
    test.beforeAll(() => {
      throw new Error('the warehouse is closed');
    });
    test('counts', () => {});
    test('orders', () => {});
  });

  test.fail('gives change', () => {
    throw new Error('a bug that nobody has time for');
  });
});

import assert from 'node:assert';
import { Selector } from 'testcafe';

fixture('Cart');

test('adds an item', async (t) => {
  await t.expect(true).ok();
});

test('pays by card', async () => {
  throw new Error('backend 503 says no');
});

test('asks the backend', async () => {
  throw new Error('backend 503 says no');
});

test('shows the total', async () => {
  assert.strictEqual(41, 42);
});

test('keeps the session', async () => {
  throw new Error('step failed', { cause: new Error('no such session: 1f0e9d8c') });
});

test('sends the receipt', async (t) => {
  await t.wait(6000);
});

test.skip('pays by invoice', async () => {});

test('throws a text', async () => {
  throw 'the stock is being counted';
});

test('finds the bill', async (t) => {
  await t.click(Selector('#bill', { timeout: 200 }));
});

// the frame of source code that TestCafe prints with the failure above has this text
test('says that the stock is being counted', async () => {});

test('expects the bill', async (t) => {
  await t.expect('bill').eql('paid', 'the stock is being counted', { timeout: 100 });
});

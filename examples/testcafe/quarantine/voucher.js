fixture('Cart');

let attempts = 0;

test('applies a voucher', async () => {
  if (++attempts === 1) throw new Error('the stock is being counted');
});

test('retries in vain', async () => {
  throw new Error('the stock is being counted');
});

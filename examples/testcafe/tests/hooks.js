fixture('Returns').afterEach(async () => {
  throw new Error('the warehouse is closed');
});

test('ships back', async () => {
  throw new Error('nobody knows this parcel');
});

fixture('Stock').before(async () => {
  throw new Error('the warehouse is closed');
});

test('counts', async () => {});

test('counts again', async () => {});

fixture('Archive').after(async () => {
  throw new Error('the warehouse is closed');
});

test('keeps orders', async () => {});

Feature('Returns');

After(() => {
  throw new Error('the warehouse is closed');
});

Scenario('ships back', () => {
  throw new Error('nobody knows this parcel');
});

Feature('Stock');

BeforeSuite(() => {
  throw new Error('the warehouse is closed');
});

Scenario('counts', () => {});

Feature('Archive');

AfterSuite(() => {
  throw new Error('the warehouse is closed');
});

Scenario('keeps orders', () => {});

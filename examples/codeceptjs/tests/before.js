Feature('Delivery');

Before(() => {
  throw new Error('the warehouse is closed');
});

Scenario('packs', () => {});

Scenario('hands over', () => {});

const { BeforeAll } = require('@cucumber/cucumber');

BeforeAll(() => {
  throw new Error('the warehouse is closed');
});

const { AfterAll } = require('@cucumber/cucumber');

AfterAll(() => {
  throw new Error('the warehouse is closed');
});

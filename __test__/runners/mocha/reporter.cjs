// Mocha: `fail` gives the Runnable and its error; `done` is awaited.

const Mocha = require('mocha');
const { record } = require('../record.cjs');

const hook = process.env.HOOK;

module.exports = class extends Mocha.reporters.Base {
  #records = [];

  constructor(runner, options) {
    super(runner, options);
    runner.on('fail', (test, error) => this.#records.push(record(hook, test, error)));
  }

  async done(failures, fn) {
    await Promise.all(this.#records);
    fn?.(failures);
  }
};

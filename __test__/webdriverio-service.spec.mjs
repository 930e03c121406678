// known-failures/webdriverio, called as WebdriverIO calls it, main process and workers in this one: what its real runs cannot show for
// certain, or not quickly.

import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import KnownFailures from 'known-failures/webdriverio';

const RULES = [
  { issue: 'SHOP-1', error: 'no such session' },
  { issue: 'SHOP-2', error: 'Timeout of' },
];
const SPECS = ['/shop/cart.e2e.js'];

/** A run. `work` gets a function that runs a worker: `work(worker)`, `worker(async (reporter, service) => …, { exitCode })`. */
async function runOf(work, given = {}) {
  let report;
  const warnings = [];
  const options = {
    rules: () => RULES,
    summary: false,
    onReport: (run) => (report = run),
    warn: (message) => warnings.push(message),
    ...given,
  };
  const main = new KnownFailures(options);
  main.onPrepare();
  const folder = process.env.KNOWN_FAILURES_WEBDRIVERIO_FOLDER;
  const worker = async (play, { exitCode = 1, retriesLeft = 0, signal = null, reporters = [['spec', {}]] } = {}) => {
    const service = new KnownFailures(options);
    const config = { reporters };
    service.beforeSession(config, {}, SPECS, '0-0');
    const [Reporter] = config.reporters.at(-1);
    const reporter = new Reporter({});
    reporter.emit('runner:start', { cid: '0-0', specs: SPECS, capabilities: { browserName: 'chrome' } });
    await play(reporter, service);
    await main.onWorkerEnd('0-0', exitCode, SPECS, retriesLeft, signal);
  };
  await work(worker, folder);
  await main.onComplete();
  assert.equal(existsSync(folder), false);
  return { report, warnings };
}

/** Events of a test in the suite `Cart`. */
const inSuite = (reporter, play) => {
  reporter.emit('suite:start', { title: 'Cart' });
  play();
  reporter.emit('suite:end', { title: 'Cart' });
};
const starts = (reporter, title) => reporter.emit('test:start', { title });
const end = (reporter) => reporter.emit('runner:end', { failures: 0 });
const copyOf = ({ name, message, stack }) => ({ name, message, stack });

const statusesOf = ({ tests }) => tests.map(({ name, attempts }) => [name, ...attempts.map(({ status }) => status)]);

test('a cause comes from the hook, a timeout from the event', async () => {
  const error = new Error('step failed', { cause: new Error('no such session') });
  const { report } = await runOf((worker) =>
    worker((reporter, service) => {
      inSuite(reporter, () => {
        starts(reporter, 'pays');
        service.afterTest({}, {}, { error });
        reporter.emit('test:fail', { title: 'pays', error: copyOf(error) });
        starts(reporter, 'waits');
        reporter.emit('test:fail', { title: 'waits', error: { message: 'Timeout of 500ms exceeded.', stack: '' } });
      });
      end(reporter);
    }),
  );
  assert.deepEqual(statusesOf(report), [
    ['Cart › pays', 'Broken'],
    ['Cart › waits', 'Broken'],
  ]);
});

test('Jasmine has several errors: all must be known', async () => {
  const errors = [{ message: 'no such session' }, { message: 'who knows' }];
  const { report } = await runOf((worker) =>
    worker((reporter) => {
      inSuite(reporter, () => {
        starts(reporter, 'pays');
        reporter.emit('test:fail', { title: 'pays', errors, error: errors[0] });
      });
      end(reporter);
    }),
  );
  assert.deepEqual(
    report.tests[0].attempts[0].failures.map(({ issue }) => issue),
    ['SHOP-1', null],
  );
  assert.equal(report.tests[0].status, 'Failed');
});

test('two tests with one title are two; a retried one is one', async () => {
  const { report } = await runOf((worker) =>
    worker((reporter) => {
      inSuite(reporter, () => {
        for (const _ of [1, 2]) {
          starts(reporter, 'pays');
          reporter.emit('test:pass', { title: 'pays', duration: 1 });
        }
        starts(reporter, 'ships');
        reporter.emit('test:retry', { title: 'ships', error: { message: 'no such session' } });
        starts(reporter, 'ships');
        reporter.emit('test:pass', { title: 'ships', duration: 1 });
      });
      end(reporter);
    }),
  );
  assert.deepEqual(statusesOf(report), [
    ['Cart › pays', 'passed'],
    ['Cart › pays', 'passed'],
    ['Cart › ships', 'Broken', 'passed'],
  ]);
});

test('a spec file that runs again is another attempt of its tests', async () => {
  const { report, warnings } = await runOf(async (worker) => {
    await worker(
      (reporter) => {
        inSuite(reporter, () => {
          starts(reporter, 'pays');
          reporter.emit('test:pass', { title: 'pays', duration: 1 });
          starts(reporter, 'ships');
        });
      },
      { exitCode: 137, signal: 'SIGKILL', retriesLeft: 1 },
    );
    await worker(
      (reporter) => {
        inSuite(reporter, () => {
          for (const title of ['pays', 'ships']) {
            starts(reporter, title);
            reporter.emit('test:pass', { title, duration: 1 });
          }
        });
        end(reporter);
      },
      { exitCode: 0 },
    );
  });
  assert.deepEqual(statusesOf(report), [
    ['Cart › pays', 'passed', 'passed'],
    ['Cart › ships', 'unfinished', 'passed'],
  ]);
  assert.match(warnings.join('\n'), /cart\.e2e\.js is tried again: The worker 0-0 ended by SIGKILL/);
});

test('hooks: around each test they fail it, around all they fail by themselves', async () => {
  const error = { message: 'no such session' };
  const { report } = await runOf((worker) =>
    worker((reporter) => {
      inSuite(reporter, () => {
        reporter.emit('hook:end', { title: '"before all" hook for Cart' });
        starts(reporter, 'pays');
        reporter.emit('test:pass', { title: 'pays', duration: 1 });
        reporter.emit('hook:end', { title: '"after each" hook for Cart', error });
        reporter.emit('hook:end', { title: '"after all" hook for Cart', error });
      });
      end(reporter);
    }),
  );
  assert.deepEqual(
    report.tests.map(({ kind, name, status }) => [kind, name, status]),
    [
      ['test', 'Cart › pays', 'Broken'],
      ['hook', 'Cart › "after all" hook for Cart', 'Broken'],
    ],
  );
});

for (const [told, play] of [
  ['a file that does not load', (_, service) => service.after(new Error('Unable to load: no such session'))],
  ['no session', (reporter) => reporter.emit('runner:end', { failures: 1, error: 'no such session' })],
]) {
  test(`${told} is a failure of the file`, async () => {
    const { report } = await runOf((worker) => worker(play));
    const [{ kind, title, issue }] = report.tests;
    assert.deepEqual([kind, title, issue], ['file', '/shop/cart.e2e.js', 'SHOP-1']);
  });
}

test('a worker that is killed while it writes loses that line only', async () => {
  const { report } = await runOf((worker, folder) =>
    worker(
      (reporter) => {
        inSuite(reporter, () => {
          starts(reporter, 'pays');
          reporter.emit('test:pass', { title: 'pays', duration: 1 });
        });
        const [file] = readdirSync(folder);
        appendFileSync(join(folder, file), '["startTest",{"id":"x","title":"[half]');
      },
      { exitCode: 0 },
    ),
  );
  assert.deepEqual(statusesOf(report), [['Cart › pays', 'passed']]);
});

test('commands of the test are steps, those within them are not', async () => {
  const { report } = await runOf((worker) =>
    worker((reporter, service) => {
      service.beforeCommand('url', ['https://shop.example']);
      inSuite(reporter, () => {
        starts(reporter, 'pays');
        service.beforeCommand('$', ['#pay']);
        service.beforeCommand('findElement', ['css', '#pay']);
        service.afterCommand('$', ['#pay'], {});
        service.beforeCommand('setValue', ['secret']);
        service.beforeCommand('setValue', ['secret']);
        service.afterCommand('setValue', ['secret'], undefined, new Error('stale'));
        service.afterCommand('setValue', ['secret'], undefined, new Error('stale'));
        reporter.emit('test:pass', { title: 'pays', duration: 1 });
        service.beforeCommand('deleteSession', []);
      });
      end(reporter);
    }),
  );
  const [{ steps, messages }] = report.tests;
  assert.deepEqual(
    steps.map(({ title, status, steps }) => [title, status, steps.length]),
    [
      ['$ #pay', 'passed', 0],
      ['setValue', 'failed', 0],
    ],
  );
  assert.deepEqual(messages, ['browser: chrome']);
});

test('a wrong option is a warning, and the browser is in the name if that is wanted', async () => {
  const play = (reporter) => {
    inSuite(reporter, () => {
      starts(reporter, 'pays');
      reporter.emit('test:pass', { title: 'pays', duration: 1 });
      reporter.emit('test:pending', { title: 'ships' });
    });
    end(reporter);
  };
  const { report, warnings } = await runOf((worker) => worker(play), { browserInName: true, browserInNames: true });
  assert.deepEqual(statusesOf(report), [
    ['chrome › Cart › pays', 'passed'],
    ['chrome › Cart › ships', 'skipped'],
  ]);
  assert.match(warnings.join('\n'), /known-failures\/webdriverio: .*browserInNames.*browserInName/);
});

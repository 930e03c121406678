// The types of known-failures/recorder. Checked by `tsc`, never run.

import {
  createRecorder,
  formatSummary,
  mergeReports,
  type Recorder,
  type RunReport,
  readRunReport,
  signatureOf,
} from '../lib/recorder/index.js';
import { watchRules } from '../lib/rules/index.js';

export async function main(): Promise<string> {
  const recorder: Recorder = createRecorder({ title: 'shop', runner: { name: 'mocha' }, errors: 'any', retries: 'each' });
  createRecorder({ rules: watchRules('rules.json'), eventLoop: true, now: () => Date.now(), warn: console.warn });
  createRecorder({ rules: new URL('https://example.com/'), rulesOptions: { attempts: 2 } });
  createRecorder({ rules: async () => [{ issue: 'A', error: /boom/ }], rulesWaitMs: 10 });
  // @ts-expect-error there is no such option
  createRecorder({ error: 'any' });
  // @ts-expect-error neither any nor all
  createRecorder({ errors: 'some' });
  recorder.startRun();
  recorder.startTest({ id: 1, suites: ['Cart'], title: 'pays', file: null, attempt: 0 });
  recorder.onLog({ test: 1, type: 'start', step: 'a', parent: null, title: 'opens', at: 1 });
  // @ts-expect-error an event needs its test
  recorder.onLog({ type: 'message', text: 'lost' });
  const test = await recorder.endTest({ id: 1, status: 'failed', errors: [new Error('boom')] });
  // @ts-expect-error a runner's word
  void recorder.endTest({ id: 1, status: 'timedOut' });
  void recorder.fail({ kind: 'hook', suites: ['Cart'], title: 'before all', error: 'boom' });
  const report: RunReport = mergeReports([await recorder.endRun(), readRunReport('{}')]);
  const status: 'passed' | 'skipped' | 'Broken' | 'Failed' | 'unfinished' = test.status;
  return formatSummary(report, { stream: process.stdout, width: 80 }) + status + signatureOf(null);
}

// The types without those of DOM and Node, through the package's `exports`. Checked by `tsc` in each way to resolve modules, never run.

import {
  classify,
  classifyAll,
  classifySync,
  explain,
  loadedRules,
  loadRules,
  queueSize,
  ruleStats,
  type Verdict,
} from 'known-failures';
import { type RulesStatus, watchRules } from 'known-failures/rules';

declare global {
  // there is neither DOM nor Node: this fails to compile if there is
  var AbortSignal: 'not here';
  var process: 'not here';
}

class Signal {
  aborted = false;
  reason: unknown;
  #listeners = new Set<() => void>();

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }
}

export async function main(bytes: Uint8Array): Promise<Array<Verdict>> {
  await loadRules(bytes);
  await loadRules([{ issue: 'A', error: /boom/i }], { strict: true });
  const verdict = await classify('a test', new Error('boom'), { signal: new Signal() });
  const issue: string = verdict.status === 'Broken' ? verdict.issue : 'none';
  const explanation = await explain('a test', issue, { signal: new Signal(), rule: 0 });
  const { length } = ruleStats().rules;
  const all = await classifyAll([{ test: `${queueSize() + length}`, error: loadedRules()?.version }]);
  return [classifySync('a test', 'boom'), explanation.verdict, ...all];
}

export async function watch(headers: Map<string, string>): Promise<RulesStatus> {
  const rules = watchRules('https://example.com/rules.json', { headers, refreshMs: false, signal: new Signal() });
  rules.on('load', (report) => report.active).once('warning', ({ code }) => code === 'WARN_LIST');
  watchRules(async ({ signal }) => (signal.aborted ? '[]' : [{ issue: 'A', error: /boom/i }]), { load: { strict: true } });
  // @ts-expect-error: there is no such option
  watchRules('rules.json', { refresh: 1 });
  await rules[Symbol.asyncDispose]();
  return rules.ready;
}

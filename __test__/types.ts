// What the types must allow and must refuse. Checked by `tsc`, never run.

import { type ClassifyItem, classify, classifyAll, type LoadReport, loadRules, type Rule, type Verdict } from '../index.js';

const rules: Rule[] = [
  { issue: 'A', error: 'boom', flags: 'i', id: 'r1', test: null },
  { issue: 'B', error: /boom/i, test: { source: '^Cart', flags: 'u' } },
];

export async function allowed(response: Response, signal: AbortSignal): Promise<string> {
  const report: LoadReport = await loadRules(rules);
  await loadRules(Object.freeze(rules), { strict: true, ansi: 'keep', fields: { error: 'pattern' } });
  await loadRules({ rules });
  await loadRules(await response.text());
  await loadRules(new Uint8Array(await response.arrayBuffer()));
  await loadRules(Buffer.from('[]'), null);

  const verdict: Verdict = await classify('a test', new Error('boom'), { signal });
  await classify({ title: 'a test', fullTitle: () => 'a test' }, undefined);
  await classify(null, 7, { signal: null });
  const items: ClassifyItem[] = [{ test: 'a test', error: 'boom' }, {}];
  const verdicts: Verdict[] = await classifyAll(items, { signal });

  const reasons: Record<Verdict['reason'], string> = { matched: '', 'no-match': '', 'no-error': '', 'no-rules': '' };
  const { field, code, offset } = report.rejected[0];
  const start: number | undefined = verdict.match?.start;
  return [verdict.issue ?? 'none', reasons[verdict.reason], verdicts.length, field, code, offset ?? -1, start].join();
}

export function refused(): void {
  // @ts-expect-error: a list is required
  loadRules();
  // @ts-expect-error: no number is a list
  loadRules(7);
  // @ts-expect-error: a rule needs an issue
  loadRules([{ error: 'boom' }]);
  // @ts-expect-error: a misspelt option
  loadRules([], { strickt: true });
  // @ts-expect-error: a misspelt field
  loadRules([], { fields: { pattern: 'error' } });
  // @ts-expect-error: no such treatment
  loadRules([], { ansi: 'remove' });
  // @ts-expect-error: an error is required, be it undefined
  classify('a test');
  // @ts-expect-error: a controller is no signal
  classify('a test', 'boom', { signal: new AbortController() });
  // @ts-expect-error: an object is no list of items
  classifyAll({ test: 'a test', error: 'boom' });
}

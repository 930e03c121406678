// What the types must allow and must refuse. Checked by `tsc`, never run.

import {
  type ClassifyItem,
  classify,
  classifyAll,
  classifySync,
  type Explanation,
  explain,
  type LoadReport,
  loadedRules,
  loadRules,
  type Rule,
  type RuleStats,
  ruleStats,
  type Verdict,
} from '../index.js';
import { type RulesStatus, watchRules } from '../lib/rules/index.js';

const rules: Rule[] = [
  { issue: 'A', error: 'boom', flags: 'i', id: 'r1', url: 'https://issues.example/A', test: null },
  { issue: 'C', error: 'boom', enabled: false, expires: '2026-12-31', also: ['a', /b/, { source: 'c' }], unless: null },
  { issue: 'D', error: 'boom', examples: { match: ['boom', { error: 'boom' }], noMatch: [{ test: 't', error: 'b' }] } },
  { issue: 'B', error: /boom/i, test: { source: '^Cart', flags: 'u' } },
];

interface OwnedRule extends Rule {
  owner: string;
}

interface Ticket {
  ticket: string;
  pattern: string;
}

export async function allowed(response: Response, signal: AbortSignal): Promise<string> {
  const report: LoadReport = await loadRules(rules);
  await loadRules(Object.freeze(rules), { strict: true, ansi: 'keep', fields: { error: 'pattern' } });
  await loadRules({ rules });
  await loadRules(await response.text());
  await loadRules(new Uint8Array(await response.arrayBuffer()));
  await loadRules(Buffer.from('[]'), null);

  // Other keys are ignored, in a literal and in an interface
  await loadRules([{ issue: 'A', error: 'boom', owner: 'team-cart' }]);
  await loadRules({ rules: [{ issue: 'A', error: /boom/, expires: '2027-01-31' }] });
  const owned: OwnedRule[] = [{ issue: 'A', error: 'boom', owner: 'team-cart' }];
  await loadRules(owned, { strict: true });
  // Keys of the list's own need a mapping
  const fields = { issue: 'ticket', error: 'pattern' } as const;
  await loadRules([{ ticket: 'A', pattern: 'boom' }], { fields });
  await loadRules({ rules: [{ ticket: 'A', pattern: 'boom' }] }, { fields: { issue: 'ticket', error: 'pattern' } });
  const tickets: Ticket[] = [{ ticket: 'A', pattern: 'boom' }];
  await loadRules(tickets, { fields });
  await loadRules('[]', { fields });
  const unknowns: unknown[] = tickets;
  await loadRules(unknowns, { fields });
  await loadRules({ rules: unknowns }, { fields, flags: 'i' });
  await loadRules(rules, { fields: null, flags: null });
  await loadRules([{ issue: 7, id: 12, error: 'boom' }]);
  await loadRules([]);

  const verdict: Verdict = await classify('a test', new Error('boom'), { signal });
  await classify({ title: 'a test', fullTitle: () => 'a test' }, undefined);
  await classify(null, 7, { signal: null });
  const items: ClassifyItem[] = [{ test: 'a test', error: 'boom' }, {}];
  const verdicts: Verdict[] = await classifyAll(items, { signal });

  const reasons: Record<Verdict['reason'], string> = {
    matched: '',
    'no-match': '',
    'no-error': '',
    'no-rules': '',
    'time-limit': '',
  };
  const { field, code, offset } = report.rejected[0];
  const warned: 'WARN_DIALECT' | 'WARN_MATCHES_EMPTY' | 'WARN_DUPLICATE' | 'WARN_EXPIRED' | 'WARN_EXAMPLES' =
    report.warnings[0].code;
  const url: string | null = verdict.url;
  const start: number | undefined = verdict.match?.start;
  return [
    verdict.issue ?? 'none',
    reasons[verdict.reason],
    verdicts.length,
    field,
    code,
    offset ?? -1,
    start,
    warned,
    url,
  ].join();
}

export async function more(signal: AbortSignal): Promise<string | null> {
  const now: Verdict = classifySync('a test', new Error('boom'), { timeLimitMs: 5 });
  classifySync(['Cart', 'pays'], 'boom');
  const explanation: Explanation = await explain({ title: 'a test' }, 'boom', { rule: 3, signal });
  await explain('a test', 'boom', { rule: 'SHOP-1432' });
  const { missing } = explanation.rule ?? { missing: null };
  const outOfScope: string[] = explanation.outOfScope.map(({ issue, match }) => issue + match.text);
  const report: LoadReport | null = loadedRules();
  const stats: RuleStats = ruleStats();
  const dead: number[] = stats.rules
    .filter(({ matches, lastMatched }) => matches === 0 && lastMatched === null)
    .map(({ index }) => index);
  return [now.rulesVersion, missing, outOfScope, report?.version, dead].join();
}

/** The status tells what else there is. */
export function union(verdict: Verdict): string {
  if (verdict.status === 'Broken') {
    const { issue, rule, match }: { issue: string; rule: number; match: { text: string } } = verdict;
    const reason: 'matched' = verdict.reason;
    return issue + rule + match.text + reason;
  }
  const nothing: null = verdict.issue ?? verdict.rule ?? verdict.id ?? verdict.match;
  // @ts-expect-error: nothing matched
  if (verdict.reason === 'matched') return 'matched';
  return `${nothing} ${verdict.reason}`;
}

export function refused(): void {
  // @ts-expect-error: a list is required
  loadRules();
  // @ts-expect-error: no number is a list
  loadRules(7);
  // @ts-expect-error: a rule needs an issue
  loadRules([{ error: 'boom' }]);
  // @ts-expect-error: keys of the list's own without a mapping
  loadRules([{ ticket: 'A', pattern: 'boom' }]);
  // @ts-expect-error: a pattern is no number, whatever other keys there are
  loadRules([{ issue: 'A', error: 7, owner: 'team-cart' }]);
  // @ts-expect-error: a misspelt option
  loadRules([], { strickt: true });
  // @ts-expect-error: a misspelt field
  loadRules([], { fields: { pattern: 'error' } });
  // @ts-expect-error: unknown rules without a mapping
  loadRules([] as unknown[]);
  // @ts-expect-error: no such treatment
  loadRules([], { ansi: 'remove' });
  // @ts-expect-error: an error is required, be it undefined
  classify('a test');
  // @ts-expect-error: a controller is no signal
  classify('a test', 'boom', { signal: new AbortController() });
  // @ts-expect-error: an error is required here, too
  classifySync('a test');
  // @ts-expect-error: a misspelt option
  classifySync('a test', 'boom', { timeLimit: 5 });
  // @ts-expect-error: nothing can abort it
  classifySync('a test', 'boom', { signal: AbortSignal.abort() });
  // @ts-expect-error: a rule is asked for by a number or a string
  explain('a test', 'boom', { rule: {} });
  // @ts-expect-error: an object is no list of items
  classifyAll({ test: 'a test', error: 'boom' });
}

export async function watched(url: URL): Promise<string | undefined> {
  const rules = watchRules(url, { headers: new Headers(), fetch, cacheFile: false, signal: AbortSignal.timeout(5) });
  await using also = watchRules(() => rulesOf(), { onWarning: ({ code, message }) => console.warn(code, message) });
  const { state, reason }: RulesStatus = await rules.ready;
  await also.refresh();
  return state === 'fresh' ? undefined : `${reason}`;
}

const rulesOf = async (): Promise<Rule[]> => rules;

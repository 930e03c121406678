// The rules of the run: what the plugin fetched, and whether they can be used.

/** No rule is in force, so the demo has nothing to show. */
export class UnusableRules extends Error {}

/**
 * Fetches as usual and keeps what arrived. The summary and the comparison need the very list that the addon loaded.
 */
export function recordingFetch() {
  const recorder = {
    /** @type {{ bytes: number, ms: number, body: ArrayBuffer } | null} */
    fetched: null,
    async fetch(url, init) {
      const startedAt = performance.now();
      const response = await fetch(url, init);
      const body = await response.arrayBuffer();
      if (response.ok) recorder.fetched = { bytes: body.byteLength, ms: performance.now() - startedAt, body };
      return new Response(body, { status: response.status, headers: response.headers });
    },
  };
  return recorder;
}

/**
 * The fetched list with the keys that a `Rule` has.
 *
 * @param {{ body: ArrayBuffer }} fetched
 * @param {import('../../index.js').FieldNames | null} fields
 */
export function rulesOf(fetched, fields) {
  const list = entriesOf(fetched);
  if (!fields) return list;
  const key = (field) => fields[field] ?? field;
  return list.map((entry) => ({
    issue: entry?.[key('issue')],
    error: entry?.[key('error')],
    test: entry?.[key('test')],
    flags: entry?.[key('flags')],
    id: entry?.[key('id')],
  }));
}

/**
 * @param {import('../../lib/rules/index.js').RulesStatus} status of the plugin's list
 * @param {{ fetched: { body: ArrayBuffer } | null, warnings: string[] }} load
 * @throws {UnusableRules} if no rule is in force
 */
export function requireRules({ report }, { fetched, warnings }) {
  if (report !== null && report.active > 0) return;
  const problem = report?.total === 0 ? 'The list is empty.' : warnings.join('\n');
  throw new UnusableRules(problem + hint(problem, fetched));
}

/** Most often, the list has keys of its own. */
function hint(problem, fetched) {
  if (!problem.includes('`options.fields`')) return '';
  const keys = Object.keys(entriesOf(fetched)[0] ?? {});
  return [
    '',
    `The first rule has the keys ${keys.map((key) => `"${key}"`).join(', ')}.`,
    'RULES_FIELDS maps them, for example:',
    `  RULES_FIELDS='{"issue":"ticket","error":"pattern"}' RULES_URL=... npm run demo`,
  ].join('\n');
}

function entriesOf({ body }) {
  const parsed = JSON.parse(new TextDecoder().decode(body));
  return Array.isArray(parsed) ? parsed : parsed.rules;
}

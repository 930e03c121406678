// The loop that the addon replaces, and whose answers it must give. Runs in a worker thread, so that the demo can stop it.

import { parentPort, workerData } from 'node:worker_threads';

/**
 * The rules that this Node's V8 accepts. A plugin would compile them once, too: the loop would be slower otherwise.
 * @param {object[]} list
 */
function compile(list) {
  const rules = [];
  for (const [index, rule] of list.entries()) {
    try {
      if (typeof rule.issue !== 'string' || typeof (rule.id ?? '') !== 'string') throw new TypeError('not a rule');
      rules.push({ index, error: toRegExp(rule.error, rule.flags), test: rule.test ? toRegExp(rule.test) : null });
    } catch {
      // Not a rule, or refused by `new RegExp`: it matches nothing.
    }
  }
  return rules;
}

/** A pattern is a source or `{ source, flags }`. */
function toRegExp(pattern, flags) {
  if (typeof pattern === 'object' && pattern !== null) return toRegExp(pattern.source, pattern.flags ?? flags);
  if (typeof pattern !== 'string') throw new TypeError('not a pattern');
  return new RegExp(pattern, flags ?? '');
}

/** Global and sticky patterns would continue where their last match ended. */
function exec(regExp, text) {
  regExp.lastIndex = 0;
  return regExp.exec(text);
}

const rules = compile(workerData.rules);
// V8 compiles a pattern when it is first used. The first error must not pay for that.
for (const rule of rules) exec(rule.error, 'warm-up');
parentPort.postMessage({ accepted: rules.map((rule) => rule.index) });

parentPort.on('message', ({ test, text }) => {
  const startedAt = performance.now();
  const rule = rules.find((r) => (!r.test || exec(r.test, test)) && exec(r.error, text));
  const ms = performance.now() - startedAt;
  const match = rule ? exec(rule.error, text) : null;
  parentPort.postMessage({
    ms,
    rule: rule?.index ?? null,
    match: match && { start: match.index, end: match.index + match[0].length },
  });
});

// The JavaScript loop; other variants run it in processes or threads.

/** @param {string} json `{ rules }`, the same as for the addon */
export const compileJson = (json) => compile(JSON.parse(json).rules);

/** @param {{ issue: string, error: string, flags?: string, test?: string }[]} list compiled once, as a plugin would */
export function compile(list) {
  return list.map(({ issue, error, flags, test }) => ({
    issue,
    error: new RegExp(error, flags),
    test: test ? new RegExp(test) : null,
  }));
}

/** @returns {string | null} the issue's name */
export function classify(rules, test, error) {
  return rules.find((rule) => (!rule.test || rule.test.test(test)) && rule.error.test(error))?.issue ?? null;
}

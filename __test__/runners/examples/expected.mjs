// What the runs of the examples must report. The suite `Cart` is the same in all of them.

/**
 * A recorded test in a line: its attempts with the issue, or the reason why there is none, of each error. What is no test begins
 * with its kind.
 */
export function outcomeOf({ kind, attempts }) {
  const told = attempts.map(({ status, failures }) =>
    [status, failures.map(({ issue, reason }) => issue ?? reason).join(', ')].filter((part) => part !== '').join(' '),
  );
  return (kind === 'test' ? '' : `${kind}: `) + told.join(' → ');
}

/** Name → outcome, for runners with suites and hooks. An entry replaces what its runner does differently. */
export const cart = {
  'Cart › adds an item': 'passed',
  'Cart › pays by card': 'Broken SHOP-1432',
  // the same error, but the rule is about another test
  'Cart › asks the backend': 'Failed no-match',
  'Cart › shows the total': 'Failed no-match',
  'Cart › keeps the session': 'Broken SHOP-1501',
  'Cart › sends the receipt': 'Broken SHOP-1777',
  'Cart › applies a voucher': 'Broken SHOP-1203 → passed',
  'Cart › pays by invoice': 'skipped',
  // fails, and so does the hook after it: a known error hides no unknown one
  'Cart › returns › ships back': 'Failed no-match, SHOP-1600',
};

/** Options of the list with which a short run sees it change: it is asked for again and again. */
export const REFRESHING = { refreshMs: 50, attempts: 1, cacheFile: false };

// The promises of one environment's calls, by slot. Evaluates to a function that is called once per environment
// and returns the functions that the addon calls, and `open`, which index.js calls.
//
// Promises are made here and not through Node-API for two reasons. An object literal with all its properties is one
// step instead of a dozen calls. And a promise that an ending environment leaves unsettled is garbage like any other,
// where Node-API's deferred would leak.
//
// The caller may replace any built-in later, and may define accessors for indexes on `Array.prototype` and
// `Object.prototype`. So this script calls no method of a built-in that it has not captured, and assigns to no index
// of an array that inherits from either: such an assignment would call the caller's setter.
//
// All parameters come from promises.rs. `numbers`: the array through which the numbers of verdicts come. `reasons`: the
// reasons by code, `matched` the code of one of them. The rest: how a reason and the flags beside it share a number.
(numbers, reasons, matched, reasonMask, newVersion, newRule, withUndecided) => {
  const NativePromise = Promise;
  const { defineProperty, setPrototypeOf } = Object;
  /** An array that inherits nothing: an assignment creates an element. Never given to the caller. */
  const bareArray = () => setPrototypeOf([], null);
  /** Creates an element of an array of the caller's. */
  const createElement = (array, index, value) => {
    if (index in array) {
      defineProperty(array, index, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
    } else {
      // an assignment is as good here, and much faster
      array[index] = value;
    }
  };

  // Of a `classify` the function that resolves its promise, of a `classifyAll` an object that has it. Nothing else:
  // V8 moves what thousands of calls in flight hold while the event loop waits.
  const calls = bareArray();
  let next = 0;
  const remember = (resolve) => {
    calls[next] = resolve;
  };
  const open = (slot, strings) => {
    next = slot;
    const promise = new NativePromise(remember);
    if (strings !== undefined) becomeAll(slot, strings);
    return promise;
  };
  const becomeAll = (slot, strings) => {
    const resolve = calls[slot];
    const verdicts = [];
    const missing = strings[0].length;
    calls[slot] = { resolve, verdicts, missing, strings };
    if (missing === 0) resolve(verdicts);
  };
  const strings = (slot) => calls[slot].strings;

  const fail = (slot, reason) => {
    const call = calls[slot];
    calls[slot] = undefined;
    const resolve = typeof call === 'function' ? call : call.resolve;
    // biome-ignore lint/suspicious/noThenProperty: resolving a promise with a thenable that rejects rejects it
    resolve({ __proto__: null, then: (_, reject) => reject(reason) });
  };

  const failAll = (reason) => {
    for (let slot = 0; slot < calls.length; slot++) {
      if (calls[slot] !== undefined) fail(slot, reason);
    }
  };

  const broken = (reason, undecided, rulesVersion, rule, issue, id, url, match) => {
    return { status: 'Broken', issue, reason, rule, id, url, match, undecided, rulesVersion };
  };
  const failed = (reason, undecided, rulesVersion) => {
    return { status: 'Failed', issue: null, reason, rule: null, id: null, url: null, match: null, undecided, rulesVersion };
  };
  /** One verdict, at once. */
  const verdictOf = (code, undecided, version, rule, issue, id, url, start, end, text) =>
    code === matched
      ? broken(reasons[code], undecided, version, rule, issue, id, url, { start, end, text })
      : failed(reasons[code], undecided, version);

  // The rules that gave the last verdict: their version, and by index those that have matched. A string of a rule is
  // made once, not once per verdict.
  let rulesVersion;
  let rules = bareArray();
  // Settles the calls of a bundle of verdicts. Their numbers are in `numbers`, everything else comes as `values`, in the
  // order in which `Promises::write` writes them.
  const settleAll = (count, ...values) => {
    let at = 0;
    let value = 0;
    for (let verdicts = 0; verdicts < count; verdicts++) {
      const slot = numbers[at++];
      const index = numbers[at++];
      const what = numbers[at++];
      if (what & newVersion) {
        rulesVersion = values[value++];
        rules = bareArray();
      }
      const undecided = what & withUndecided ? values[value++] : [];
      const code = what & reasonMask;
      const reason = reasons[code];
      let verdict;
      if (code === matched) {
        const rule = numbers[at++];
        if (what & newRule) rules[rule] = { issue: values[value++], id: values[value++], url: values[value++] };
        const { issue, id, url } = rules[rule];
        const match = { start: numbers[at++], end: numbers[at++], text: values[value++] };
        verdict = broken(reason, undecided, rulesVersion, rule, issue, id, url, match);
      } else {
        verdict = failed(reason, undecided, rulesVersion);
      }
      settle(slot, verdict, index);
    }
  };
  const settle = (slot, verdict, index) => {
    const call = calls[slot];
    // rejected since the bundle was made
    if (call === undefined) return;
    if (typeof call === 'function') {
      calls[slot] = undefined;
      call(verdict);
      return;
    }
    const { verdicts, resolve } = call;
    createElement(verdicts, index, verdict);
    if (--call.missing > 0) return;
    calls[slot] = undefined;
    resolve(verdicts);
  };
  return [open, fail, failAll, settle, settleAll, strings, verdictOf];
};

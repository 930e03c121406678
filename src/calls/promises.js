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
// reasons by code, `matched` the code of one of them. The rest: how a reason, the flags beside it and the length of a text share a number.
(numbers, reasons, matched, reasonMask, newRule, withUndecided, textShift) => {
  const NativePromise = Promise;
  const { apply } = Reflect;
  const { defineProperty, setPrototypeOf } = Object;
  const { slice } = String.prototype;
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
    try {
      const promise = new NativePromise(remember);
      if (strings !== undefined) becomeAll(slot, strings);
      return promise;
    } catch (error) {
      // the end of the stack: the caller gets no promise, so nobody could handle its rejection
      calls[slot] = undefined;
      throw error;
    }
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

  // The rules that gave the last verdict: their version, and those that have matched, in that order. A string of a rule
  // is made once, not once per verdict.
  let rulesVersion;
  let rules = bareArray();
  // Settles the calls of a bundle of verdicts. Their numbers are in `numbers`, the texts that they matched are joined in `texts`,
  // everything else comes as `values`, in the order in which `VerdictWriter` writes it.
  const settleAll = (groups, texts, ...values) => {
    let at = 0;
    let value = 0;
    let textStart = 0;
    for (let group = 0; group < groups; group++) {
      const slot = numbers[at];
      const first = numbers[at + 1];
      const end = first + numbers[at + 2];
      if (numbers[at + 3] !== 0) {
        rulesVersion = values[value++];
        rules = bareArray();
      }
      at += 4;
      // undefined: rejected since the bundle was made
      const call = calls[slot];
      for (let index = first; index < end; index++) {
        const what = numbers[at++];
        const undecided = what & withUndecided ? values[value++] : [];
        const code = what & reasonMask;
        const reason = reasons[code];
        let verdict;
        if (code === matched) {
          let known = numbers[at];
          if (what & newRule) {
            known = rules.length;
            rules[known] = { rule: numbers[at], issue: values[value++], id: values[value++], url: values[value++] };
          }
          const { rule, issue, id, url } = rules[known];
          const textEnd = textStart + (what >>> textShift);
          const match = { start: numbers[at + 1], end: numbers[at + 2], text: apply(slice, texts, [textStart, textEnd]) };
          at += 3;
          textStart = textEnd;
          verdict = broken(reason, undecided, rulesVersion, rule, issue, id, url, match);
        } else {
          verdict = failed(reason, undecided, rulesVersion);
        }
        if (typeof call === 'object') createElement(call.verdicts, index, verdict);
        else if (call !== undefined) settle(slot, verdict);
      }
      if (typeof call === 'object') settleSome(slot, call, end - first);
    }
  };
  const settleSome = (slot, call, count) => {
    call.missing -= count;
    if (call.missing > 0) return;
    calls[slot] = undefined;
    call.resolve(call.verdicts);
  };
  const settle = (slot, value) => {
    const call = calls[slot];
    if (call === undefined) return;
    calls[slot] = undefined;
    call(value);
  };
  return [open, fail, failAll, settle, settleAll, strings, verdictOf];
};

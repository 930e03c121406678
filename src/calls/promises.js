// The promises of one environment's calls, by place. Run once per environment; gives what the addon calls.
//
// Made here and not through Node-API for two reasons: an object literal with all its properties is one step instead of
// a dozen calls, and a promise that an ending environment leaves unsettled is garbage like any other, where Node-API's
// deferred would leak. No method of a built-in is called in here: the caller may replace any of them later.
(() => {
  const NativePromise = Promise;
  // of a call what resolves its promise, of a classifyAll an object with that. Nothing else: what thousands of calls in flight hold,
  // V8 moves about while the event loop waits
  const calls = [];
  let next = 0;
  const remember = (resolve) => {
    calls[next] = resolve;
  };
  const open = (place) => {
    next = place;
    return new NativePromise(remember);
  };
  const openAll = (place, count, tests, errors) => {
    const promise = open(place);
    const resolve = calls[place];
    const verdicts = [];
    calls[place] = { resolve, verdicts, missing: count, strings: [tests, errors] };
    if (count === 0) resolve(verdicts);
    return promise;
  };
  const strings = (place) => calls[place].strings;
  // The items of a classifyAll: names, if any rule asks for them, and errors. A getter that throws leaves its field unread. Beside them
  // the indexes of those that are no strings. Or the index of the first that is no item.
  const gather = (items, count, named) => {
    const tests = [];
    const errors = [];
    const otherTests = [];
    const otherErrors = [];
    for (let index = 0; index < count; index++) {
      let item;
      try {
        item = items[index];
      } catch {
        return index;
      }
      if (typeof item !== 'function' && (typeof item !== 'object' || item === null)) return index;
      if (named) {
        let test = '';
        try {
          test = item.test;
        } catch {}
        if (typeof test !== 'string') otherTests[otherTests.length] = index;
        tests[index] = test;
      }
      let error = '[unreadable error]';
      try {
        error = item.error;
      } catch {}
      if (typeof error !== 'string') otherErrors[otherErrors.length] = index;
      errors[index] = error;
    }
    return [tests, errors, otherTests, otherErrors];
  };
  const fail = (place, reason) => {
    const call = calls[place];
    calls[place] = undefined;
    const resolve = typeof call === 'function' ? call : call.resolve;
    // biome-ignore lint/suspicious/noThenProperty: a promise that is resolved with what rejects is rejected, a moment later
    resolve({ __proto__: null, then: (_, reject) => reject(reason) });
  };

  // A bundle of verdicts: the numbers are in here, all that is no number comes as arguments. In the order of promises.rs.
  const numbers = new Uint32Array(2688);
  // in the order of the engine's enum
  const reasons = ['matched', 'no-match', 'no-error', 'no-rules'];
  const newVersion = 4;
  const newRule = 8;
  const withUndecided = 16;
  // the rules that gave the last verdict, and of them, by index, those that have matched: a string is made once, not per verdict
  let rulesVersion;
  let rules = [];
  const settleAll = (count, ...values) => {
    let at = 0;
    let value = 0;
    for (let verdicts = 0; verdicts < count; verdicts++) {
      const place = numbers[at++];
      const index = numbers[at++];
      const what = numbers[at++];
      if (what & newVersion) {
        rulesVersion = values[value++];
        rules = [];
      }
      const undecided = what & withUndecided ? values[value++] : [];
      const reason = reasons[what & 3];
      let verdict;
      if (reason === 'matched') {
        const rule = numbers[at++];
        if (what & newRule) rules[rule] = { issue: values[value++], id: values[value++] };
        const { issue, id } = rules[rule];
        const match = { start: numbers[at++], end: numbers[at++], text: values[value++] };
        verdict = { status: 'Broken', issue, reason, rule, id, match, undecided, rulesVersion };
      } else {
        verdict = { status: 'Failed', issue: null, reason, rule: null, id: null, match: null, undecided, rulesVersion };
      }
      settle(place, verdict, index);
    }
  };
  const settle = (place, verdict, index) => {
    const call = calls[place];
    // rejected since the bundle was made
    if (call === undefined) return;
    if (typeof call === 'function') {
      calls[place] = undefined;
      call(verdict);
      return;
    }
    const { verdicts, resolve } = call;
    verdicts[index] = verdict;
    if (--call.missing > 0) return;
    calls[place] = undefined;
    resolve(verdicts);
  };
  return [open, openAll, fail, settle, settleAll, gather, strings, numbers];
})();

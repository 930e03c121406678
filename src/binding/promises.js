// The promises of one environment's calls, by place. Run once per environment; gives what the addon calls.
//
// Made here and not through Node-API for two reasons: an object literal with all its properties is one call instead of
// a dozen, and a promise that an ending environment leaves unsettled is garbage like any other, where Node-API's
// deferred would leak.
(() => {
  // the caller may replace the global one later
  const NativePromise = Promise;
  const calls = [];
  let next = 0;
  const remember = (resolve, reject) => {
    calls[next] = { resolve, reject, verdicts: undefined, missing: 0 };
  };
  const open = (place) => {
    next = place;
    return new NativePromise(remember);
  };
  const openAll = (place, count) => {
    const promise = open(place);
    const call = calls[place];
    call.verdicts = [];
    call.missing = count;
    if (count === 0) call.resolve(call.verdicts);
    return promise;
  };
  const settle = (place, verdict) => {
    const call = calls[place];
    if (call.verdicts !== undefined) {
      call.verdicts[call.verdicts.length] = verdict;
      if (--call.missing > 0) return;
    }
    calls[place] = undefined;
    call.resolve(call.verdicts ?? verdict);
  };
  // in the order of the engine's enum
  const reasons = ['matched', 'no-match', 'no-error', 'no-rules'];
  const miss = (place, rulesVersion, undecided = [], reason) =>
    settle(place, {
      status: 'Failed',
      issue: null,
      reason: reasons[reason],
      rule: null,
      id: null,
      match: null,
      undecided,
      rulesVersion,
    });
  const hit = (place, rulesVersion, undecided = [], issue, rule, id, start, end, text) =>
    settle(place, { status: 'Broken', issue, reason: 'matched', rule, id, match: { start, end, text }, undecided, rulesVersion });
  const fail = (place, reason) => {
    const { reject } = calls[place];
    calls[place] = undefined;
    reject(reason);
  };
  return [open, openAll, miss, hit, fail];
})();

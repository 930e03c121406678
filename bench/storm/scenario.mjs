// The storm, as all variants have it. Sixty tests run at a time; each sends log events, one per step, and every second test fails at its end.
// How fast they come does not depend on who handles them: a grid does not wait.

export const defaults = {
  seconds: 15,
  tests: 60,
  testMs: 2000,
  eventsPerTest: 100,
  /** code units of an event's JSON */
  eventLength: 600,
};

/** Milliseconds on a clock that all threads share. */
export const now = () => Number(process.hrtime.bigint()) / 1e6;

export const failuresPerSecond = ({ tests, testMs }) => tests / 2 / (testMs / 1000);
export const eventsPerSecond = ({ tests, testMs, eventsPerTest }) => (tests * eventsPerTest) / (testMs / 1000);

// The storm, the same for all variants. Sixty tests run at a time; each sends a log event per step, and every second test fails in the end.
// Events come at their own pace: a grid does not wait. Once, a test fails with a log that a list of thousands of rules meets sooner or later:
// see `badPair`.

export const defaults = {
  seconds: 15,
  tests: 60,
  testMs: 2000,
  eventsPerTest: 100,
  /** code units of an event's JSON: a step, and a part of the page that it was made on */
  eventLength: 8000,
  /** when the bad pair comes, after the start */
  badPairMs: 2000,
  /** lines of its log */
  badPairLines: 1000,
};

/** Milliseconds on a clock that all threads share. */
export const now = () => Number(process.hrtime.bigint()) / 1e6;

export const failuresPerSecond = ({ tests, testMs }) => tests / 2 / (testMs / 1000);
export const eventsPerSecond = ({ tests, testMs, eventsPerTest }) => (tests * eventsPerTest) / (testMs / 1000);

/**
 * An honest rule and an honest log of 75 KB in a thousand lines: a backtracking engine tries every `session` with every `retry`, which
 * takes some 20 seconds.
 */
export function badPair({ badPairLines }) {
  const line = (_, n) =>
    `12:${String(n % 60).padStart(2, '0')} WARN  RemoteWebDriver: session 4f0c${n} is not answering, retry ${(n % 5) + 1} of 5\n`;
  return {
    rule: { issue: 'GRID-99: the grid gives up', error: String.raw`session[\s\S]*retry[\s\S]*gave up` },
    failure: { test: 'Grid › keeps a session', error: Array.from({ length: badPairLines }, line).join('') },
  };
}

// Run reports for tests of the page, for its pictures and to look at: seeded, with names and errors of the kind that runs have.

const AREAS = {
  Cart: [
    'adds an article',
    'removes the last article',
    'keeps its content after login',
    'shows the total with tax',
    'applies a voucher',
  ],
  Checkout: ['pays by card', 'pays by invoice', 'refuses an expired card', 'sends a confirmation', 'asks for the address once'],
  Search: [
    'finds by article number',
    'suggests while typing',
    'sorts by price',
    'filters by brand',
    'says that nothing was found',
  ],
  Account: ['changes the password', 'shows orders of last year', 'deletes an address', 'logs out everywhere', 'exports its data'],
  Catalogue: [
    'shows pictures in order',
    'pages through 40 articles',
    'switches to a list',
    'opens an article in a tab',
    'remembers filters',
  ],
  Returns: ['prints a label', 'refunds a voucher', 'rejects a return after 30 days', 'tracks a parcel', 'reopens a closed case'],
};
const DETAILS = [
  'as a guest',
  'as a customer',
  'with a slow network',
  'in German',
  'with 100 articles',
  'after a reload',
  'in two tabs',
];
const PROJECTS = ['chromium', 'firefox', 'webkit'];

const frames = (file, line) =>
  `\n    at checkout (/home/ci/shop/tests/pages/${file}.page.ts:${line}:17)\n    at /home/ci/shop/tests/${file}.spec.ts:${line + 31}:5`;

/** Known failures: a rule of the list, and an error that it matches. */
const KNOWN = [
  {
    issue: 'SHOP-1432 Payment sandbox times out',
    url: 'https://issues.example/SHOP-1432',
    id: 'payment-timeout',
    error: /Timeout of \d+ms exceeded/,
    text: (random, file) =>
      `Error: Timeout of ${random(4, 9)}000ms exceeded.\nThe sandbox of the payment provider did not answer.${frames(file, random(20, 90))}`,
  },
  {
    issue: 'GRID-88 Node drops sessions under load',
    url: 'https://issues.example/GRID-88',
    id: 'grid-session-lost',
    error: /(?:invalid session id|Unable to find session with ID: [\da-f]{32})/,
    text: (random, file) =>
      `NoSuchSessionError: Unable to find session with ID: ${hex(random)}\nBuild info: version: '4.38.0', revision: '6b412e825c'${frames(file, random(20, 90))}`,
  },
  {
    issue: 'SHOP-1519 Cookie banner covers buttons',
    url: 'https://issues.example/SHOP-1519',
    id: 'cookie-banner',
    error: /element click intercepted: .* <div class="consent/,
    text: (random, file) =>
      `ElementClickInterceptedError: element click intercepted: Element <button id="pay"> is not clickable at point (${random(100, 900)}, ${random(100, 700)}). Other element would receive the click: <div class="consent-overlay">\n  (Session info: chrome=156.0.8078.108)${frames(file, random(20, 90))}`,
  },
  {
    issue: 'INFRA-207 Staging DNS',
    url: null,
    id: null,
    error: /getaddrinfo (?:ENOTFOUND|EAI_AGAIN) \S+\.staging/,
    text: (random, file) =>
      `Error: getaddrinfo EAI_AGAIN api-${random(1, 6)}.staging.shop.example\n    at GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:120:26)${frames(file, random(20, 90))}`,
  },
];

const UNKNOWN = [
  (random, file) =>
    `AssertionError: expected total to be '€ ${random(20, 99)}.90' but got '€ ${random(100, 199)}.90'\n\n- Expected\n+ Received\n\n- € ${random(20, 99)}.90\n+ € ${random(100, 199)}.90${frames(file, random(20, 90))}`,
  (random, file) => `TypeError: Cannot read properties of undefined (reading 'price')${frames(file, random(20, 90))}`,
  (random, file) =>
    `Error: expect(locator).toBeVisible() failed\n\nLocator:  getByRole('button', { name: 'Order now' })\nExpected: visible\nReceived: hidden\nTimeout:  5000ms\n\nCall log:\n  - Expect "toBeVisible" with timeout 5000ms\n  - waiting for getByRole('button', { name: 'Order now' })\n  - 9 × locator resolved to <button hidden id="order-${random(100, 999)}">…</button>${frames(file, random(20, 90))}`,
  (random, file) =>
    `Error: 500 Internal Server Error: POST /api/orders/${random(10_000, 99_999)}\n{"error":"duplicate key value violates unique constraint \\"orders_pkey\\""}${frames(file, random(20, 90))}`,
];

const hex = (random) => Array.from({ length: 32 }, () => random(0, 15).toString(16)).join('');

/** Integers from `low` to `high`, from a seed (mulberry32). */
function randomFrom(seed) {
  let state = seed >>> 0;
  return (low, high) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return low + Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * (high - low + 1));
  };
}

/**
 * @param {{ tests: number, seed?: number, failing?: number }} options `failing`: tests of 1,000 that fail
 * @returns {import('../../lib/recorder/run-report.js').RunReport}
 */
export function sampleReport({ tests: total, seed = 1, failing = 40 }) {
  const random = randomFrom(seed);
  const tests = Array.from({ length: total }, (_, index) => sampleTest(index, total, random, failing));
  return assemble(tests, random);
}

function sampleTest(index, total, random, failing) {
  const perProject = Math.ceil(total / Math.min(PROJECTS.length, Math.ceil(total / 20)));
  const place = index % perProject;
  const areas = Object.keys(AREAS);
  const area = areas[place % areas.length];
  const titles = AREAS[area];
  const round = Math.floor(place / areas.length);
  const title = `${titles[round % titles.length]} ${DETAILS[Math.floor(round / titles.length) % DETAILS.length]}`;
  const group = Math.floor(round / (titles.length * DETAILS.length));
  const suites = [PROJECTS[Math.floor(index / perProject)], area, ...(group > 0 ? [`Store ${group}`] : [])];
  const file = `tests/${area.toLowerCase()}.spec.ts`;
  const kind = outcome(index, total, random, failing);
  const durationMs = Math.round(2 ** (random(60, 140) / 10));
  const attempts = attemptsOf(kind, area.toLowerCase(), durationMs, random);
  const last = attempts.at(-1);
  const failure = last.failures.find(({ status }) => status === 'Broken');
  return {
    id: `t${index}-${random(0x1000, 0xffff).toString(16)}`,
    kind: 'test',
    suites,
    title,
    name: [...suites, title].join(' › '),
    file,
    status: last.status,
    flaky: kind === 'flaky',
    issue: last.status === 'Broken' ? failure.issue : null,
    url: last.status === 'Broken' ? failure.url : null,
    startedMs: index * 90 + random(0, 60),
    durationMs: last.durationMs === null ? null : attempts.reduce((sum, attempt) => sum + attempt.durationMs, 0),
    attempts,
    messages: kind === 'passed' ? [] : [`browser: ${suites[0]}`, `session ${hex(random)}`],
    steps: kind === 'passed' && random(0, 9) > 0 ? [] : sampleSteps(last.status, durationMs, random),
  };
}

/** Of five tests each is of another kind, so that a small report shows all of them. */
function outcome(index, total, random, failing) {
  if (total <= 5) return ['Failed', 'Broken', 'passed', 'flaky', 'skipped'][index];
  const draw = random(0, 999);
  if (draw < failing * 0.3) return 'Failed';
  if (draw < failing) return 'Broken';
  if (draw < failing + 2) return 'unfinished';
  if (draw < failing + 12) return 'flaky';
  return draw < failing + 40 ? 'skipped' : 'passed';
}

function attemptsOf(kind, file, durationMs, random) {
  if (kind === 'flaky') {
    return [
      { status: 'Broken', durationMs, failures: [knownFailure(file, random)] },
      { status: 'passed', durationMs, failures: [] },
    ];
  }
  if (kind === 'Broken') return [{ status: kind, durationMs, failures: [knownFailure(file, random)] }];
  if (kind === 'Failed') return [{ status: kind, durationMs, failures: [unknownFailure(file, random)] }];
  const hasNoTime = kind === 'unfinished' || kind === 'skipped';
  return [{ status: kind, durationMs: hasNoTime ? null : durationMs, failures: [] }];
}

function knownFailure(file, random) {
  const known = KNOWN[Math.min(random(0, KNOWN.length - 1), random(0, KNOWN.length - 1))];
  const text = known.text(random, file);
  const { index, 0: found } = known.error.exec(text);
  const { issue, url, id } = known;
  const match = { start: index, end: index + found.length };
  return {
    text,
    cut: false,
    status: 'Broken',
    issue,
    url,
    reason: 'matched',
    rule: ruleIndex(known),
    id,
    match,
    signature: null,
  };
}

const ruleIndex = (known) => 12 + 307 * KNOWN.indexOf(known);

function unknownFailure(file, random) {
  const text = UNKNOWN[Math.min(random(0, UNKNOWN.length - 1), random(0, UNKNOWN.length - 1))](random, file);
  const none = { issue: null, url: null, rule: null, id: null, match: null };
  return { text, cut: false, status: 'Failed', reason: 'no-match', ...none, signature: signatureOf(text) };
}

const signatureOf = (text) => text.split('\n    at ')[0].replace(/\d+/g, 'N').slice(0, 200);

function sampleSteps(status, durationMs, random) {
  const failed = status === 'Broken' || status === 'Failed' ? 'failed' : 'passed';
  const step = (title, own, messages, steps = []) => ({
    title,
    status: own,
    startedMs: 0,
    durationMs: Math.round(durationMs / random(3, 9)),
    messages,
    steps,
  });
  return [
    step('Open the shop', 'passed', ['GET https://staging.shop.example/ 200']),
    step('Log in', 'passed', [], [step('Type the name', 'passed', []), step('Type the password', 'passed', ['value hidden'])]),
    step('Order', failed, ['click button "Order now"'], [step('Wait for the confirmation', failed, [])]),
  ];
}

/** The parts of a report that follow from its tests. */
function assemble(tests, random) {
  const count = (status) => tests.filter((test) => test.status === status).length;
  const counts = {
    total: tests.length,
    passed: count('passed'),
    skipped: count('skipped'),
    broken: count('Broken'),
    failed: count('Failed'),
    unfinished: count('unfinished'),
    flaky: tests.filter(({ flaky }) => flaky).length,
  };
  const durationMs = Math.max(...tests.map(({ startedMs, durationMs: took }) => startedMs + (took ?? 0)));
  return {
    format: 'known-failures-run',
    formatVersion: 1,
    title: 'Shop, end to end',
    runner: { name: 'Playwright Test', version: '1.65.1' },
    startedAt: '2026-11-28T13:02:11.000Z',
    durationMs,
    status: counts.failed + counts.broken + counts.unfinished > 0 ? 'failed' : 'passed',
    counts,
    rules: sampleRules(tests),
    issues: groups(tests, (failure) => failure.issue).map(([issue, indexes]) => {
      const known = KNOWN.find((one) => one.issue === issue);
      return { issue, url: known.url, rules: [ruleIndex(known)], tests: indexes };
    }),
    unknown: groups(tests, (failure) => failure.signature).map(([signature, indexes]) => ({ signature, tests: indexes })),
    tests,
    eventLoop: Array.from({ length: Math.min(2000, Math.ceil(durationMs / 500)) }, (_, index) => ({
      atMs: index * 500,
      delayMs: random(10, 40) / 10 + (random(0, 60) === 0 ? random(10, 90) : 0),
    })),
    warnings: [],
  };
}

/** Failed tests by what `keyOf` gives for their last attempt's failures, the largest group first. */
function groups(tests, keyOf) {
  const found = new Map();
  for (const [index, { status, attempts }] of tests.entries()) {
    if (status !== 'Failed' && status !== 'Broken') continue;
    for (const key of new Set(attempts.at(-1).failures.map(keyOf))) {
      if (key !== null) found.set(key, [...(found.get(key) ?? []), index]);
    }
  }
  return [...found].sort(([, a], [, b]) => b.length - a.length);
}

function sampleRules(tests) {
  const failures = tests.flatMap(({ attempts }) => attempts.flatMap((attempt) => attempt.failures));
  const hits = KNOWN.map((known) => {
    const { id, issue, url } = known;
    const rule = ruleIndex(known);
    return { rule, id, issue, url, failures: failures.filter((failure) => failure.rule === rule).length };
  });
  return {
    source: 'https://known-failures.shop.example/rules.json',
    version: '9f2c41d07ab3',
    state: 'fresh',
    confirmedAt: '2026-11-28T13:02:10.000Z',
    reason: null,
    total: 3214,
    active: 3212,
    rejected: [
      {
        index: 77,
        id: 'old-hub',
        issue: 'GRID-12',
        field: 'error',
        code: 'ERR_PATTERN_SYNTAX',
        message: 'Unterminated group: the ( at 9 is never closed',
        offset: 9,
      },
      {
        index: 1801,
        id: null,
        issue: 'SHOP-900',
        field: 'error',
        code: 'ERR_PATTERN_SYNTAX',
        message: 'Invalid group: (?i) is not JavaScript; write the flag as flags: "i"',
        offset: 0,
      },
    ],
    warnings: [
      {
        index: 402,
        id: 'disk-full',
        issue: 'INFRA-9',
        field: 'error',
        code: 'WARN_DIALECT',
        message: '[[:space:]] is a POSIX class, which JavaScript reads as a set of letters; write \\s',
        offset: 14,
      },
    ],
    hits: hits.filter((hit) => hit.failures > 0).sort((a, b) => b.failures - a.failures),
  };
}

// The rules that every runner's failures are judged by. `NOTHING` matches what says nothing: a text that only tells that an object
// was not read. What caused an error has lines of its own, or, in Jest's strings, follows `[cause]: ` or `[errors]: `.

module.exports = [
  { issue: 'NOTHING', error: '\\[object Object\\]|\\[unreadable error\\]' },
  { issue: 'TIMEOUT', error: '[Tt]imeout of \\d+ ?ms|timed out (?:in|after) \\d+ ?ms|within \\d+ milliseconds' },
  { issue: 'REFUSED', error: 'connect ECONNREFUSED 127\\.0\\.0\\.1:\\d+' },
  { issue: 'CAUSE', error: '^(?:\\[cause\\]: )?Error: no such session: [0-9a-f]{8}$', flags: 'm' },
  { issue: 'CAUSE-TEXT', error: '^(?:\\[cause\\]: )?hub-\\d+ is draining$', flags: 'm' },
  { issue: 'AGGREGATE', error: '^(?:\\[errors\\]: )?Error: cleanup \\d+ failed$', flags: 'm' },
  { issue: 'BACKEND', error: 'backend 5\\d\\d' },
  { issue: 'TYPE', error: "^TypeError: Cannot read properties of undefined \\(reading 'total'\\)$", flags: 'm' },
  {
    issue: 'ASSERTION',
    error:
      '41 !== 42|expected 41 to (?:be|equal|strictly equal) 42|Expected: 42\\s+Received: 41|strictly be equal to:\\s+42\\s+Received:\\s+41',
  },
  { issue: 'SOFT', error: 'Expected: "paid"[^]*Expected: 3|to be \'paid\'[^]*expected 2 to be 3' },
  { issue: 'HOOK', error: '^Error: the fixture is down, \\w+ all$', flags: 'm' },
  { issue: 'SYNTAX', error: 'SyntaxError|Unexpected end of input|invalid JS syntax' },
  { issue: 'BROWSER', error: 'javascript error: Cannot read properties of \\w+' },
  { issue: 'ELEMENT', error: 'no such element: Unable to locate element: \\{.*"#pay"|expected web page to include "Paid"' },
  { issue: 'SESSION', error: 'NoSuchSessionError: .*session with ID: [0-9a-f]+' },
  { issue: 'FLAKY', error: 'session not created, attempt \\d' },
  { issue: 'SCOPED', error: '^Error: card 4711 refused$', flags: 'm', test: '\\bCart\\b.+\\bcheckout\\b' },
];

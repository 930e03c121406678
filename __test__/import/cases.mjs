// What becomes of each file beside this one. Of every rule: a text that its author means, and, behind it, texts that only look like it.

const MESSAGE = 'Error: Timeout\n    at a.js:1:2';

/** @type {{ file: string, dialect?: string, counts: string, texts: Record<string, string[]> }[]} `counts`: kept, translated, refused */
export const cases = [
  {
    file: 'allure2/web-shop.json',
    counts: '0 3 2',
    texts: {
      'Grid is full': [
        'WebDriverException: COULD not start a new session. Response code 500\n at x',
        'could not start a session',
      ],
      'Element went stale': ['org.openqa.selenium.StaleElementReferenceException: gone\n\tat x', 'stale element'],
      'Checkout sum': [
        'AssertionError: Expected sum 42 but was 41\n    at cart.spec.js:3:4',
        'Expected sum 42 but was 41, or more',
        'Not: Expected sum 42 but was 41 at all',
        'the Expected sum 42 but was 41',
      ],
    },
  },
  {
    file: 'allure2/api.json',
    counts: '0 4 1',
    texts: {
      Gateway: ['Error: GET /a\ngave 503\nService Unavailable', '1503 Service Unavailable'],
      Schema: ['Error: JSON schema mismatch: $.id', 'a JSON schema mismatch'],
      'Token expired': ['Error: access token expired\n    at a.js:1:2', 'access token expired yesterday', 'token expired'],
      'Slow answer': ['Error: took 5021ms\n    at ApiClient.send (a.js:1:2)', 'Error: took 5021ms\n    at Other.send (a.js:1:2)'],
    },
  },
  {
    file: 'allure2/mobile.json',
    counts: '0 4 2',
    texts: {
      'Device lost': ["adb: device 'emulator-5554' not found", "device '' not found"],
      Crash: ['E/AndroidRuntime: FATAL EXCEPTION: main\nProcess: com.shop', 'FATAL EXCEPTION: worker'],
      Keyboard: ['Error: Soft keyboard \t not present, cannot hide', 'Softkeyboard not present'],
      'Either end': ['Error: adb: more than one device', 'run adb: it'],
    },
  },
  {
    file: 'allure2/database.json',
    counts: '0 4 2',
    texts: {
      Deadlock: ['PSQLException: ERROR: deadlock detected\n  Detail: x', 'dead lock'],
      Connections: ['HikariPool-1 - Connection is not available, request timed out after 30000ms (total=10)', 'HikariPool-x'],
      'Unique key': [
        'ERROR: duplicate key value violates unique constraint "users_pkey"',
        'duplicate key value violates unique constraint "users_pkey"',
      ],
      Migration: ['FlywayException: Flyway failed\r\nV7', 'Flyway failed: V7'],
    },
  },
  {
    file: 'allure2/product.json',
    counts: '0 5 1',
    texts: {
      Null: ['java.lang.NullPointerException\n\tat a', 'NullReference'],
      'Timeout of exactly this': [MESSAGE, 'Error: Timeout of 5 s\n    at a.js:1:2', 'Error: a Timeout'],
      'Nothing found': [
        'no such element: Unable to locate element: {"method":"css selector","selector":"#pay"}',
        'no such element',
      ],
      Umlauts: ['Die Größe Übergröße fehlt', 'Die Größe 42 fehlt'],
      Screenshots: ['Error: screenshots differ by 17', 'screenshotsdiffer'],
    },
  },
  {
    file: 'allure3/allurerc.json',
    counts: '2 1 2',
    texts: {
      Grid: ['Error: connect ECONNREFUSED 127.0.0.1:4444', 'ECONNREFUSED'],
      'Timeouts, matcher 0': ['Error: Timeout of 500ms exceeded', 'a Timeout of 500ms exceeded'],
      'Timeouts, matcher 1': ['TimeoutError: locator.click', 'Timeout'],
    },
  },
  {
    file: 'allure3/categories.json',
    counts: '2 0 2',
    texts: {
      Snapshots: ['Error: the page does not match snapshot 3', 'snapshot'],
      Network: [
        'Error: net::ERR_NAME_NOT_RESOLVED at http://a\n    at page.goto (a.js:1:2)',
        'Error: net::ERR_NAME_NOT_RESOLVED at http://a',
      ],
    },
  },
  {
    file: 'allure3/allurerc.yaml',
    counts: '1 1 1',
    texts: {
      'Rate limit': ['HTTP 429 Too Many Requests', 'HTTP 42'],
      'Whole message': [
        'Error: socket hang up\n    at connResetException (node:internal/errors:787:14)',
        'Error: socket hang up again',
      ],
    },
  },
  {
    file: 'allure3/list.json',
    counts: '1 1 2',
    texts: {
      Worker: ['Error: worker process 4711 exited unexpectedly', 'worker process exited'],
      'Line ends': ['Error: exit code 137\n    at ChildProcess', 'exit code 0', 'exit code 1 of 2'],
    },
  },
  {
    file: 'allure3/small.json',
    counts: '1 1 2',
    texts: {
      Heap: ['FATAL ERROR: JavaScript heap out of memory', 'out of memory'],
      Class: ['SyntaxError: in a\nunexpected token', 'Unexpected token'],
    },
  },
  {
    file: 'dotnet/issues.json',
    counts: '2 0 2',
    texts: {
      'Restore fails': ['a.csproj : ERROR nu1301: unable to load the service index (feed) for x', 'NU1301'],
      'Test host crash': [
        'The active test run was aborted. Reason: Test host process exited with code 134',
        'aborted. Reason: exited\nwith code 134',
      ],
    },
  },
  {
    file: 'dotnet/lines.json',
    counts: '0 1 0',
    texts: {
      'Assert.Equal() Failure': [
        'Xunit: assert.Equal() Failure: Values differ\nx\nExpected: 42\nActual: 41',
        'Expected: 42\nAssert.Equal() Failure',
        'Assert.Equal() Failure Expected: 42',
      ],
    },
  },
  {
    file: 'dotnet/patterns.json',
    counts: '0 2 2',
    texts: {
      '(?<kind>IOException|SocketException): .*\\s+address already in use': [
        'System.Net.Sockets.SocketException: bind: \t Address already in use',
        'SocketException: bind\naddress already in use',
      ],
      '^\\[FAIL\\] Cart': ['log\n[fail] Cart.Pays\n  Timeout after: 30', '[FAIL] Cart Timeout: 30', 'a [FAIL] Cart\nTimeout: 30'],
    },
  },
  {
    file: 'dotnet/empty.json',
    counts: '1 1 1',
    texts: {
      'C:\\agent\\build\\1\\s: access denied': [
        'error C:\\Agent\\build\\1\\s: Access denied.',
        'C:/agent/build/1/s: access denied',
      ],
      'error CS[0-9-[5]]+:': ['a.cs(1,2): error CS1002: ; expected', 'error CS5: x', 'error CS\n1:'],
    },
  },
  {
    file: 'dotnet/damaged.json',
    counts: '1 1 1',
    texts: {
      'Two blocks': ['LLVM ERROR: Out of memory', 'LLVM'],
      Case: ['log\nOOMKilled the process \nmore', 'oomkilled the process '],
    },
  },
  {
    file: 'gitlab/single_line_patterns.yml',
    counts: '3 1 0',
    texts: {
      'no_space, pattern 0': ['cp: no space left on device', 'space left'],
      'no_space, pattern 1': ['write error: disk quota exceeded', 'write error: quota'],
      job_timeout: [
        'ERROR: Job failed: execution took longer than 1h30m0s seconds\nmore',
        'execution took longer than 1h30m0s seconds.',
      ],
      commit_id: [`log\nfatal: bad object ${'0a'.repeat(20)}\n`, `fatal: bad object ${'0g'.repeat(20)}`],
    },
  },
  {
    file: 'gitlab/multiline_patterns.yml',
    counts: '3 0 0',
    texts: {
      'real_test_failures, pattern 0': ['expected: 1 got: 2\n\nfailed examples:\n', 'Failed examples:\n'],
      'real_test_failures, pattern 1': ["Failures:\n  1) undefined method 'x' for nil", 'Failures: none'],
      both: ['Gitaly: 4:Deadline Exceeded', 'gitaly'],
    },
  },
  {
    file: 'gitlab/catchall_patterns.yml',
    counts: '0 2 2',
    texts: {
      dotall: ['begin\nx\nend', 'END\nBEGIN'],
      script: ['ERROR: script returned exit code: 137', 'script returned exit code: 137\n'],
    },
  },
  {
    file: 'gitlab/infrastructure.yml',
    counts: '3 0 1',
    texts: {
      'registry, pattern 0': ['manifest for ruby:9 not found: manifest unknown', 'manifest for\nx not found: manifest unknown'],
      'registry, pattern 1': ['toomanyrequests: You have reached your pull rate limit', 'rate limit'],
      dns: ['curl: (6) Could not resolve host: rubygems.org', 'Could not resolve host: '],
    },
  },
  {
    file: 'gitlab/ruby.yml',
    counts: '1 2 2',
    texts: {
      yarn: ['error Command failed with exit code 1.', 'error Command failed with exit code 0'],
      'possessive, pattern 0': ['412 examples, 17 failures', '412 examples, 0 failures'],
      spaces: ['oom killed', 'oomkilled'],
    },
  },
  {
    file: 'jenkins/build-failure-analyzer.xml',
    counts: '1 1 1',
    texts: {
      'Disk full & slow, indication 0': ['log\ntar: No space left on device (28)\n', 'no space left on device'],
      'Disk full & slow, indication 1': ['<io>\nwrite failed\n</io>', '<io>write failed'],
    },
  },
  {
    file: 'jenkins/causes.json',
    counts: '1 1 1',
    texts: {
      'Git, indication 0': [
        "log\nERROR: Error cloning remote repo 'origin'\nmore",
        "x ERROR: Error cloning remote repo 'origin'",
      ],
      'Git, indication 1': ['fatal: Connection  Reset by peer', 'connection\nreset by peer'],
    },
  },
  {
    file: 'jenkins/list.json',
    counts: '1 1 1',
    texts: {
      'Compilation, indication 0': ['COMPILATION ERROR :\nx\nBUILD FAILURE', 'BUILD FAILURE\nCOMPILATION ERROR'],
      'Compilation, indication 1': ["log\n[ERROR] /a/B.java:[3,14] ')' expected\nmore;", '[ERROR] /a/B.java:[3,14] a; b'],
    },
  },
  {
    file: 'jenkins/old.xml',
    counts: '0 2 1',
    texts: {
      'Agent went away, indication 0': [
        'x\njava.io.ChannelClosedException: gone',
        'FATAL: Unexpected termination of the channel, maybe',
      ],
      'Agent went away, indication 1': [
        'Agent <linux7> is offline',
        'Agent <linux-7> is offline',
        'The Agent <linux7> is offline',
      ],
    },
  },
  {
    file: 'jenkins/one.json',
    counts: '1 1 1',
    texts: {
      'Docker, indication 0': [
        'log\ndocker: Error response from daemon: conflict',
        'a docker: Error response from daemon: conflict',
      ],
      'Docker, indication 2': ['denied: the\nimage:\nunauthorized', 'denied: unauthorized'],
    },
  },
  {
    file: 'pytorch/ruleset.toml',
    counts: '4 0 0',
    texts: {
      'Runner stopped': ['log\nThe runner has received a shutdown signal. This', 'x The runner has received a shutdown signal.'],
      'Test failed': ['FAILED [0.12s] test/a.py::TestA::test_b - x', 'FAILED test/a.py'],
      Compiler: ["x\na.cpp:3:14: error: 'std::foo' is no member", 'a.cpp:3:14: error: x'],
      'Segmentation fault': ['a.py failed! Received Signal: SIGSEGV', 'Signal: SIGSEGV'],
    },
  },
  {
    file: 'pytorch/flags.toml',
    counts: '0 3 1',
    texts: {
      'Any case': ['CUDA Out Of Memory', 'memory'],
      Named: ["ModuleNotFoundError: No module named 'x'", 'ImportError:\nx'],
      Classes: ['exit 137 after 3 s, killed', 'exit 137 after\n3 s, killed', 'exit 137 now, _'],
    },
  },
  {
    file: 'pytorch/text.toml',
    counts: '0 3 1',
    texts: {
      'Literal "quotes"': ["don't panic: ✓ \nmore", "don't panic: ✓ x"],
      Words: ['Aborted, core dumped', 'score dumped'],
      Negated: ['Expected 1 but got 2\n', 'Expected 1\n but got 2'],
    },
  },
  {
    file: 'pytorch/docker.toml',
    counts: '2 0 1',
    texts: {
      'Docker pull': ['log\nError response from daemon: x', 'docker: Error response from daemon: x'],
      'Docker disk': ['write /a: no space left on device', 'No Space left on device'],
    },
  },
  {
    file: 'pytorch/lint.toml',
    counts: '3 0 1',
    texts: {
      Lint: ['>>> Lint for a.py:\n', '>>> Lint for a.py: x'],
      Flake8: ['log\na.py:1:2: E501 too long', 'a.py:1:2: E5 x'],
      Look: ['xab', 'xac'],
    },
  },
  {
    file: 'lines/python.txt',
    dialect: 'python',
    counts: '0 4 1',
    texts: {
      'line 2': ['Connection RESET', 'connection lost'],
      'line 3': ['db7.local: db7 is down', 'db7.local: db8 is down'],
      'line 4': ['Traceback (most recent call last):', 'Traceback (most recent call last):\n'],
      'line 5': [']x]y', 'zy'],
    },
  },
  {
    file: 'lines/go.txt',
    dialect: 'go',
    counts: '1 3 1',
    texts: {
      'line 1': ['panic: runtime error: index out of range [5]', 'panic: runtime error: an index out of range'],
      'line 2': ['goroutine 1 [running]:', 'goroutine 1 r:'],
      'line 3': ['BEGIN\nx\nEND', 'BEGIN\nEND\n'],
      'line 5': ['a{,3}', 'aaa'],
    },
  },
  {
    file: 'lines/pcre.txt',
    dialect: 'pcre',
    counts: '0 3 2',
    texts: {
      'line 1': ['5021ms elapsed', 'ms elapsed'],
      'line 3': ['user jane unknown', 'user  unknown'],
      'line 4': ['cde', 'ade'],
    },
  },
  {
    file: 'lines/dotnet.txt',
    dialect: 'dotnet',
    counts: '0 3 2',
    texts: { 'line 1': ['ac', 'c'], 'line 2': [`'x'`, `'x"`], 'line 4': ['12px', 'px'] },
  },
  {
    file: 'lines/java.txt',
    dialect: 'java',
    counts: '0 5 1',
    texts: {
      'line 2': ['aB', 'Ab'],
      'line 3': ['café\u00a0😀😀', 'cafe 😀'],
      'line 4': ['1a2b3c4d', '1a2b3c4g'],
      'line 5': ['end of line\n', 'end of line\n\n'],
      'line 6': ['next', 'a next'],
    },
  },
];

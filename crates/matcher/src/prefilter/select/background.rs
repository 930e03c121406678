//! What error texts have in common, whatever the rules are: a background text that counts like the
//! literals of some rules. Rules seldom mention it, but nearly every text has it.

/// What nearly every error text has: stack frames of Node.js, browsers, Java, Python and .NET.
pub(crate) const FRAMES: &str = concat!(
    "Error: \n",
    "    at async Object.<anonymous> (",
    "/home/user/project/node_modules/test/src/index.js:10:20)\n",
    "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)\n",
    "    at Context.<anonymous> (file:///builds/tests/specs/page.spec.ts:100:15)\n",
    "    at new Promise (<anonymous>)\n",
    "    at Function.execute (webpack:///./src/pages/component.mjs:1:1)\n",
    "    at runMicrotasks (<anonymous>)\n",
    "    at Runner.run (selenium-webdriver/lib/http.js:1:1)\n",
    "    at eval (eval at <anonymous>)\n",
    "@http://localhost:8080/static/js/main.chunk.js:1:1\n",
    "\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(",
    "ThreadPoolExecutor.java:1144)\n",
    "\tat java.lang.Thread.run(Thread.java:833)\n",
    "\tat org.springframework.framework.Service.invoke(Service.java:100)\n",
    "\tat com.example.Controller.Repository(Unknown Source)\n",
    "Caused by: java.lang.RuntimeException: Exception in thread \"main\" \n",
    "\t... 42 more\n",
    "Suppressed: java.io.IOException: \n",
    "Traceback (most recent call last):\n",
    "  File \"/usr/lib/python3/site-packages/tests.py\", line 100, in <module>\n",
    "raise Exception(\n",
    "at System.Threading.Tasks.Task.Execute() in C:\\project\\src\\Program.cs:line 100\n",
    "--- End of stack trace\n",
);

/// What many error texts have, whatever they are about: the words of test runners, the messages of
/// browser drivers and HTTP clients, JSON, times.
pub(crate) const MESSAGES: &str = concat!(
    "AssertionError: expected 'value' to equal 'undefined' but got null\n",
    "+ expected - actual\n",
    "  Expected: \"true\"\n",
    "  Received: \"false\"\n",
    "Timeout of 10000ms exceeded. For async tests and hooks, ensure \"done()\" is called\n",
    "TimeoutError: Waiting for element timed out after 30000 ms\n",
    "NoSuchElementError: no such element: Unable to locate element: {\"method\":\"css ",
    "selector\",\"selector\":\"[data-testid=\"}\n",
    "StaleElementReferenceError: stale element reference: \n",
    "  (Session info: chrome=120.0.6099.109)\n",
    "WebDriverError: unknown error: \n",
    "TypeError: Cannot read properties of undefined (reading 'length')\n",
    "ReferenceError: is not defined\n",
    "is not a function\n",
    "Request failed with status code 500\n",
    "GET https://www.service.example.com/api/v1/ 404 (Not Found)\n",
    "connect ECONNREFUSED 127.0.0.1:443\n",
    "{\"status\":500,\"code\":\"error\",\"message\":\"failed\",\"id\":\"0\",",
    "\"timestamp\":\"2025-01-01T00:00:00.000Z\"}\n",
    "[INFO] [ERROR] WARN DEBUG \n",
    "0123456789 1000 2000 100000 ----------------------------------------                     ",
    "                   ========================",
);

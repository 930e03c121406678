// Rules as people write them for known failures, with the texts that tests fail with.

import { cases, r } from './table.mjs';

const SELENIUM = [
  'NoSuchElementError: no such element: Unable to locate element: {"method":"css selector","selector":"#login > button"}',
  '  (Session info: chrome=126.0.6478.127)',
  '    at Object.throwDecodedError (/app/node_modules/selenium-webdriver/lib/error.js:523:15)',
  '    at async LoginPage.open (/app/test/pages/login.page.js:42:11)',
].join('\n');
const ASSERTION =
  "AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:\r\n\r\n'Überweisung 1.234,56\u00a0€' !== 'Überweisung 0,00\u00a0€'\r\n\n    at Context.<anonymous> (test/konto.spec.js:17:12)";
const TIMEOUT = 'Error: Timeout of 30000ms exceeded. For async tests and hooks, ensure "done()" is called;';

export default [
  ...cases('error texts', [
    [r`no such element: Unable to locate element: \{.*"selector":"#login\b`, '', SELENIUM],
    [r`^\s+at async \w+Page\.open \(.*:\d+:\d+\)$`, 'm', SELENIUM],
    [r`chrome=(\d+)\.(?:\d+\.)*\d+\)`, '', SELENIUM],
    [r`^NoSuchElementError:(?=[^]*login\.page\.js)`, '', SELENIUM],
    [r`^NoSuchElementError:(?![^]*firefox)`, '', SELENIUM],
    [r`(?<=error\.js:)\d+`, '', SELENIUM],
    [r`session info: CHROME`, 'i', SELENIUM],
    [r`"method":"(?<how>[^"]+)".*"selector":"(?<what>[^"]+)"`, '', SELENIUM],
    [r`^.*$`, '', SELENIUM, ASSERTION],
    [r`^.*$`, 'm', SELENIUM, ASSERTION],
    [r`^[^]*$`, '', SELENIUM, ASSERTION],
    [r`\d{1,3}(?:\.\d{3})*,\d{2}\s€`, '', ASSERTION],
    [r`ÜBERWEISUNG`, 'i', ASSERTION],
    [r`überweisung (?<soll>[\d.,]+)\s€' !== '.*\k<soll>`, 'i', ASSERTION],
    [r`equal:\s+'(.*)' !== '(.*)'\s*$`, 'm', ASSERTION],
    [r`equal:$`, 'm', ASSERTION],
    [r`Timeout of (\d+)ms exceeded`, '', TIMEOUT],
    [r`timeout.*exceeded.*`, 'i', TIMEOUT],
    [r`(?:ETIMEDOUT|ECONNRESET|socket hang up|Timeout of \d{4,}ms)`, '', TIMEOUT, 'read ECONNRESET'],
    [r`^(?!.*flaky)(?=.*Timeout).+$`, '', TIMEOUT, 'Timeout flaky'],
    [r`[\w.+-]+@[\w-]+\.[\w.]+`, '', 'mail to jane.doe+test@example.co.uk failed', 'no mail'],
    [r`https?:\/\/[^\s/$.?#].[^\s"']*`, 'i', 'GET HTTPS://example.com/a?b=c 503', 'http:/x'],
    [r`\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b`, 'i', 'id 123E4567-e89b-12d3-a456-426614174000.', 'id 123e4567'],
    [r`\x1b\[[0-9;]*m`, '', '\x1b[31mred\x1b[0m', 'plain'],
  ]),
];

// Selenium, WebDriver and Playwright: elements that are not there, gone, covered or late.

import { pattern } from '../author.mjs';
import { camel, entities, kebab, parts, stages, widgets } from '../words.mjs';
import { drawElement, drawHabit, drawPage } from './template.mjs';

const session = (random) =>
  `\n  (Session info: chrome=${random.int(118, 131)}.0.${random.int(5000, 6900)}.${random.int(10, 250)})`;

/** @type {import('./template.mjs').Template[]} */
export const webdriver = [
  {
    name: 'webdriver.noSuchElement.css',
    weight: 10,
    draw: drawElement,
    pattern: (d) =>
      [
        pattern(d.habit)`no such element: Unable to locate element: \{"method":"css selector","selector":".*${d.id}.*"\}`,
        pattern(d.habit)`^NoSuchElementError: [\s\S]*?\[data-testid=\\?"${d.id}\\?"\]`,
        pattern(d.habit)`NoSuchElementError: .*Unable to locate element.*${d.id}`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'NoSuchElementError',
      message: `no such element: Unable to locate element: {"method":"css selector","selector":"[data-testid=\\"${d.id}\\"]"}${session(random)}`,
    }),
  },
  {
    name: 'webdriver.noSuchElement.xpath',
    weight: 6,
    draw: (random) => ({ ...drawElement(random), label: `${random.pick(entities)} ${random.pick(parts).toLowerCase()}` }),
    pattern: (d) =>
      [
        pattern(d.habit)`Unable to locate element: \{"method":"xpath","selector":"//div\[@id='${d.id}'\]//.*${d.label}`,
        pattern(d.habit)`no such element: [^\n]*//div\[@id='${d.id}'\]//button\[contains\(text\(\), '${d.label}'\)\]`,
        pattern(d.habit)`"selector":"\/\/div\[@id='${d.id}'\].*contains\(text\(\), '${d.label}'\)`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'NoSuchElementError',
      message: `no such element: Unable to locate element: {"method":"xpath","selector":"//div[@id='${d.id}']//button[contains(text(), '${d.label}')]"}${session(random)}`,
    }),
  },
  {
    name: 'webdriver.staleElement',
    weight: 8,
    draw: drawPage,
    pattern: (d) =>
      [
        pattern(d.habit)`StaleElementReferenceError: [\s\S]*?at (?:async )?${d.page}\.${d.method} \(`,
        pattern(d.habit)`stale element (?:reference|not found)[\s\S]+?${d.page}\.${d.method}\b`,
        pattern(d.habit)`^StaleElementReference(?:Error|Exception): stale element reference: .*\n[\s\S]*${d.page}\.${d.method}`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'StaleElementReferenceError',
      message: `stale element reference: stale element not found in the current frame${session(random)}`,
      frames: [{ type: d.page, method: d.method }],
    }),
  },
  {
    name: 'webdriver.timeout',
    weight: 10,
    draw: (random) => ({ ...drawElement(random), form: camel(random.pick(entities)) + random.pick(parts) }),
    pattern: (d) =>
      [
        pattern(d.habit)`Waiting for element to be located By\(css selector, #${d.form} \.${d.id}\)\s+Wait timed out after \d+ms`,
        pattern(d.habit)`TimeoutError: Waiting for element .*#${d.form} \.${d.id}[\s\S]*?timed out after \d{4,5} ?ms`,
        pattern(d.habit)`By\(css selector, #${d.form} \.${d.id}\)\nWait timed out after [1-3]\d{4}ms`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'TimeoutError',
      message: `Waiting for element to be located By(css selector, #${d.form} .${d.id})\nWait timed out after ${random.int(10_001, 30_400)}ms`,
    }),
  },
  {
    name: 'webdriver.clickIntercepted',
    weight: 7,
    draw: (random) => ({ ...drawElement(random), over: `${kebab(random.pick(entities))}-${random.pick(widgets)}` }),
    pattern: (d) =>
      [
        pattern(
          d.habit,
        )`element click intercepted: Element <button[^>]*data-testid="${d.id}"[^>]*>.*</button> is not clickable at point \(\d+, \d+\)\. Other element would receive the click: <div class="${d.over}`,
        pattern(d.habit)`ElementClickInterceptedError: .*"${d.id}"[\s\S]*?would receive the click: .*${d.over}`,
        pattern(d.habit)`data-testid="${d.id}".* is not clickable at point \([0-9]+, ?[0-9]+\).*<div class="${d.over}"`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'ElementClickInterceptedError',
      message: `element click intercepted: Element <button class="btn btn-${random.pick(['primary', 'secondary', 'ghost'])}" type="submit" data-testid="${d.id}" data-v-${random.hex(8)}="">…</button> is not clickable at point (${random.int(8, 1900)}, ${random.int(8, 1070)}). Other element would receive the click: <div class="${d.over}" role="presentation" style="opacity: 0.${random.int(1, 9)};"></div>${session(random)}`,
    }),
  },
  {
    name: 'webdriver.notInteractable',
    weight: 4,
    draw: (random) => ({ ...drawElement(random), ...drawPage(random) }),
    pattern: (d) =>
      [
        pattern(d.habit)`ElementNotInteractableError: element not interactable[\s\S]*?locator: #${d.id}\b`,
        pattern(d.habit)`element not interactable.*\n.*Session info.*\n.*#${d.id} \(${d.page}\)`,
        pattern(d.habit)`not interactable[\s\S]{1,200}${d.id}[\s\S]*?${d.page}`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'ElementNotInteractableError',
      message: `element not interactable${session(random)}\nlocator: #${d.id} (${d.page})`,
    }),
  },
  {
    name: 'webdriver.unexpectedAlert',
    weight: 3,
    draw: (random) => ({
      ...drawHabit(random),
      text: `${random.pick(entities)} ${random.pick(parts).toLowerCase()} ${random.pick(['expired', 'is locked', 'was changed by another user', 'is not valid'])}`,
    }),
    pattern: (d) =>
      [
        pattern(d.habit)`UnexpectedAlertOpenError: unexpected alert open: \{Alert text : ${d.text}\}`,
        pattern(d.habit)`^UnexpectedAlertOpen(?:Error|Exception): .*Alert text : ${d.text}`,
        pattern(d.habit)`unexpected alert open: [\s\S]*?\{Alert text ?: ${d.text}\.?\}`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'UnexpectedAlertOpenError',
      message: `unexpected alert open: {Alert text : ${d.text}}${session(random)}`,
    }),
  },
  {
    name: 'webdriver.gridSession',
    weight: 2,
    draw: (random) => ({ ...drawHabit(random), node: `grid-${random.pick(stages)}-node-${random.int(10, 999)}` }),
    pattern: (d) =>
      [
        pattern(d.habit)`SessionNotCreatedError: Could not start a new session\. .*Host info: host: '${d.node}'`,
        pattern(d.habit)`Could not start a new session\. Response code 5\d\d[\s\S]*?${d.node}(?:\.grid\.local)?'`,
        pattern(d.habit)`(?:session not created|Could not start a new session)[\s\S]*?host: '${d.node}', ip: '10\.\d+\.\d+\.\d+'`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'SessionNotCreatedError',
      message: `Could not start a new session. Response code ${random.pick([500, 502, 503, 504])}. Message: unable to find capacity. Host info: host: '${d.node}', ip: '10.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}'`,
    }),
  },
  {
    name: 'playwright.locatorTimeout',
    weight: 7,
    draw: (random) => ({
      ...drawElement(random),
      action: random.pick(['click', 'fill', 'hover', 'check', 'selectOption', 'textContent']),
    }),
    pattern: (d) =>
      [
        pattern(
          d.habit,
        )`TimeoutError: locator\.${d.action}: Timeout \d+ms exceeded\.[\s\S]*?waiting for getByTestId\('${d.id}'\)`,
        pattern(d.habit)`locator\.${d.action}: (?:Timeout|Test timeout of) .*exceeded\.[\s\S]*getByTestId\('${d.id}'\)`,
        pattern(d.habit)`${d.action}: Timeout (?:15|30|60)000ms exceeded\.\nCall log:\n.*${d.id}`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'TimeoutError',
      message: `locator.${d.action}: Timeout ${random.pick([15000, 30000, 60000])}ms exceeded.\nCall log:\n  - waiting for getByTestId('${d.id}')\n  -   locator resolved to ${random.int(0, 3)} elements\n  - attempting ${d.action} action\n  -   waiting for element to be visible, enabled and stable`,
    }),
  },
];

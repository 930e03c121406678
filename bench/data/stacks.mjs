// Stack traces and logs: the bulk of an error's text, which few rules are about.

import { browsers, camel, entities, kebab, layers, methods, parts, plural, verbs } from './words.mjs';

const page = (random) => random.pick(entities) + random.pick(parts) + random.pick(['Page', 'Dialog', 'Component', 'Screen']);

function nodeFrame(random) {
  const type = page(random);
  const place = `${random.int(8, 900)}:${random.int(3, 90)}`;
  return random.pick([
    `    at async ${type}.${random.pick(methods)} (file:///builds/e2e/shop-tests/src/pages/${kebab(type)}.mjs:${place})`,
    `    at ${type}.${random.pick(methods)} (/builds/e2e/shop-tests/src/pages/${kebab(type)}.js:${place})`,
    `    at async Context.<anonymous> (/builds/e2e/shop-tests/specs/${kebab(random.pick(entities))}.spec.js:${place})`,
    `    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`,
    `    at Object.${random.pick(verbs)} (/builds/e2e/node_modules/selenium-webdriver/lib/${random.pick(['error', 'http', 'webdriver', 'promise'])}.js:${place})`,
  ]);
}

function javaFrame(random) {
  const type = random.pick(entities) + random.pick(parts) + random.pick(['Service', 'Controller', 'Filter', 'Proxy']);
  return random.pick([
    `\tat com.example.shop.${random.pick(entities).toLowerCase()}.${random.pick(layers)}.${type}.${random.pick(verbs)}(${type}.java:${random.int(20, 900)})`,
    `\tat org.springframework.aop.framework.CglibAopProxy$CglibMethodInvocation.proceed(CglibAopProxy.java:${random.int(100, 900)})`,
    `\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)`,
    `\tat org.apache.catalina.core.ApplicationFilterChain.doFilter(ApplicationFilterChain.java:${random.int(100, 200)})`,
  ]);
}

/**
 * A whole error text: the failure's head, its frames, and more frames until the text has about `length` code units.
 * @param {import('./templates/template.mjs').Failure} failure
 * @param {import('../../scripts/lib/random.mjs').Random} random
 * @param {number} length
 */
export function errorText(failure, random, length) {
  let text = `${failure.name}: ${failure.message}`;
  for (const { type, method } of failure.frames ?? []) {
    text += `\n    at async ${type}.${method} (file:///builds/e2e/shop-tests/src/pages/${kebab(type)}.mjs:${random.int(8, 900)}:${random.int(3, 90)})`;
  }
  const frame = failure.stack === 'java' ? javaFrame : nodeFrame;
  while (text.length < length) text += `\n${frame(random)}`;
  return text;
}

/**
 * What a browser and a driver logged before the test failed, about `length` code units of it.
 * @param {import('../../scripts/lib/random.mjs').Random} random
 * @param {number} length
 */
export function browserLog(random, length) {
  let text = `Log of ${random.pick(browsers)} session ${random.hex(32)}:`;
  while (text.length < length) {
    text += `\n[${random.timestamp()}] ${random.pick([
      `[INFO] GET https://${kebab(random.pick(entities))}.stage.shop.example/api/v${random.int(1, 4)}/${plural(kebab(random.pick(entities)))}/${random.int(1, 99_999)} 200 ${random.int(3, 900)} ms traceId=${random.hex(32)}`,
      `[DEBUG] webdriver: COMMAND FindElement {"using":"css selector","value":"[data-testid=\\"${kebab(random.pick(entities))}-${kebab(random.pick(parts))}-button\\"]"}`,
      `[DEBUG] webdriver: RESPONSE FindElement {"element-6066-11e4-a52e-4f735466cecf":"f.${random.hex(32)}.d.${random.hex(32)}.e.${random.int(1, 900)}"}`,
      `[WARN] ${camel(random.pick(entities))}Store: state ${camel(random.pick(parts))} changed ${random.int(2, 30)} times within one tick`,
      `[INFO] analytics event ${kebab(random.pick(entities))}.${random.pick(verbs)} queued, ${random.int(0, 40)} waiting`,
    ])}`;
  }
  return text;
}

// Java failures: an exception, its cause, and frames of frameworks. Patterns name a few of these, with `.*` or `[^]*` between them.

import { pattern } from '../author.mjs';
import { vocabularyWorkload } from './list.mjs';

const vendors = 'com.northwind com.globex.platform io.initech org.umbrella.core net.hooli de.wonka.shop'.split(' ');
const modules = 'orders invoices shipping identity pricing returns ledger catalogue messaging vouchers stock audit'.split(' ');
const subjects =
  'Order Invoice Shipment Customer Voucher Parcel Refund Contract Address Basket Payment Supplier Warehouse Account'.split(' ');
const kinds = 'Service Repository Controller Mapper Listener Gateway Validator Client Factory Job'.split(' ');
const verbs = 'find save update resolve publish reserve calculate validate convert dispatch merge lock'.split(' ');
const exceptions = [
  'java.lang.NullPointerException',
  'java.lang.IllegalStateException',
  'java.net.SocketTimeoutException',
  'java.util.concurrent.TimeoutException',
  'java.sql.SQLTransientConnectionException',
  'org.springframework.dao.DataIntegrityViolationException',
  'org.springframework.beans.factory.BeanCreationException',
  'org.hibernate.LazyInitializationException',
  'com.fasterxml.jackson.databind.exc.MismatchedInputException',
  'io.grpc.StatusRuntimeException',
];
const messages = [
  'Read timed out',
  'Connection is not available, request timed out',
  'could not initialize proxy - no Session',
  'could not execute statement',
  'Cannot deserialize value of type',
  'UNAVAILABLE: io exception',
  'Failed to load ApplicationContext',
  'No value present',
];
const frameworks = [
  'java.base/java.lang.reflect.Method.invoke(Method.java:',
  'java.base/java.util.ArrayList.forEach(ArrayList.java:',
  'org.springframework.aop.framework.ReflectiveMethodInvocation.proceed(ReflectiveMethodInvocation.java:',
  'org.springframework.transaction.interceptor.TransactionInterceptor.invoke(TransactionInterceptor.java:',
  'org.junit.jupiter.engine.execution.InvocationInterceptorChain.proceed(InvocationInterceptorChain.java:',
  'org.junit.platform.engine.support.hierarchical.NodeTestTask.lambda$executeRecursively$8(NodeTestTask.java:',
  'org.hibernate.internal.SessionImpl.fireLoad(SessionImpl.java:',
  'org.apache.catalina.core.ApplicationFilterChain.internalDoFilter(ApplicationFilterChain.java:',
  'com.zaxxer.hikari.pool.HikariPool.getConnection(HikariPool.java:',
];

const p = pattern('plain');
const draw = (random) => {
  const subject = random.pick(subjects);
  return {
    subject,
    package: `${random.pick(vendors)}.${random.pick(modules)}`,
    class: subject + random.pick(kinds),
    other: random.pick(subjects) + random.pick(kinds),
    method: random.pick(verbs) + subject,
    exception: random.pick(exceptions),
    cause: random.pick(exceptions),
    message: random.pick(messages),
    number: random.int(100, 9999),
  };
};
const short = (name) => name.slice(name.lastIndexOf('.') + 1);
const frame = (d, line) => `\tat ${d.package}.${d.class}.${d.method}(${d.class}.java:${line})`;
const framework = (random) => `\tat ${random.pick(frameworks)}${random.int(20, 900)})`;
const frames = (random, count) => Array.from({ length: count }, () => framework(random)).join('\n');

/** @type {import('./list.mjs').Shapes} */
const ordinary = [
  [
    4,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`${d.exception}: .*${d.message}[^]*at ${d.package}\.\w*\.?${d.class}\.${d.method}\(`,
        text: (random) => `${d.exception}: ${d.message}\n${frames(random, random.int(1, 8))}\n${frame(d, random.int(20, 400))}`,
      };
    },
  ],
  [
    3,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`Caused by: ${d.cause}:? .*${d.subject} ${d.number}`,
        text: (random) =>
          `${d.exception}: ${d.message}\n${frames(random, 4)}\nCaused by: ${d.cause}: ${d.message} for ${d.subject} ${d.number}\n${frame(d, random.int(20, 400))}`,
      };
    },
  ],
  [
    3,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`Error creating bean with name '${d.class}'.*Unsatisfied dependency.*${d.other}`,
        text: () =>
          `org.springframework.beans.factory.BeanCreationException: Error creating bean with name '${d.class}' defined in file: Unsatisfied dependency expressed through constructor parameter 0: ${d.package}.${d.other}`,
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`^\s+at ${d.package}\.[\w.$]+\(${d.class}\.java:${d.number}\)$`,
        flags: 'm',
        text: (random) => `${d.exception}: ${d.message}\n${framework(random)}\n${frame(d, d.number)}`,
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      return {
        pattern: `${short(d.exception)}.*${p`\n(?:\s+at .*\n){1,6}\s+at .*${d.class}\.(?:lambda\$)?${d.method}`}`,
        text: (random) => `${d.exception}: ${d.message}\n${frames(random, random.int(1, 6))}\n${frame(d, random.int(20, 400))}`,
      };
    },
  ],
];

/** @type {import('./list.mjs').Shape[]} */
const withoutLiteral = [
  (random) => ({
    pattern: `^(?:[a-z]+\\.)+[A-Z]\\w*(?:Exception|Error): \\d{${random.int(4, 9)}}$`,
    flags: 'm',
    text: (random) => `java.lang.IllegalStateException: ${random.digits(6)}`,
  }),
  (random) => ({
    pattern: `\\w+\\$\\$\\w+\\$\\$[0-9a-f]{${random.int(6, 8)}}\\.`,
    text: (random) => `\tat OrderService$$SpringCGLIB$$${random.hex(8)}.find(<generated>)`,
  }),
  (random) => ({
    pattern: `\\b[A-Z]{2,4}-\\d{5}: .*\\b\\d{${random.int(5, 7)}}\\b`,
    text: (random) => `ORA-00001: unique constraint ${random.digits(6)} violated`,
  }),
];

export const javaStacks = vocabularyWorkload({
  name: 'java-stacks',
  about: 'stacks of Java with causes, 3 KB; wildcards that cross lines',
  rules: 3000,
  ordinary,
  withoutLiteral,
  shares: { withoutLiteral: 0.004, lookaround: 0.02, backReference: 0.001, ignoringCase: 0.1, scoped: 0.05 },
  other(random) {
    const d = draw(random);
    return `${d.exception}: ${d.message} (${d.number})\n${frame(d, random.int(20, 400))}`;
  },
  wrap: (piece, random) => `${piece}\n${frames(random, random.int(12, 50))}`,
});

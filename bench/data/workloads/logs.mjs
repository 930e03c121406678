// Classifiers of log lines: syslog, nginx, Java and Kubernetes. Many rules share their words, wildcards are in the middle of most.

import { pattern } from '../author.mjs';
import { amongLines, vocabularyWorkload } from './list.mjs';

const services =
  'auth billing gateway catalog inventory search mailer scheduler ingest exporter broker cache session profile media thumbnail geo quota ratelimit webhook ledger metrics tracing config discovery'.split(
    ' ',
  );
const roles = 'api worker consumer proxy sidecar controller operator agent daemon migrator'.split(' ');
const classes =
  'ConnectionPool RetryTemplate KafkaConsumer TokenFilter JobRunner HealthIndicator LeaseManager RequestHandler BatchWriter SchemaRegistry CircuitBreaker LoadBalancer SessionStore'.split(
    ' ',
  );
const users = 'root admin deploy backup jenkins oracle postgres ubuntu nagios gitlab ansible test'.split(' ');
const problems = [
  'connection refused',
  'connection reset by peer',
  'no route to host',
  'deadline exceeded',
  'context canceled',
  'too many open files',
  'broken pipe',
  'certificate has expired',
  'permission denied',
  'disk quota exceeded',
  'no space left on device',
  'unexpected EOF',
  'TLS handshake timeout',
  'resource temporarily unavailable',
];
const tasks = [
  'acquire lease',
  'flush buffer',
  'rebalance partitions',
  'refresh token',
  'commit offsets',
  'open segment',
  'load snapshot',
  'replicate shard',
  'evict entries',
  'resolve host',
  'renew certificate',
  'compact log',
];
const months = ['Jan', 'Mar', 'Jun', 'Oct', 'Nov'];

const two = (random, most) => String(random.int(0, most)).padStart(2, '0');
const clock = (random) => `${two(random, 23)}:${two(random, 59)}:${two(random, 59)}`;
const ip = (random) => `10.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}`;
const draw = (random) => ({
  service: random.pick(services),
  role: random.pick(roles),
  class: random.pick(classes),
  problem: random.pick(problems),
  task: random.pick(tasks),
  user: random.pick(users),
  shard: random.int(1, 64),
});
const p = pattern('plain');

const syslog = (random, program, message) =>
  `${random.pick(months)} ${random.int(10, 28)} ${clock(random)} node-${random.int(1, 99)} ${program}: ${message}`;
const java = (random, level, thread, type, message) =>
  `2025-0${random.int(1, 9)}-${random.int(10, 28)} ${clock(random)},${random.digits(3)} ${level} [${thread}-${random.int(1, 40)}] [trace=${random.hex(16)}] c.a.platform.${type} - ${message}`;
const json = (random, level, component, message) =>
  `time="2025-0${random.int(1, 9)}-${random.int(10, 28)}T${clock(random)}Z" level=${level} component=${component} pod=${component}-${random.hex(9)}-${random.lower(5)} ${message} request_id=${random.uuid()}`;
const nginx = (random, method, path, status) =>
  `${ip(random)} - - [${random.int(10, 28)}/${random.pick(months)}/2025:${clock(random)} +0000] "${method} ${path} HTTP/1.1" ${status} ${random.int(100, 99_999)} "-" "okhttp/4.${random.int(0, 12)}.0" rt=0.${random.digits(3)} upstream=${ip(random)}:8080`;

/** @type {import('./list.mjs').Shapes} */
const ordinary = [
  [
    4,
    (random) => {
      const d = draw(random);
      const level = random.pick(['ERROR', '(?:WARN|ERROR)']);
      return {
        pattern: p`\b` + level + p`\b.*${d.class} - could not ${d.task} of shard ${d.shard} .*\d+ms`,
        text: (random) =>
          java(
            random,
            'ERROR',
            d.service,
            `${d.service}.${d.class}`,
            `could not ${d.task} of shard ${d.shard} within ${random.int(100, 9000)}ms`,
          ),
      };
    },
  ],
  [
    4,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`level=(?:error|fatal) component=${d.service}-${d.role} .*err="?[^"]*${d.problem}`,
        text: (random) =>
          json(
            random,
            'error',
            `${d.service}-${d.role}`,
            `msg="cannot ${d.task}" err="dial tcp ${ip(random)}:${random.int(1000, 9999)}: ${d.problem}"`,
          ),
      };
    },
  ],
  [
    3,
    (random) => {
      const d = draw(random);
      const path = `/api/v${random.int(1, 3)}/${d.service}/${d.task.split(' ')[1]}`;
      const status = random.pick(['500', '502', '503', '504', '5\\d\\d']);
      return {
        pattern: p`"(?:GET|POST|PUT) ${path}[^" ]* HTTP/1\.[01]" ` + status,
        text: (random) =>
          nginx(random, random.pick(['GET', 'POST']), `${path}?id=${random.int(1, 99_999)}`, status.replace('\\d\\d', '03')),
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`upstream timed out \(110: [^)]+\) while .*, upstream: "http://${d.service}-${d.role}\.svc`,
        text: (random) =>
          `2025/03/${random.int(10, 28)} ${clock(random)} [error] ${random.int(10, 99)}#0: *${random.int(1, 99_999)} upstream timed out (110: Connection timed out) while reading response header from upstream, client: ${ip(random)}, upstream: "http://${d.service}-${d.role}.svc:8080/"`,
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      const unit = `${d.service}-${d.role}@${d.shard}`;
      return {
        pattern: p`systemd\[\d+\]: ${unit}\.service: (?:Main process exited|Failed with result)`,
        text: (random) =>
          syslog(random, 'systemd[1]', `${unit}.service: Main process exited, code=exited, status=${random.int(1, 255)}/n/a`),
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      const host = `bastion${random.int(1, 40)}`;
      return {
        pattern: p`${host} sshd\[\d+\]: Failed password for (?:invalid user )?${d.user} from`,
        text: (random) =>
          `${random.pick(months)} ${random.int(10, 28)} ${clock(random)} ${host} sshd[${random.int(100, 99_999)}]: Failed password for ${random.chance(0.5) ? 'invalid user ' : ''}${d.user} from ${ip(random)} port ${random.int(1024, 65_000)} ssh2`,
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`Out of memory: Killed process \d+ \(${d.service}-${d.role}\) .*anon-rss:\d+kB, .*oom_score_adj:${d.shard}`,
        text: (random) =>
          syslog(
            random,
            'kernel',
            `[${random.digits(6)}.${random.digits(6)}] Out of memory: Killed process ${random.int(100, 99_999)} (${d.service}-${d.role}) total-vm:${random.digits(7)}kB, anon-rss:${random.digits(6)}kB, file-rss:0kB, oom_score_adj:${d.shard}`,
          ),
      };
    },
  ],
  [
    3,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`Back-off (?:restarting failed container|pulling image) .*${d.service}-${d.role}-${d.shard}-[a-z0-9]{5}`,
        text: (random) =>
          `I0${random.digits(3)} ${clock(random)}.${random.digits(6)}       1 event.go:294] "Event occurred" reason="BackOff" message="Back-off restarting failed container ${d.role} in pod ${d.service}-${d.role}-${d.shard}-${random.lower(5)}"`,
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`^.*\[${d.service}-\d+\].*${d.problem}.*attempt ${d.shard % 9} of \d`,
        flags: 'm',
        text: (random) =>
          java(
            random,
            'WARN',
            d.service,
            `${d.service}.${d.class}`,
            `${d.problem}, attempt ${d.shard % 9} of 9 in ${random.int(1, 900)}ms`,
          ),
      };
    },
  ],
  [
    2,
    (random) => {
      const d = draw(random);
      return {
        pattern: p`circuit ['"]?${d.service}\.${d.role}\.${d.task.replace(' ', '_')}['"]? is (?:OPEN|HALF_OPEN)`,
        flags: 'i',
        text: (random) =>
          java(
            random,
            'WARN',
            'circuit',
            'CircuitBreaker',
            `Circuit '${d.service}.${d.role}.${d.task.replace(' ', '_')}' is OPEN for ${random.int(1, 60)}s`,
          ),
      };
    },
  ],
];

/** @type {import('./list.mjs').Shape[]} */
const withoutLiteral = [
  (random) => ({
    pattern: `\\b[0-9A-F]{2}(?::[0-9A-F]{2}){5}\\b.*\\b\\d{${random.int(4, 9)}}\\b.*\\b[A-Z]{4}\\d`,
    text: () => '00:1A:4B:C9:00:FE lost 123456 frames on ETHX0',
  }),
  (random) => ({
    pattern: `\\d{1,3}(?:\\.\\d{1,3}){3} - \\S+ \\[[^\\]]+\\] "[A-Z]+ [^"]*" 5\\d\\d \\d+ "[^"]*" "[^"]*" \\d{${random.int(6, 9)}}$`,
    flags: 'm',
    text: (random) => nginx(random, 'GET', '/', '500'),
  }),
  (random) => ({
    pattern: `\\b(?:[a-z]+\\.){4,}[A-Z]\\w+Exception\\b.*\\d{${random.int(7, 9)}}`,
    text: (random) => java(random, 'ERROR', 'main', 'Main', `io.a.b.c.d.LeaseException: ${random.digits(10)}`),
  }),
  (random) => ({
    pattern: `^[A-Z]\\d{4} .*\\] (?:[A-Z][a-z]+ ){${random.int(3, 5)}}\\d+\\.\\d+s$`,
    flags: 'm',
    text: () => 'E0312 10:00:00.000001 1 sync.go:12] Sync Loop Took Long 12.5s',
  }),
  (random) => ({
    pattern: `(\\d+)ms.*(\\d+)ms.*(\\d{${random.int(4, 6)}})ms`,
    text: (random) => java(random, 'WARN', 'slow', 'Slow', `parse 12ms plan 7ms run ${random.digits(6)}ms`),
  }),
  (random) => ({
    pattern: `<\\d{1,3}>\\d [^ ]+ [^ ]+ [^ ]+ \\d{${random.int(4, 6)}} - `,
    text: () => '<165>1 2025-03-03T10:00:00Z host app 12345 - started',
  }),
  (random) => ({
    pattern: `\\b[0-9a-f]{${random.int(38, 44)}}\\b`,
    text: (random) => `image sha1 ${random.hex(40)} is gone`,
  }),
];

/** Lines that classifiers let pass, in the words of those that they look for. */
function quietLine(random) {
  const d = draw(random);
  return random.pick([
    () =>
      java(random, 'INFO', d.service, `${d.service}.${d.class}`, `${d.task} of shard ${d.shard} took ${random.int(1, 400)}ms`),
    () => json(random, 'info', `${d.service}-${d.role}`, `msg="${d.task} done" duration=${random.int(1, 400)}ms`),
    () => nginx(random, 'GET', `/api/v2/${d.service}/${random.int(1, 99_999)}`, random.pick(['200', '204', '304', '404'])),
    () =>
      syslog(
        random,
        `${d.service}-${d.role}[${random.int(100, 99_999)}]`,
        `accepted connection from ${ip(random)}:${random.int(1024, 65_000)}, fd=${random.int(3, 900)}, tls=1.3, cipher=TLS_AES_128_GCM_SHA256`,
      ),
    () =>
      java(
        random,
        'DEBUG',
        'http',
        `web.${d.class}`,
        `<- 200 ${d.service} /internal/${d.role}/${random.hex(8)} (${random.int(1, 90)}ms, ${random.int(100, 9000)}-byte body)`,
      ),
  ])();
}

const shared = {
  ordinary,
  withoutLiteral,
  shares: { withoutLiteral: 0.004, lookaround: 0.01, backReference: 0.001, ignoringCase: 0.2, scoped: 0.05 },
  other: quietLine,
};

export const logLines = vocabularyWorkload({
  ...shared,
  name: 'log-lines',
  about: 'single log lines, 200 bytes; many rules share their words',
  rules: 2500,
  wrap: (piece) => piece,
});

export const logs = vocabularyWorkload({
  ...shared,
  name: 'logs',
  about: 'excerpts of logs, 22 KB',
  rules: 2500,
  wrap: amongLines(quietLine, 21_500),
});

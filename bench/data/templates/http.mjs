// HTTP and JSON APIs: wrong statuses, problem bodies, services that are not there.

import { pattern } from '../author.mjs';
import { camel, entities, kebab, parts, plural, snake, stages, verbs } from '../words.mjs';
import { drawHabit } from './template.mjs';

const service = (random) => `${kebab(random.pick(entities))}-${kebab(random.pick(parts))}-service`;

/** @type {import('./template.mjs').Template[]} */
export const http = [
  {
    name: 'http.status',
    weight: 9,
    draw: (random) => ({
      ...drawHabit(random),
      service: service(random),
      path: plural(kebab(random.pick(entities))),
      method: random.pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
      status: random.pick([400, 401, 403, 404, 409, 412, 422, 423, 429, 500, 502, 503, 504]),
    }),
    pattern: (d) =>
      [
        pattern(
          d.habit,
        )`${d.method} https?://${d.service}\.(?:dev|test|int|stage|preprod)\.shop\.example/api/v\d+/${d.path}/\d+ .*${d.status}`,
        pattern(
          d.habit,
        )`Request failed with status code ${d.status}[\s\S]*?${d.service}\.[a-z]+\.shop\.example/api/v[0-9]/${d.path}`,
        pattern(d.habit)`AxiosError: .*status code ${d.status}\n.*${d.method} .*${d.service}.*/${d.path}/\d+`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'AxiosError',
      message: `Request failed with status code ${d.status}\n  ${d.method} https://${d.service}.${random.pick(stages)}.shop.example/api/v${random.int(1, 4)}/${d.path}/${random.int(1000, 99_999)} responded ${d.status} after ${random.int(12, 29_000)} ms`,
    }),
  },
  {
    name: 'http.problem',
    weight: 8,
    draw: (random) => ({
      ...drawHabit(random),
      code: `${snake(random.pick(entities))}_${snake(random.pick(parts))}_${random.pick(['missing', 'invalid', 'already_used', 'locked', 'expired', 'conflict', 'too_long'])}`.toUpperCase(),
    }),
    pattern: (d) =>
      [
        pattern(d.habit)`body: .*"code"\s*:\s*"${d.code}"\s*,\s*"message"`,
        pattern(d.habit)`\{"status":\d{3},"code":"${d.code}","message":".*?"`,
        pattern(d.habit)`expected status 20[0-4].*[\s\S]*?\b${d.code}\b`,
      ][d.variant],
    fail: (d, random) => {
      const status = random.pick([400, 409, 422]);
      return {
        name: 'AssertionError',
        message: `expected status 200 but got ${status}\nbody: {"status":${status},"code":"${d.code}","message":"${random.pick(verbs)} refused","traceId":"${random.hex(32)}","timestamp":"${random.timestamp()}"}`,
      };
    },
  },
  {
    name: 'http.connection',
    weight: 6,
    draw: (random) => ({
      ...drawHabit(random),
      service: service(random),
      code: random.pick(['ECONNREFUSED', 'ETIMEDOUT', 'ECONNRESET', 'EAI_AGAIN', 'EHOSTUNREACH']),
      port: random.pick([443, 8080, 8443, 5432, 9092]),
    }),
    pattern: (d) =>
      [
        pattern(d.habit)`connect ${d.code} 10\.\d+\.\d+\.\d+:${d.port}.*\(${d.service}\)`,
        pattern(d.habit)`(?:connect|getaddrinfo|read) ${d.code} .*:${d.port} \(${d.service}\)`,
        pattern(d.habit)`^Error: connect ${d.code}.*${d.service}`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'Error',
      message: `connect ${d.code} 10.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}:${d.port} (${d.service})`,
    }),
  },
  {
    name: 'http.schema',
    weight: 6,
    draw: (random) => ({
      ...drawHabit(random),
      path: plural(camel(random.pick(entities))),
      field: `${camel(random.pick(entities))}${random.pick(parts)}`,
      type: random.pick(['number', 'string', 'array', 'boolean', 'object']),
    }),
    pattern: (d) =>
      [
        pattern(d.habit)`data\.${d.path}\[\d+\]\.${d.field} (?:should|must) be ${d.type}`,
        pattern(d.habit)`response does not match schema[\s\S]*?${d.path}\[[0-9]+\]\.${d.field} must be ${d.type}`,
        pattern(d.habit)`^ +- data\.${d.path}\[\d+\]\.${d.field} must be ${d.type}`,
      ][d.variant],
    flags: 'm',
    fail: (d, random) => ({
      name: 'ValidationError',
      message: `response does not match schema:\n  - data.${d.path}[${random.int(0, 40)}].${d.field} must be ${d.type}\n  - data must NOT have additional properties`,
    }),
  },
  {
    name: 'http.graphql',
    weight: 4,
    draw: (random) => ({
      ...drawHabit(random),
      type: random.pick(entities) + random.pick(parts),
      field: camel(random.pick(entities)) + random.pick(parts),
    }),
    pattern: (d) =>
      [
        pattern(d.habit)`GraphQL error: Cannot return null for non-nullable field ${d.type}\.${d.field}\.?`,
        pattern(d.habit)`Cannot return null for non-nullable field ${d.type}\.${d.field}\b`,
        pattern(d.habit)`ApolloError: .*${d.type}\.${d.field}[\s\S]*?INTERNAL_SERVER_ERROR`,
      ][d.variant],
    fail: (d, random) => ({
      name: 'ApolloError',
      message: `GraphQL error: Cannot return null for non-nullable field ${d.type}.${d.field}.\n  path: ["${random.pick(verbs)}","nodes",${random.int(0, 50)}]\n  extensions: {"code":"INTERNAL_SERVER_ERROR","requestId":"${random.uuid()}"}`,
    }),
  },
];

// `known-failures serve` under load: 1,000 connections that ask, and others that are slow, hang up within a body or send garbage. All
// who ask properly get the right answer, memory stays where it is, nothing is left open, and the server ends as it should.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { classifyAll, loadRules } from 'known-failures';
import { generateErrors, generateRules, Random, toJson } from '../../bench/data/index.mjs';
import { serve, specFolder } from '../cli-program.mjs';

const CONNECTIONS = 1000;
const ROUNDS = 8;
/** Rounds that open the connections, compile and fill buffers. */
const WARM_UP = 2;
/** Requests of a connection in a round, and the time between two of them on average. */
const REQUESTS = 5;
const PAUSE_MS = 600;
/** Of each kind, in a round. */
const HOSTILE = 50;

const seed = process.env.SEED ?? '1';
const list = generateRules({ seed, profile: 'typical', bytes: 300_000 });
const items = generateErrors(list, { count: 1000 }).map(({ test, error }) => ({ test, error }));
const bodies = items.map((item) => JSON.stringify(item));
const folder = specFolder('serve-load');
folder.file('rules.json', toJson(list));

test('1,000 connections, slow clients, bodies cut off, garbage', { timeout: 180_000 }, async () => {
  await loadRules(toJson(list));
  const expected = (await classifyAll(items)).map(({ rule }) => rule);
  const server = await serve(['rules.json', '--timeout', '5'], { cwd: folder.path });
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const memory = [];
  const latencies = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const random = new Random(`${seed}/load/${round}`);
      const [answers] = await Promise.all([
        askProperly(server.url, agent, random, expected),
        ...Object.values(HOSTILE_CLIENTS).map((client) => attack(server.url, random, client)),
      ]);
      if (round >= WARM_UP) latencies.push(...answers);
      memory.push(await memoryOf(server.url));
      console.log(`round ${round + 1}: ${inMs(answers)}, ${(memory.at(-1) / 2 ** 20).toFixed(0)} MB`);
    }
    console.log(`${latencies.length} requests on ${CONNECTIONS} warm connections: ${inMs(latencies)}`);
    agent.destroy();
    const [early, late] = [memory.slice(WARM_UP, WARM_UP + 3), memory.slice(-3)].map((part) => Math.max(...part));
    assert.ok(late < early * 1.25, `memory grows: ${memory.map((bytes) => Math.round(bytes / 2 ** 20))} MB`);
    await noneIsLeft(server);
  } finally {
    agent.destroy();
    assert.equal(await server.stop(), 0);
  }
  assert.equal(server.stderr(), '');
});

const inMs = (latencies) => {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share) => `p${share * 100} ${sorted[Math.floor((sorted.length - 1) * share)].toFixed(1)} ms`;
  return [0.5, 0.99, 1].map(at).join(', ');
};

/** Every connection asks now and then, and looks at each answer. */
async function askProperly(url, agent, random, expected) {
  const latencies = [];
  const client = async () => {
    for (let n = 0; n < REQUESTS; n++) {
      await sleep(random.next() * 2 * PAUSE_MS);
      const index = random.below(bodies.length);
      const startedAt = performance.now();
      const { status, text } = await post(url, agent, bodies[index]);
      latencies.push(performance.now() - startedAt);
      assert.equal(status, 200, text);
      assert.equal(JSON.parse(text).rule, expected[index]);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  return latencies;
}

async function post(url, agent, body) {
  const request = httpRequest(`${url}/classify`, {
    method: 'POST',
    agent,
    headers: { 'content-length': Buffer.byteLength(body) },
  });
  request.end(body);
  const [response] = await once(request, 'response');
  return { status: response.statusCode, text: Buffer.concat(await response.toArray()).toString() };
}

/** What is not a proper client, by what it does with its connection. It may be cut off at any time. */
const HOSTILE_CLIENTS = {
  async slow(socket, random) {
    const text = requestText('/classify', random.pick(bodies));
    for (let at = 0; at < 20 && !socket.closed; at++) {
      socket.write(text.slice(at * 5, at * 5 + 5));
      await sleep(100);
    }
  },
  async slowReader(socket, random) {
    socket.pause();
    socket.write(requestText('/classify-all', `${random.pick(bodies)}\n`.repeat(500)));
    await sleep(2000);
  },
  async cutOff(socket, random) {
    const text = requestText(random.pick(['/classify', '/classify-all']), `${random.pick(bodies)}\n`);
    socket.write(text.slice(0, random.int(1, text.length - 1)));
    await sleep(random.below(200));
  },
  async garbage(socket, random) {
    const bytes = Buffer.from(Array.from({ length: random.int(1, 3000) }, () => random.below(256)));
    socket.write(random.chance(0.5) ? bytes : Buffer.concat([Buffer.from(requestText('/classify', '')), bytes]));
    await sleep(random.below(200));
  },
  async garbageBody(socket, random) {
    const bytes = Array.from({ length: random.int(1, 3000) }, () => random.below(128));
    socket.write(requestText(random.pick(['/classify', '/classify-all']), String.fromCharCode(...bytes)));
    await sleep(random.below(500));
  },
};

function requestText(path, body) {
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

async function attack(url, random, client) {
  const { hostname, port } = new URL(url);
  const one = async () => {
    await sleep(random.next() * REQUESTS * PAUSE_MS);
    const socket = connect(port, hostname).on('error', () => {});
    socket.resume();
    await client(socket, random);
    socket.destroy();
  };
  await Promise.all(Array.from({ length: HOSTILE }, one));
}

async function memoryOf(url) {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)$/m.exec(text)[1]);
}

/** All connections are closed, and no request is thought to be under way but the one that asks. */
async function noneIsLeft({ url, child }) {
  for (;;) {
    const text = await (await fetch(`${url}/metrics`, { headers: { connection: 'close' } })).text();
    const inFlight = Number(/^known_failures_http_requests_in_flight (\d+)$/m.exec(text)[1]);
    const open = process.platform === 'linux' ? readdirSync(`/proc/${child.pid}/fd`).length : 0;
    if (inFlight === 1 && open < 60) break;
    await sleep(100);
  }
}

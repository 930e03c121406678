// A Selenium Grid on loopback: a hub and two nodes, each a process, so that one can die.

import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { start } from './processes.mjs';

const START_MS = 180_000;

/** All tests ask for a browser at once, and the last one waits for nearly the whole run. */
const QUEUE_SECONDS = 1800;

// Short runs: the second compiler and parallel garbage collection would cost more than they give.
const JVM = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/** Sessions at a time by node. A test may ask for a node by the capability `demo:lab`. */
const NODES = { first: 3, second: 2 };

/**
 * @param {{ java: string, jar: string, driver: string, folder: string }} programs `folder` is for files of the Grid
 */
export async function startGrid({ java, jar, driver, folder }) {
  const [port, publish, subscribe] = await freePorts(3);
  const url = `http://127.0.0.1:${port}`;
  const events = { publish: `tcp://127.0.0.1:${publish}`, subscribe: `tcp://127.0.0.1:${subscribe}` };
  const env = { ...process.env, SE_OFFLINE: 'true', SE_AVOID_STATS: 'true', TMPDIR: folder };
  const run = async (role, name, config) => {
    const file = join(folder, `${name}.toml`);
    await writeFile(file, config);
    return start(java, [...JVM, `-Djava.io.tmpdir=${folder}`, '-jar', jar, role, '--config', file], env);
  };

  const hub = await run('hub', 'hub', hubConfig({ port, events }));
  const nodes = {};
  for (const [lab, sessions] of Object.entries(NODES)) {
    const [nodePort] = await freePorts(1);
    nodes[lab] = await run('node', lab, nodeConfig({ port: nodePort, events, lab, sessions, driver, hub: url }));
  }
  const slots = await whenReady(url, { hub, ...nodes });
  return {
    url,
    slots,
    /** Ends a node at once, with its browser drivers: a machine that loses its power. */
    killNode: (lab) => nodes[lab].kill(),
  };
}

/** Ports that nobody listens on now. */
async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => /** @type {import('node:net').AddressInfo} */ (server.address()).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

const server = (port) => `[server]\nhost = "127.0.0.1"\nport = ${port}\n`;

const hubConfig = ({ port, events }) => `${server(port)}
[events]
publish = "${events.publish}"
subscribe = "${events.subscribe}"
bind = true

[distributor]
reject-unsupported-caps = true
newsession-threadpool-size = 4

[sessionqueue]
session-request-timeout = ${QUEUE_SECONDS}
`;

const nodeConfig = ({ port, events, lab, sessions, driver, hub }) => `${server(port)}
[events]
publish = "${events.publish}"
subscribe = "${events.subscribe}"

[node]
hub = "${hub}"
detect-drivers = false
max-sessions = ${sessions}
override-max-sessions = true
register-cycle = 1

[[node.driver-configuration]]
display-name = "Chromium"
max-sessions = ${sessions}
webdriver-executable = ${JSON.stringify(driver)}
stereotype = '{"browserName": "chrome", "demo:lab": "${lab}"}'
`;

/** Resolves with the number of slots when all nodes have registered. */
async function whenReady(url, programs) {
  const wanted = Object.keys(NODES).length;
  const endsAt = Date.now() + START_MS;
  while (Date.now() < endsAt) {
    for (const [name, { ended, output }] of Object.entries(programs)) {
      if (ended) throw new Error(`The Grid's ${name} ended while it started:\n${output}`);
    }
    const nodes = await readyNodes(url);
    if (nodes.length === wanted) return nodes.reduce((sum, { slots }) => sum + slots.length, 0);
    await sleep(200);
  }
  throw new Error(`The Grid did not start in ${START_MS / 1000} s:\n${programs.hub.output}`);
}

async function readyNodes(url) {
  try {
    const { value } = await (await fetch(`${url}/status`)).json();
    return value.nodes.filter(({ availability }) => availability === 'UP');
  } catch {
    return []; // It does not listen yet.
  }
}

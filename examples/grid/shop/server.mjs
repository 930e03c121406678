// The shop and the API with the list of known failures, on loopback.

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const read = (name) => readFile(new URL(name, import.meta.url));

const SLOW_MS = 30_000;

/** @returns {Promise<{ url: string, close: () => void }>} */
export async function serveShop() {
  const page = await read('page.html');
  const client = await read('client.js');
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://shop').pathname;
    if (path === '/client.js') return send(response, 'text/javascript', client);
    if (path === '/favicon.ico') return send(response, 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>');
    if (path.startsWith('/api/reviews/')) {
      const answer = () => send(response, 'application/json', JSON.stringify(['Good.', 'Arrived in time.']));
      if (path.endsWith('/sofa')) setTimeout(answer, SLOW_MS).unref();
      else answer();
      return;
    }
    // The yearly report takes longer than anybody waits.
    if (path === '/report') return setTimeout(() => send(response, 'text/html', page), SLOW_MS).unref();
    send(response, 'text/html', page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function send(response, type, body) {
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
}

// Stands in for a company's API: answers every request with the list of known failures.

import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * @param {Uint8Array} json
 * @returns {Promise<{ url: string, close: () => void }>} on a free port of 127.0.0.1
 */
export async function serveRules(json) {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': json.byteLength }).end(json);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/known-failures`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

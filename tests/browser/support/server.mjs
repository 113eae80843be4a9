// A static server that counts what it is asked for.

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { dist } from './places.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
};

/**
 * @param {{ folder?: string, pages?: Record<string, { body: string, headers?: Record<string, string> }> }} [options]
 *   `pages` are made-up files, by their path.
 */
export async function serve({ folder = dist, pages = {} } = {}) {
  /** @type {string[]} every request, in order */
  const hits = [];
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    hits.push(`${request.method} ${request.url}`);
    const made = pages[pathname];
    const file = path.join(folder, path.normalize(pathname === '/' ? '/index.html' : pathname));
    if (made) {
      response.writeHead(200, { 'content-type': TYPES['.html'], ...made.headers }).end(made.body);
    } else if (file.startsWith(folder) && fs.statSync(file, { throwIfNoEntry: false })?.isFile()) {
      const headers = { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' };
      response.writeHead(200, { ...headers, 'access-control-allow-origin': '*' }).end(fs.readFileSync(file));
    } else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    hits,
    origin: `http://127.0.0.1:${address.port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

// @ts-check
// Serves a folder to this machine only.
// Usage: node serve.mjs FOLDER PORT

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ts': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.zip': 'application/zip',
};

/**
 * A server of the files in a folder, and of nothing beside it.
 * @param {string} folder
 */
export function server(folder) {
  const root = fs.realpathSync(folder);
  return http.createServer((request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
    const file = find(root, pathOf(request.url));
    if (file === null) return refuse(response, 404);
    if (file.endsWith(path.sep)) {
      // Links in the page are relative to the folder.
      return response.writeHead(301, { location: `${pathOf(request.url)}/`.replace(/^\/+/, '/') }).end();
    }
    response.writeHead(200, {
      'content-type': TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream',
      'content-length': fs.statSync(file).size,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
    if (request.method === 'HEAD') return response.end();
    fs.createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
  });
}

/** @param {string} [url] */
const pathOf = (url = '/') => url.split(/[?#]/)[0] ?? '/';

/**
 * The file that an address is for; with a separator at its end, a folder whose address lacks it.
 * @param {string} root
 * @param {string} address
 * @returns {string | null}
 */
function find(root, address) {
  try {
    const name = decodeURIComponent(address);
    // A link may lead out of the folder, and an address may have `..` in it.
    const file = fs.realpathSync(path.join(root, name.endsWith('/') ? `${name}index.html` : name));
    if (!file.startsWith(root + path.sep)) return null;
    const stat = fs.statSync(file);
    return stat.isDirectory() ? file + path.sep : stat.isFile() ? file : null;
  } catch {
    return null;
  }
}

/**
 * @param {http.ServerResponse} response
 * @param {number} status
 */
function refuse(response, status) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${http.STATUS_CODES[status]}\n`);
}

/** @param {string[]} args */
function main([folder, port = '']) {
  if (!folder || !/^\d{1,5}$/.test(port) || Number(port) > 65535) return fail('usage: node serve.mjs FOLDER PORT');
  if (!fs.existsSync(folder)) return fail(`there is no folder ${folder}`);
  const serving = server(folder);
  serving.on('error', (error) => {
    const taken = 'code' in error && error.code === 'EADDRINUSE';
    fail(taken ? `port ${port} is taken: give another one` : `cannot serve on port ${port}: ${error.message}`);
  });
  serving.listen(Number(port), '127.0.0.1', () => {
    const address = serving.address();
    console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : port}/`);
  });
}

/** @param {string} text */
function fail(text) {
  console.error(`serve: ${text}`);
  process.exitCode = 2;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv.slice(2));

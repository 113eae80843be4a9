import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { server } from '../../www/node/serve.mjs';

const script = fileURLToPath(new URL('../../www/node/serve.mjs', import.meta.url));

/** A folder with a secret beside it, served. */
async function served(t) {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'serve-'));
  const folder = path.join(base, 'dist');
  fs.mkdirSync(path.join(folder, 'rules'), { recursive: true });
  fs.mkdirSync(path.join(base, 'dist-secret'));
  fs.writeFileSync(path.join(base, 'secret.txt'), 'secret');
  fs.writeFileSync(path.join(base, 'dist-secret/secret.txt'), 'secret');
  fs.writeFileSync(path.join(folder, 'index.html'), '<p>');
  fs.writeFileSync(path.join(folder, 'rules/index.html'), '<i>');
  fs.writeFileSync(path.join(folder, 'core_bg.wasm'), 'x');
  fs.writeFileSync(path.join(folder, 'a b.mjs'), '1');
  fs.symlinkSync(path.join(base, 'secret.txt'), path.join(folder, 'link.txt'));
  const serving = server(folder);
  await new Promise((resolve) => serving.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    serving.close();
    fs.rmSync(base, { recursive: true });
  });
  const { port } = serving.address();
  /** By node:http, which sends a path as it is. */
  const get = (path, method = 'GET') =>
    new Promise((resolve, reject) => {
      const request = http.request({ host: '127.0.0.1', port, path, method, agent: false }, (response) => {
        let body = '';
        response.on('data', (part) => (body += part));
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
      });
      request.on('error', reject).end();
    });
  return { get, port, folder };
}

test('serves files with their types', async (t) => {
  const { get } = await served(t);
  const types = {
    '/': 'text/html',
    '/rules/': 'text/html',
    '/core_bg.wasm': 'application/wasm',
    '/a%20b.mjs?x=1': 'text/javascript',
  };
  for (const [address, type] of Object.entries(types)) {
    const { status, headers } = await get(address);
    assert.equal(status, 200, address);
    assert.equal(headers['content-type'].split(';')[0], type);
  }
  const { headers, status } = await get('/rules');
  assert.deepEqual([status, headers.location], [301, '/rules/']);
  const { body } = await get('/', 'HEAD');
  assert.equal(body, '');
});

test('serves nothing beside the folder', async (t) => {
  const { get } = await served(t);
  for (const address of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/rules/..%2f..%2fsecret.txt',
    '/../dist-secret/secret.txt',
    '/..%2fdist-secret%2fsecret.txt',
    '/link.txt',
    '//secret.txt',
    '/%00',
    '/%',
    '/none',
  ]) {
    const { status, body } = await get(address);
    assert.equal(status, 404, address);
    assert.ok(!body.includes('secret'));
  }
  assert.equal((await get('/', 'POST')).status, 405);
});

/** What the command prints before it ends. */
const ended = async (...args) => {
  const child = spawn(process.execPath, [script, ...args]);
  let text = '';
  child.stderr.on('data', (part) => (text += part));
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, text };
};

test('says why it cannot serve', async (t) => {
  const { port, folder } = await served(t);
  assert.deepEqual(await ended(folder, String(port)), {
    code: 2,
    text: `serve: port ${port} is taken: give another one\n`,
  });
  assert.deepEqual(await ended('/no/such', '0'), { code: 2, text: 'serve: there is no folder /no/such\n' });
  assert.deepEqual(await ended(folder, 'x'), { code: 2, text: 'serve: usage: node serve.mjs FOLDER PORT\n' });
});

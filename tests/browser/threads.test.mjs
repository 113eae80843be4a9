// The threads of the command: the same bytes for any number of them, and nothing left behind however it ends.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { out, run, runNode } from './support/command.mjs';
import { sha256, testWithUnzip } from './support/packages.mjs';
import { open } from './support/page.mjs';
import { cli, dist, temporary } from './support/places.mjs';
import { WSGI, project } from './support/projects.mjs';
import { serve } from './support/server.mjs';

/** More than is compressed without threads: modules, a picture that is taken as it is, and a file in chunks. */
function large() {
  let state = 1;
  const noise = Uint8Array.from({ length: 300_000 }, () => (state = (state * 1103515245 + 12345) % 2147483648) >> 16);
  const module = (/** @type {number} */ index) => `def answer_${index}(request):\n    return ${index}\n`.repeat(800);
  const modules = Array.from({ length: 300 }, (_, index) => [`part${index % 9}/m${index}.py`, module(index)]);
  return project('shop', {
    ...WSGI,
    ...Object.fromEntries(modules),
    'static/p.png': noise,
    'data.txt': 'a line of a large file\n'.repeat(300_000),
  });
}
const folder = large();

const BUILD = ['--reproducible', '--threads'];

/** @param {string} file */
const lonely = (file) => assert.deepEqual(fs.readdirSync(path.dirname(file)), [path.basename(file)]);

test('any number of them gives the same bytes, those of the browser, and leaves nothing behind', async () => {
  const sums = ['1', '2', '5'].map((threads) => {
    const file = out();
    const { status, stdout, stderr } = run('build', folder, '-o', file, ...BUILD, threads);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    testWithUnzip(file);
    lonely(file);
    assert.ok(stdout.includes(`SHA-256 ${sha256(file)}`), stdout);
    return sha256(file);
  });
  const server = await serve();
  const packager = await open(server.origin);
  await packager.report(() => packager.drop(folder));
  const built = await packager.page.evaluate(() =>
    document.querySelector('gallery-packager').build({ reproducible: true }),
  );
  assert.deepEqual(sums, [built.sha256, built.sha256, built.sha256]);
  await packager.close();
  await server.close();
});

test('where Node allows none, or none can start, one thread does all of it', () => {
  const alone = out();
  assert.equal(run('build', folder, '-o', alone, ...BUILD, '1').status, 0);
  const files = [out(), out()];
  const [refused, broken] = files;
  const name = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
  const restricted = [name, '--allow-fs-read=*', '--allow-fs-write=*', '--no-warnings'];
  const { status, stderr } = runNode([...restricted, cli, 'build', folder, '-o', refused, ...BUILD, '3']);
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  const copy = temporary();
  fs.cpSync(dist, copy, { recursive: true });
  fs.rmSync(path.join(copy, 'node/worker.mjs'));
  assert.equal(runNode([path.join(copy, 'node/cli.mjs'), 'build', folder, '-o', broken, ...BUILD, '3']).status, 0);
  for (const file of files) {
    assert.equal(sha256(file), sha256(alone));
    lonely(file);
  }
});

/**
 * Sends a signal when the folder that is written to looks as it is waited for.
 * @param {NodeJS.Signals} signal
 * @param {(names: string[]) => boolean} ready
 */
async function interrupt(signal, ready) {
  const file = out();
  const child = spawn(process.execPath, [cli, 'build', folder, '-o', file, '--threads', '2']);
  let printed = '';
  child.stdout.on('data', (text) => (printed += text));
  const end = new Promise((resolve) => child.on('close', (status) => resolve(status)));
  const names = () => fs.readdirSync(path.dirname(file));
  while (!ready(names()) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1));
  child.kill(signal);
  return { status: await end, left: names(), printed };
}

test('2 and nothing left behind where an interruption comes in between', async () => {
  const { status, left } = await interrupt('SIGTERM', (names) => names.length > 0);
  assert.deepEqual({ status, left }, { status: 2, left: [] });
});

test('an interruption that comes when the package is there changes nothing', async () => {
  const { status, left, printed } = await interrupt('SIGTERM', (names) => names.includes('out.zip'));
  assert.deepEqual(left, ['out.zip']);
  assert.ok(status === 0 || status === null, `${status}`); // null: it came when everything was said
  assert.match(printed, /^SHA-256 [0-9a-f]{64}$/m);
});

test('of a process that is killed only the unfinished package stays', async () => {
  const { left } = await interrupt('SIGKILL', (names) => names.length > 0);
  assert.ok(left.length <= 1 && left.every((name) => /^out\.zip\.\d+\.part$/.test(name)), left.join());
});

test('2 where their number is none', () => {
  const { status, stderr } = run('build', project('shop'), '-o', out(), '--threads', '0');
  assert.deepEqual(
    { status, stderr },
    { status: 2, stderr: 'gallery-packager: --threads is 0; it is a number from 1 to 99 (--help shows how)\n' },
  );
});

// The first lines of a worker, in a scope that stands in for one.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standIn } from './support/core.mjs';

standIn(`
  export const initSync = ({ module }) => {
    if (module === 'broken') throw new Error('cannot start');
  };
  export const coreMemory = () => new WebAssembly.Memory({ initial: 1 });
  export const samples = () => [];
  export const sampleFiles = () => [];
  export class Digest {}
  export class GalleryDigest {}
  export class Checker {}
  export class Press {}
  export class Session {}
`);
/** @type {object[]} */
const sent = [];
/** @type {any} */
const scope = { postMessage: (message) => sent.push(message) };
Reflect.set(globalThis, 'self', scope);
const { serve } = await import('../../www/worker/main.js');

test('what cannot start says why', async () => {
  serve();
  await scope.onmessage({ data: { compress: 'broken' } });
  assert.deepEqual(
    sent.splice(0).map(({ error }) => error.message),
    ['cannot start'],
  );
});

test('what a compressor throws reaches whoever made its worker', async () => {
  serve();
  await scope.onmessage({ data: { compress: 'core' } });
  assert.deepEqual(sent.splice(0), [{ ready: true }]);
  assert.throws(() => scope.onmessage({ data: { id: 1, kind: 'sum', how: 'sha1', input: null } }), TypeError);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standIn } from './support/core.mjs';

standIn(`
  const memory = new ArrayBuffer(16);
  export const coreMemory = () => ({ buffer: memory });
  export class Checker {}
  export class Digest {}
  export class GalleryDigest {}
  export const initSync = () => {};
  export class Press {
    pack(records, bytes) {
      new Uint8Array(memory, 4).set(bytes);
      Object.assign(this, { madeAt: 4, madeLength: bytes.length });
      return records;
    }
  }`);
const { Compressor, blobs } = await import('../../www/worker/compressor.js');

/** What comes of a batch. */
const packed = (/** @type {Blob} */ input) =>
  new Promise((resolve) =>
    new Compressor(blobs, resolve).receive(/** @type {any} */ ({ id: 1, kind: 'pack', records: 'r', input })),
  );

test('files of a batch are compressed', async () => {
  const { result } = await packed(new Blob(['one', 'two']));
  assert.deepEqual([await result.made.text(), result.records], ['onetwo', 'r']);
});

test('a batch with a file that grew or shrank is refused: the files behind it would get its bytes', async () => {
  for (const text of ['onetw', 'one!two', 'one, two and more']) {
    const stream = () => new Blob([text]).stream();
    const input = Object.assign(new Blob(['one', 'two']), { stream });
    const { error } = await packed(input);
    assert.match(error?.message, /another length/, text);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Buffers } from '../../www/worker/buffers.js';

const text = (bytes) => new TextDecoder().decode(bytes);

test('what was given back is read into again', async () => {
  const buffers = new Buffers(100);
  const first = await buffers.read(new Blob(['first', ' and more']));
  assert.equal(text(first), 'first and more');
  const second = await buffers.read(new Blob(['second']));
  assert.equal(text(first), 'first and more', 'is not written over while it is needed');
  buffers.free(first);
  buffers.free(second);
  const third = await buffers.read(new Blob(['x'.repeat(100)]));
  assert.equal(text(third), 'x'.repeat(100));
  const taken = [first, second].filter(({ length }) => length === 0);
  assert.equal(taken.length, 1, 'the buffer of one of them');
  assert.equal(third.buffer.byteLength, 100);
});

test('reads nothing, and what is larger than a buffer', async () => {
  const buffers = new Buffers(4);
  assert.equal((await buffers.read(new Blob([]))).length, 0);
  const large = await buffers.read(new Blob(['larger']));
  assert.equal(text(large), 'larger');
  buffers.free(large);
  assert.equal(text(await buffers.read(new Blob(['four']))), 'four');
});

test('reads in a browser that cannot read into a buffer', async () => {
  const blob = new Blob(['text']);
  blob.stream = () => new ReadableStream();
  assert.equal(text(await new Buffers(100).read(blob)), 'text');
});

test('a file that was cut off gives what is left, and one that cannot be read fails', async () => {
  const stream = (pull) => {
    const blob = new Blob(['12345']);
    blob.stream = () => new ReadableStream({ type: 'bytes', pull });
    return blob;
  };
  const short = stream((controller) => {
    controller.enqueue(new TextEncoder().encode('12'));
    controller.close();
  });
  assert.equal(text(await new Buffers(100).read(short)), '12');
  const unreadable = stream(() => {
    throw new DOMException('gone', 'NotReadableError');
  });
  await assert.rejects(new Buffers(100).read(unreadable), { name: 'NotReadableError' });
});

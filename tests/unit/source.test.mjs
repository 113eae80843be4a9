import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileSource, MemorySource } from '../../www/worker/source.js';

/** A Blob that knows its text, so that it can be read at once. */
class Text extends Blob {
  constructor(text, lie = text.length) {
    super(['x'.repeat(lie)]);
    this.text0 = text;
  }
  slice(start, end) {
    return new Text(this.text0.slice(start, end));
  }
}
const seen = (path, text, size = text.length) => ({ path, file: new Text(text, size), size, lastModified: null });

/** Reads as FileReaderSync does, and counts. A Blob of Blobs is put together from what went into it. */
function reading(t, files, { shorten = false } = {}) {
  const reads = [];
  const Original = Blob;
  t.mock.method(globalThis, 'Blob', function (parts) {
    return Object.assign(Object.create(Original.prototype), {
      text0: parts
        .map((part) => part.text0)
        .join('')
        .slice(0, shorten ? -1 : undefined),
    });
  });
  const held = [];
  const source = new FileSource((blob) => {
    reads.push(blob.text0);
    const { buffer } = new TextEncoder().encode(blob.text0);
    const own = { held: true };
    held.push(own);
    return Object.assign(buffer, { transfer: () => (own.held = false) });
  });
  source.add(files);
  return {
    source,
    reads,
    held: () => held.map((own) => own.held),
    text: (number, offset, length) => new TextDecoder().decode(source.read(number, offset, length)),
  };
}

test('hinted files are read as one', (t) => {
  const { source, reads, text } = reading(t, [seen('a', 'one'), seen('b', 'three'), seen('c', 'x')]);
  source.prefetch([0, 1, 2]);
  assert.deepEqual([text(0, 0, 3), text(1, 0, 5), text(2, 0, 1)], ['one', 'three', 'x']);
  assert.deepEqual(reads, ['onethreex']);
});

test('a file without a hint is read by its range', (t) => {
  const { reads, text } = reading(t, [seen('a', 'hello')]);
  assert.equal(text(0, 1, 3), 'ell');
  assert.deepEqual(reads, ['ell']);
});

test('memory that was read is given back when the next file is asked for', (t) => {
  const names = [...'abcdefgh'];
  const { source, held, text } = reading(
    t,
    names.map((name) => seen(name, name.repeat(3e6))),
  );
  text(0, 0, 1);
  text(1, 0, 1);
  assert.deepEqual(held(), [false, true], 'a range');
  source.prefetch([2, 3, 4, 5, 6]);
  text(2, 0, 3e6);
  assert.deepEqual(held(), [false, false, true]);
  text(3, 0, 1);
  assert.deepEqual(held(), [false, false, false, true], 'a batch of which everything was read');
  text(4, 0, 1);
  text(5, 0, 1);
  assert.deepEqual(held(), [false, false, false, false, true, true], 'a batch that waits for too long');
});

test('a file that grew is found, although a part of it can be read', async (t) => {
  const grown = Object.assign(seen('b', 'three').file, { arrayBuffer: async () => new ArrayBuffer(14) });
  const { source } = reading(t, [seen('a', 'one'), { ...seen('b', 'three'), file: grown }]);
  assert.equal(await source.guilty([0]), null);
  const { code, path } = (await source.guilty([0, 1])) ?? {};
  assert.deepEqual([code, path], ['changed', 'b']);
});

test('a short batch names the file that is too short', (t) => {
  const short = seen('b', 'thr', 5);
  const { source, text } = reading(t, [seen('a', 'one'), short], { shorten: true });
  source.prefetch([0, 1]);
  assert.equal(text(0, 0, 3), 'one');
  assert.throws(() => text(1, 0, 5), { code: 'changed', path: 'b' });
});

test('a range behind the end that was seen is a changed file', (t) => {
  const { text } = reading(t, [seen('a', 'one')]);
  assert.throws(() => text(0, 2, 5), { code: 'changed', path: 'a' });
});

test('a file that is gone is missing, one that may not be read is denied', () => {
  for (const [name, code] of [
    ['NotFoundError', 'missing'],
    ['NotAllowedError', 'denied'],
    ['NotReadableError', 'changed'],
  ]) {
    const source = new FileSource(() => {
      throw new DOMException('no', name);
    });
    source.add([{ path: 'a', file: new Blob(['x']), size: 1, lastModified: null }]);
    assert.throws(() => source.read(0, 0, 1), { code, path: 'a' });
  }
});

test('a file with another time than when it was added is changed', () => {
  const file = new File(['x'], 'a', { lastModified: 2 });
  const source = new FileSource(() => new ArrayBuffer(1));
  source.add([{ path: 'a', file, size: 1, lastModified: 1 }]);
  assert.throws(() => source.read(0, 0, 1), { code: 'changed' });
});

const watch = { stopped: () => false, tell() {} };
const large = (path, megabytes) => ({ path, file: new Blob([]), size: megabytes * 1024 * 1024, lastModified: null });

test('more than fits into memory is refused before it is read', async () => {
  await assert.rejects(new MemorySource().add([large('a', 300)], watch), { code: 'too-large' });
  const source = new MemorySource();
  const half = { ...large('a', 200), file: { arrayBuffer: async () => ({ byteLength: 200 << 20 }), size: 200 << 20 } };
  await assert.rejects(source.add([half, large('b', 100)], watch), { code: 'too-large' });
});

test('files that are added later are numbered after the others', async () => {
  const files = (...texts) =>
    texts.map((text) => ({ path: text, file: new Blob([text]), size: 1, lastModified: null }));
  for (const source of [new MemorySource(), new FileSource()]) {
    assert.deepEqual([await source.add(files('a', 'b'), watch), await source.add(files('c'), watch)], [0, 2]);
  }
  const source = new MemorySource();
  await source.add(files('a'), watch);
  await source.add(files('b'), watch);
  assert.deepEqual([...source.read(1, 0, 1)], ['b'.charCodeAt(0)]);
});

test('memory that is not used any more, or was never taken, may be used again', async () => {
  const half = (/** @type {string} */ path) => ({
    ...large(path, 150),
    file: { arrayBuffer: async () => new ArrayBuffer(150 << 20), size: 150 << 20 },
  });
  const gone = { ...half('b'), file: { arrayBuffer: async () => new ArrayBuffer(0), size: 150 << 20 } };
  const source = new MemorySource();
  await assert.rejects(source.add([large('x', 300)], watch), { code: 'too-large' });
  await assert.rejects(source.add([gone], watch), { code: 'changed' });
  assert.equal(await source.add([half('a')], watch), 0);
  await assert.rejects(source.add([half('b')], watch), { code: 'too-large' });
  source.leave([0]);
  assert.equal(await source.add([half('b')], watch), 1);
  assert.throws(() => source.read(0, 0, 1), { code: 'changed' });
});

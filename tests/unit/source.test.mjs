import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FileSource, readIntoMemory } from '../../www/worker/source.js';

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
  const source = new FileSource(files, (blob) => {
    reads.push(blob.text0);
    return new TextEncoder().encode(blob.text0).buffer;
  });
  return {
    source,
    reads,
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
    const source = new FileSource([{ path: 'a', file: new Blob(['x']), size: 1, lastModified: null }], () => {
      throw new DOMException('no', name);
    });
    assert.throws(() => source.read(0, 0, 1), { code, path: 'a' });
  }
});

test('a file with another time than when it was added is changed', () => {
  const file = new File(['x'], 'a', { lastModified: 2 });
  const source = new FileSource([{ path: 'a', file, size: 1, lastModified: 1 }], () => new ArrayBuffer(1));
  assert.throws(() => source.read(0, 0, 1), { code: 'changed' });
});

test('more than fits into memory is refused before it is read', async () => {
  const file = { path: 'a', file: new Blob([]), size: 300 * 1024 * 1024, lastModified: null };
  await assert.rejects(readIntoMemory([file], { stopped: () => false, tell() {} }), { code: 'too-large' });
});

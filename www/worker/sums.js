// @ts-check
// The check sums of a finished package: of the file, not of what was meant to be in it.

import { Digest, GalleryDigest } from 'core';
import { OTHER_LENGTH } from './buffers.js';
import { PART_BYTES } from './parts.js';

/**
 * @typedef {{ size: number, read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>>,
 *   free?: (bytes: Uint8Array<ArrayBuffer>) => void }} Readable  `free` gives back what was read and is not needed any more
 */

/** Up to this size the browser's own digest is faster, which wants everything in memory. */
const AT_ONCE = 32 * 1024 * 1024;

/**
 * @param {'sha256' | 'sha1'} how
 * @param {number} size
 * @param {AsyncIterable<Uint8Array<ArrayBuffer>>} chunks
 * @returns {Promise<string>}
 */
export async function sum(how, size, chunks) {
  if (size <= AT_ONCE && globalThis.crypto?.subtle) {
    const whole = new Uint8Array(size);
    let at = 0;
    for await (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return hex(await crypto.subtle.digest(how === 'sha256' ? 'SHA-256' : 'SHA-1', whole));
  }
  const digest = how === 'sha256' ? new Digest() : new GalleryDigest();
  for await (const chunk of chunks) digest.update(chunk);
  return digest.finish();
}

/** @param {ArrayBuffer} digest */
const hex = (digest) => Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * The input in chunks of one size, so that what comes of it never differs; the next one is read
 * while the last is worked on. A chunk counts until the next one is asked for.
 * @param {Readable} input
 * @param {Promise<Uint8Array<ArrayBuffer>>} [first]  The first, when it is being read already.
 */
export async function* chunksOf(input, first = input.read(0, Math.min(PART_BYTES, input.size))) {
  let next = first;
  for (let at = 0; at < input.size; at += PART_BYTES) {
    const chunk = await next;
    if (chunk.length !== Math.min(PART_BYTES, input.size - at)) throw new RangeError(OTHER_LENGTH);
    const from = at + PART_BYTES;
    if (from < input.size) {
      next = input.read(from, Math.min(from + PART_BYTES, input.size));
      next.catch(() => {});
    }
    yield chunk;
    input.free?.(chunk);
  }
}

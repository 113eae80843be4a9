// @ts-check
// Writes the package: what threads compressed, laid at its place in a file that appears when it is whole.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { wallClock } from '../core/wall-clock.js';
import { Builder } from '../worker/builder.js';
import { Verifier } from '../worker/verifier.js';
import { makeCrew } from './crew.mjs';
import { NewFile } from './files.mjs';
import { threads } from './options.mjs';

/**
 * @import { Report, Session } from 'core'
 * @import { DiskBlob } from './disk-blob.mjs'
 * @import { DiskSource } from './files.mjs'
 * @import { Values } from './options.mjs'
 * @typedef {{ files: number, bytes: number, sha256: string, sha1: string }} Written
 * @typedef {{ session: Session, source: DiskSource, out: string, module: WebAssembly.Module, report: Report, values: Values }} Order
 */

/** Less is compressed before threads have started. */
const WORTH_THREADS_BYTES = 8 * 1024 * 1024;

const COULD_NOT_RUN = 2;

/**
 * @param {Order} order
 * @returns {Promise<Written>}
 */
export async function write({ session, source, out, module, report, values }) {
  const most = threads(values);
  /** What goes again when there will be no package. @type {(() => void)[]} */
  const undo = [];
  let finished = false;
  const interrupted = () => {
    if (finished) return; // the package is there, and what it says of it takes a moment
    try {
      for (const one of undo) one();
    } finally {
      process.exit(COULD_NOT_RUN);
    }
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  /** @type {ReturnType<typeof makeCrew> | null} */
  let crew = null;
  /** @type {{ stop(): void }[]} */
  const work = [];
  try {
    const file = new NewFile(out);
    undo.push(() => file.discard());
    const single = session.single();
    let files = 1;
    if (single === undefined) {
      const many = most > 1 && report.input.bytes >= WORTH_THREADS_BYTES;
      const own = many ? makeCrew(module, out, most) : null;
      if (own) undo.push(() => own.discard());
      crew = own;
      const pool = own?.pool ?? null;
      const options = { now: wallClock(Date.now()), reproducible: values.reproducible === true };
      const verifier = new Verifier(session, source, pool);
      const builder = new Builder(session, source, pool, verifier, () => layInto(file));
      work.push(verifier, builder);
      ({ files } = await builder.build(options, WATCH, true));
    } else {
      file.write(0, single);
    }
    file.finish();
    finished = true;
    return { files, ...sums(out) };
  } catch (error) {
    if (!finished) undo[0]?.();
    throw error;
  } finally {
    for (const one of work) one.stop(); // or what was under way would be tried again
    await crew?.close();
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}

/** Nobody looks on, and an interruption ends the process. */
const WATCH = { stopped: () => false, end: new Promise(() => {}), tell() {} };

/** @param {NewFile} file */
const layInto = (file) => ({
  add: (/** @type {number} */ offset, /** @type {Uint8Array} */ bytes) => file.write(offset, bytes),
  async addBlob(/** @type {number} */ offset, /** @type {DiskBlob} */ blob) {
    let at = offset;
    for await (const chunk of blob.chunks()) {
      file.write(at, chunk);
      at += chunk.length;
    }
  },
  finish() {},
});

/**
 * The check sums of what is on the disk.
 * @param {string} place
 */
export function sums(place) {
  const [sha256, sha1] = [createHash('sha256'), createHash('sha1')];
  const descriptor = fs.openSync(place, 'r');
  const slice = new Uint8Array(4 * 1024 * 1024);
  let bytes = 0;
  for (let got = fs.readSync(descriptor, slice); got > 0; got = fs.readSync(descriptor, slice)) {
    for (const hash of [sha256, sha1]) hash.update(slice.subarray(0, got));
    bytes += got;
  }
  fs.closeSync(descriptor);
  return { bytes, sha256: sha256.digest('hex'), sha1: sha1.digest('hex') };
}

// @ts-check
// The worker's first lines: wait for what it is to be, unpack the core if nobody did, then serve. And what the
// page takes from the same text where there is no worker.

import { toWire } from '../core/errors.js';
import { unpackModule } from '../core/module.js';
import { Compressor, blobs } from './compressor.js';
import { Coordinator } from './coordinator.js';
import { makePool } from './crew.js';
import { FileSource } from './source.js';
import unpacker from 'unpacker';

export { openLocal } from './local.js';

/** @param {string} packed */
export const unpack = (packed) => unpackModule(packed, unpacker);

/** @type {{ receive(message: any): void } | null} */
let served = null;

const post = (/** @type {object} */ message) => self.postMessage(message);

/** Serves in the worker that this runs in. What it throws later reaches whoever made the worker. */
export function serve() {
  self.onmessage = ({ data }) => (served ? served.receive(data) : begin(data));
}

/** @param {any} data  What it is to be. */
async function begin(data) {
  try {
    if (data.compress) {
      served = new Compressor(blobs, post, data.compress);
      return post({ ready: true });
    }
    const { start, source, cores } = data;
    read(source); // else the page works by itself
    const module = typeof start === 'string' ? await unpacked(start) : start;
    const coordinator = new Coordinator(
      module,
      () => new FileSource(),
      post,
      () => makePool({ module, source, cores }),
    );
    served = coordinator;
    post({ ready: coordinator.hello });
  } catch (error) {
    post({ error: toWire(error) });
  }
}

/**
 * The page waits for longer, and has the module then.
 * @param {string} packed
 */
async function unpacked(packed) {
  post({ unpacking: true });
  const module = await unpack(packed);
  post({ module });
  return module;
}

/**
 * In WebKit a worker of a page without an origin, from a disk or in a closed frame, may read no Blob at all.
 * @param {Blob} blob
 */
function read(blob) {
  new FileReaderSync().readAsArrayBuffer(blob.slice(0, 1));
}

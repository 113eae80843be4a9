// @ts-check
// Makes the workers of a worker. Where none can be made, their work is done on this thread.

import { PackagerError, toWire } from '../core/errors.js';
import { trusted } from '../core/trusted.js';
import { Compressor, blobs } from './compressor.js';
import { Pool, workersFor } from './pool.js';

/**
 * @import { Port } from '../core/messenger.js'
 * @typedef {{ module: WebAssembly.Module, source: Blob, cores: number }} Crew
 */

/**
 * @param {Crew} crew
 * @returns {Pool}
 */
export function makePool({ module, source, cores }) {
  const able = typeof Worker === 'function';
  return new Pool(() => (able ? openWorker(source, module) : here()), able ? workersFor(cores) : 1);
}

/**
 * @param {Blob} source
 * @param {WebAssembly.Module} module
 * @returns {Port}
 */
function openWorker(source, module) {
  const url = URL.createObjectURL(source);
  /** @type {(message: any) => void} */
  let receive = () => {};
  /** @type {any[]} what a worker that cannot start was sent */
  const sent = [];
  /** @type {Port | null} */
  let instead = null;
  let started = false;
  /** Orders without an answer. @type {Set<number>} */
  const open = new Set();
  /** @type {Worker} */
  let worker;
  try {
    worker = new Worker(trusted(url));
  } catch {
    URL.revokeObjectURL(url);
    return here();
  }
  const fail = () => {
    const error = toWire(new PackagerError('internal', 'A worker ended before it was done.'));
    const ids = [...open];
    open.clear();
    for (const id of ids) receive({ id, error });
  };
  worker.onmessageerror = fail;
  worker.onerror = (event) => {
    event.preventDefault();
    if (started) return fail();
    // A policy that allows one worker may not allow it others.
    instead = here();
    instead.listen(receive);
    for (const message of sent.splice(0)) instead.post(message);
  };
  worker.onmessage = ({ data }) => {
    if (!started) {
      started = true;
      sent.length = 0;
      URL.revokeObjectURL(url);
      return;
    }
    if (data.bytes === undefined) open.delete(data.id);
    receive(data);
  };
  worker.postMessage({ compress: module });
  return {
    post(message) {
      if (instead) return instead.post(message);
      if (!started) sent.push(message);
      open.add(/** @type {{ id: number }} */ (message).id);
      worker.postMessage(message);
    },
    listen(listener) {
      receive = listener;
      instead?.listen(listener);
    },
    close: () => (instead ?? { close: () => worker.terminate() }).close(),
  };
}

/** @returns {Port} */
function here() {
  /** @type {(message: any) => void} */
  let receive = () => {};
  let open = true;
  const compressor = new Compressor(blobs, (answer) => open && receive(answer));
  return {
    post(message) {
      const { id } = /** @type {{ id: number }} */ (message);
      try {
        compressor.receive(/** @type {any} */ (message));
      } catch (error) {
        queueMicrotask(() => open && receive({ id, error: toWire(error) }));
      }
    },
    listen(listener) {
      receive = listener;
    },
    close() {
      open = false;
    },
  };
}

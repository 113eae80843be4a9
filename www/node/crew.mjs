// @ts-check
// The threads of the command, and the files beside the package in which they keep what they make.

import { Worker } from 'node:worker_threads';
import { PackagerError, aborted, toWire } from '../core/errors.js';
import { Compressor } from '../worker/compressor.js';
import { Pool } from '../worker/pool.js';
import { DiskBlob } from './disk-blob.mjs';
import { Spool, storeIn } from './spool.mjs';

/**
 * @import { Port } from '../core/messenger.js'
 */

/**
 * @param {WebAssembly.Module} module  Initialised on this thread.
 * @param {string} out  What will be written.
 * @param {number} most  How many threads.
 */
export function makeCrew(module, out, most) {
  /** @type {Worker[]} */
  const threads = [];
  /** @type {Spool[]} */
  const spools = [];
  let closed = false;
  const open = () => {
    if (closed) throw aborted();
    const spool = new Spool(`${out}.${process.pid}.${spools.length}.part`);
    spools.push(spool);
    try {
      const workerData = { module, spool: spool.file };
      const thread = new Worker(new URL('./worker.mjs', import.meta.url), { workerData });
      thread.unref();
      threads.push(thread);
      return portOf(thread, spool);
    } catch {
      return here(spool); // Node may be told to allow no threads
    }
  };
  const pool = new Pool(open, most);
  const discard = () => {
    for (const spool of spools.splice(0)) spool.close();
  };
  return {
    pool,
    /** Ends the threads and takes away what they kept. */
    async close() {
      closed = true;
      pool.stop();
      await Promise.all(threads.map((thread) => thread.terminate()));
      discard();
    },
    /** The same at once, before the process ends. */
    discard,
  };
}

/**
 * @param {Worker} thread
 * @param {Spool} spool
 * @returns {Port}
 */
function portOf(thread, spool) {
  /** @type {(message: any) => void} */
  let receive = () => {};
  /** Orders without an answer. @type {Map<number, object>} */
  const open = new Map();
  /** What works in its place when it cannot start. @type {Port | null} */
  let instead = null;
  let started = false;
  thread.on('message', (answer) => {
    if (answer.ready) return void (started = true);
    if (answer.bytes === undefined) open.delete(answer.id);
    receive(revived(answer));
  });
  thread.on('error', (error) => {
    const orders = [...open];
    open.clear();
    if (!started) {
      instead = here(spool);
      instead.listen(receive);
      for (const [, order] of orders) instead.post(order);
      return;
    }
    // One that runs out of memory answers nothing.
    const failure = new PackagerError('internal', `A thread ended: ${error.message}`);
    for (const [id] of orders) receive({ id, error: { ...toWire(failure), fatal: true } });
  });
  return {
    post(message) {
      if (instead) return instead.post(message);
      open.set(/** @type {{ id: number }} */ (message).id, message);
      thread.ref(); // the process waits for its answer
      thread.postMessage(message);
    },
    listen(listener) {
      receive = (answer) => {
        listener(answer);
        if (open.size === 0) thread.unref();
      };
      instead?.listen(receive);
    },
    close: () => void (instead ? instead.close() : thread.terminate()),
  };
}

/**
 * The work of a thread on this one.
 * @param {Spool} spool
 * @returns {Port}
 */
function here(spool) {
  /** @type {(message: any) => void} */
  let receive = () => {};
  let open = true;
  const compressor = new Compressor(storeIn(spool.file), (answer) => open && receive(revived(answer)));
  return {
    // Other work of this thread, an interruption too, has its turn in between.
    post: (message) => void setImmediate(() => open && compressor.receive(/** @type {any} */ (message))),
    listen: (listener) => void (receive = listener),
    close: () => void (open = false),
  };
}

/**
 * What a thread kept, as a Blob of what lies on the disk.
 * @param {any} answer
 */
function revived(answer) {
  const ranges = answer.result?.made?.ranges;
  return ranges ? { ...answer, result: { ...answer.result, made: new DiskBlob(ranges) } } : answer;
}

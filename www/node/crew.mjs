// @ts-check
// The threads of the command, and the folder beside the package in which they keep what they make.

import fs from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { PackagerError } from '../core/errors.js';
import { Pool } from '../worker/pool.js';
import { DiskBlob } from './disk-blob.mjs';

/**
 * @import { Port } from '../core/messenger.js'
 */

/**
 * @param {WebAssembly.Module} module
 * @param {string} out  What will be written.
 * @param {number} most  How many threads.
 */
export function makeCrew(module, out, most) {
  const folder = fs.mkdtempSync(`${out}.${process.pid}.`);
  /** @type {Worker[]} */
  const threads = [];
  const open = () => {
    const place = path.join(folder, `${threads.length}.part`);
    const thread = new Worker(new URL('./worker.mjs', import.meta.url), { workerData: { module, place } });
    thread.unref();
    threads.push(thread);
    return portOf(thread);
  };
  return {
    pool: new Pool(open, most),
    /** Ends the threads and takes away what they kept. */
    async close() {
      await Promise.all(threads.map((thread) => thread.terminate()));
      fs.rmSync(folder, { recursive: true, force: true });
    },
    /** The same at once, before the process ends. */
    discard: () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/**
 * @param {Worker} thread
 * @returns {Port}
 */
function portOf(thread) {
  /** @type {(message: any) => void} */
  let receive = () => {};
  /** @type {Set<number>} orders without an answer */
  const open = new Set();
  thread.on('message', (answer) => {
    if (answer.bytes === undefined) open.delete(answer.id);
    const ranges = answer.result?.made?.ranges;
    receive(ranges ? { ...answer, result: { ...answer.result, made: new DiskBlob(ranges) } } : answer);
  });
  // One that cannot start, or runs out of memory, answers nothing.
  thread.on('error', (error) => {
    const failure = new PackagerError('internal', `A thread ended: ${error.message}`);
    for (const id of [...open]) receive({ id, error: { code: failure.code, message: failure.message, fatal: true } });
  });
  return {
    post(message) {
      open.add(/** @type {{ id: number }} */ (message).id);
      thread.ref(); // the process waits for its answer
      thread.postMessage(message);
    },
    listen(listener) {
      receive = (answer) => {
        listener(answer);
        if (open.size === 0) thread.unref();
      };
    },
    close: () => void thread.terminate(),
  };
}

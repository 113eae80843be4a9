// @ts-check
// Starts the engine: in a worker where the page's policy allows one, else on this thread.

import { lowOnPower } from './battery.js';
import { PackagerError, fromWire } from './errors.js';
import { trusted } from './trusted.js';

/**
 * @import { Opened, Port } from './messenger.js'
 * @typedef {{ workerSource: string, packed: string, unpack(packed: string): Promise<WebAssembly.Module>,
 *   local(module: WebAssembly.Module): Promise<Opened> }} Parts  `packed`: the core, in base64
 * @typedef {{ core: string | WebAssembly.Module, keep(module: WebAssembly.Module): void }} Core
 */

/** How long a worker may take to start, which is some hundredths of a second; then another is tried. */
const START_MS = [3000, 6000, 12_000];
/** How long it may unpack the core, which is some tenths. */
const UNPACK_MS = 15_000;

/**
 * Opens one engine after another. The first unpacks the core, in its worker: the page stays free. Others that start
 * meanwhile do so too.
 * @param {Parts} parts
 * @returns {() => Promise<Opened>}
 */
export function engineOpener({ workerSource, packed, unpack, local }) {
  /** @type {WebAssembly.Module | null} */
  let module = null;
  /** On this thread. @type {Promise<WebAssembly.Module> | null} */
  let unpacked = null;
  let workers = true;
  const keep = (/** @type {WebAssembly.Module} */ compiled) => (module = compiled);
  return async () => {
    if (workers) {
      const opened = await openWorker(workerSource, { core: module ?? packed, keep });
      if (opened && opened !== 'silent') return opened;
      workers = opened === 'silent'; // refused once, refused always
    }
    unpacked ??= module ? Promise.resolve(module) : unpack(packed);
    const ready = await unpacked.catch((error) => {
      unpacked = null;
      throw new PackagerError('blocked', `This page may not run WebAssembly (${error?.message ?? error}).`);
    });
    return local(ready);
  };
}

/**
 * A worker from a file would not inherit the page's policy; one from a Blob does.
 * @param {string} source
 * @param {Core} core
 * @returns {Promise<Opened | 'silent' | null>} nothing where the site's policy refuses it, or it may not read files
 */
async function openWorker(source, { core, keep }) {
  const script = new Blob([source], { type: 'text/javascript' });
  const url = URL.createObjectURL(script);
  try {
    for (const patience of START_MS) {
      // WebKit throws here; Chromium and Firefox send an error event.
      const worker = new Worker(trusted(url));
      const start = { start: core, source: script, cores: navigator.hardwareConcurrency };
      const opened = await firstMessage(worker, start, patience, (module) => keep((core = module)));
      if (opened !== 'silent') return opened;
    }
    return 'silent';
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * In Firefox a worker may wait forever for the first that it makes itself, when others ended shortly before.
 * @param {Worker} worker
 * @param {{ start: string | WebAssembly.Module, source: Blob, cores: number }} start  With the script, for the worker
 *   makes others of it.
 * @param {number} patience
 * @param {Core['keep']} keep
 * @returns {Promise<Opened | 'silent' | null>}
 */
function firstMessage(worker, start, patience, keep) {
  return new Promise((resolve, reject) => {
    const wait = (/** @type {number} */ time) => setTimeout(() => end('silent'), time);
    let timer = wait(patience);
    const end = (/** @type {'silent' | null} */ how) => {
      clearTimeout(timer);
      worker.terminate();
      resolve(how);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      end(null);
    };
    worker.onmessage = ({ data }) => {
      clearTimeout(timer);
      if (data.unpacking) return (timer = wait(UNPACK_MS));
      if (data.module) {
        keep(data.module);
        return (timer = wait(patience));
      }
      worker.onerror = null;
      if (data.ready) {
        lowOnPower().then((low) => low && worker.postMessage({ spare: true }));
        return resolve({ port: workerPort(worker), hello: data.ready });
      }
      worker.terminate();
      reject(fromWire(data.error));
    };
    worker.postMessage(start);
  });
}

/**
 * @param {Worker} worker
 * @returns {Port}
 */
const workerPort = (worker) => ({
  post: (message) => worker.postMessage(message),
  listen(receive) {
    worker.onmessage = ({ data }) => receive(data);
  },
  close: () => worker.terminate(),
});

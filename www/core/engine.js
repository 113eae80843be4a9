// @ts-check
// Starts the engine: in a worker where the page's policy allows one, else on this thread.

import { lowOnPower } from './battery.js';
import { PackagerError, fromWire } from './errors.js';
import { trusted } from './trusted.js';

/**
 * @import { Opened, Port } from './messenger.js'
 * @typedef {{ workerSource: string, module(): Promise<WebAssembly.Module>, local(module: WebAssembly.Module): Promise<Opened> }} Parts
 */

/** How long a worker may take to start, which is some hundredths of a second; then another is tried. */
const START_MS = [3000, 6000, 12_000];

/**
 * Opens one engine after another; the module is compiled once.
 * @param {Parts} parts
 * @returns {() => Promise<Opened>}
 */
export function engineOpener({ workerSource, module, local }) {
  /** @type {Promise<WebAssembly.Module> | null} */
  let compiled = null;
  let workers = true;
  return async () => {
    compiled ??= module();
    const ready = await compiled.catch((error) => {
      throw new PackagerError('blocked', `This page may not run WebAssembly (${error?.message ?? error}).`);
    });
    if (workers) {
      const opened = await openWorker(workerSource, ready);
      if (opened && opened !== 'silent') return opened;
      workers = opened === 'silent'; // refused once, refused always
    }
    return local(ready);
  };
}

/**
 * A worker from a file would not inherit the page's policy; one from a Blob does.
 * @param {string} source
 * @param {WebAssembly.Module} module
 * @returns {Promise<Opened | 'silent' | null>} nothing where the site's policy refuses it, or it may not read files
 */
async function openWorker(source, module) {
  const script = new Blob([source], { type: 'text/javascript' });
  const url = URL.createObjectURL(script);
  try {
    for (const patience of START_MS) {
      // WebKit throws here; Chromium and Firefox send an error event.
      const worker = new Worker(trusted(url));
      const start = { start: module, source: script, cores: navigator.hardwareConcurrency };
      const opened = await firstMessage(worker, start, patience);
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
 * @param {object} start  With the script, for the worker makes others of it.
 * @param {number} patience
 * @returns {Promise<Opened | 'silent' | null>}
 */
function firstMessage(worker, start, patience) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end('silent'), patience);
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

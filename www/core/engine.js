// @ts-check
// Starts the engine: in a worker where the page's policy allows one, else on this thread.

import { lowOnPower } from './battery.js';
import { PackagerError, fromWire } from './errors.js';
import { trusted } from './trusted.js';

/**
 * @import { Opened, Port } from './messenger.js'
 * @typedef {{ workerSource: string, module(): Promise<WebAssembly.Module>, local(module: WebAssembly.Module): Promise<Opened> }} Parts
 */

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
      if (opened) return opened;
      workers = false; // refused once, refused always
    }
    return local(ready);
  };
}

/**
 * A worker from a file would not inherit the page's policy; one from a Blob does.
 * @param {string} source
 * @param {WebAssembly.Module} module
 * @returns {Promise<Opened | null>} nothing where the site's policy refuses it
 */
async function openWorker(source, module) {
  const script = new Blob([source], { type: 'text/javascript' });
  const url = URL.createObjectURL(script);
  try {
    // WebKit throws here; Chromium and Firefox send an error event.
    const worker = new Worker(trusted(url));
    return await firstMessage(worker, { start: module, source: script, cores: navigator.hardwareConcurrency });
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * @param {Worker} worker
 * @param {object} start  With the script, for the worker makes others of it.
 * @returns {Promise<Opened | null>}
 */
function firstMessage(worker, start) {
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      resolve(null);
    };
    worker.onmessage = ({ data }) => {
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

// @ts-check
// Starts the engine: in a worker where the page's policy allows one, else on this thread.

import { PackagerError, fromWire } from './errors.js';

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
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    // WebKit throws here; Chromium and Firefox send an error event.
    const worker = new Worker(trusted(url));
    return await firstMessage(worker, module);
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * @param {Worker} worker
 * @param {WebAssembly.Module} module
 * @returns {Promise<Opened | null>}
 */
function firstMessage(worker, module) {
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      resolve(null);
    };
    worker.onmessage = ({ data }) => {
      worker.onerror = null;
      if (data.ready) return resolve({ port: workerPort(worker), hello: data.ready });
      worker.terminate();
      reject(fromWire(data.error));
    };
    worker.postMessage({ start: module });
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

/** @type {{ createScriptURL(url: string): any } | null | undefined} */
let policy;

/**
 * The worker's address is the one thing here that a Trusted Types policy has to pass.
 * @param {string} url
 * @returns {any}
 */
function trusted(url) {
  if (policy === undefined) {
    try {
      const types = Reflect.get(globalThis, 'trustedTypes');
      policy =
        types?.createPolicy('gallery-packager', { createScriptURL: (/** @type {string} */ ours) => ours }) ?? null;
    } catch {
      policy = null; // the site allows no policy of this name; the worker may still be allowed
    }
  }
  return policy ? policy.createScriptURL(url) : url;
}

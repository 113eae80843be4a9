// @ts-check
// The same actions on the page's own thread, for sites that allow no worker.

import { Coordinator } from './coordinator.js';
import { MemorySource } from './source.js';

/**
 * @import { Opened } from '../core/messenger.js'
 */

/**
 * @param {WebAssembly.Module} module
 * @returns {Promise<Opened>}
 */
export async function openLocal(module) {
  /** @type {(message: any) => void} */
  let receive = () => {};
  const coordinator = new Coordinator(
    module,
    () => new MemorySource(),
    (message) => receive(message),
  );
  const port = {
    post: (/** @type {any} */ message) => coordinator.receive(message),
    listen: (/** @type {(message: any) => void} */ listener) => {
      receive = listener;
    },
    close: () => coordinator.close(),
  };
  return { port, hello: coordinator.hello };
}

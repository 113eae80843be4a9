// @ts-check
// The worker's first lines: wait for the module, then serve.

import { toWire } from '../core/errors.js';
import { Coordinator } from './coordinator.js';
import { FileSource } from './source.js';

/** @type {Coordinator | null} */
let coordinator = null;

const post = (/** @type {object} */ message) => self.postMessage(message);

self.onmessage = ({ data }) => {
  if (coordinator) return coordinator.receive(data);
  try {
    coordinator = new Coordinator(data.start, (files) => new FileSource(files), post);
    post({ ready: coordinator.hello });
  } catch (error) {
    post({ error: toWire(error) });
  }
};

// @ts-check
// A thread that compresses for the command.

import { parentPort, workerData } from 'node:worker_threads';
import { Compressor } from '../worker/compressor.js';
import { storeIn } from './spool.mjs';

const port = parentPort;
if (port) {
  const { module, spool } = workerData;
  const compressor = new Compressor(storeIn(spool), (answer) => port.postMessage(answer), module);
  port.on('message', (order) => compressor.receive(order));
  port.postMessage({ ready: true });
}

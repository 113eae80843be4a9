// @ts-check
// A thread that compresses for the command.

import { parentPort, workerData } from 'node:worker_threads';
import { Compressor } from '../worker/compressor.js';
import { spool } from './spool.mjs';

const port = parentPort;
if (port) {
  const { module, place } = workerData;
  const compressor = new Compressor(spool(place), (answer) => port.postMessage(answer), module);
  port.on('message', (order) => compressor.receive(order));
}

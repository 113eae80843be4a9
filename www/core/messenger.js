// @ts-check
// Requests to the engine and the answers to them: an id -> promise map over a port.

import { aborted, fromWire } from './errors.js';

/**
 * @import { SampleInfo } from 'core'
 * @import { WireError } from './errors.js'
 * @typedef {{ names: Record<string, string>, markers: Record<string, string> }} Junk
 * @typedef {{ junk: Junk, samples: SampleInfo[], rules: string[] }} Hello  What the engine says when it is ready.
 * @typedef {{ phase: 'reading'|'checking'|'writing', files: number, totalFiles: number|null, bytes: number, totalBytes?: number }} Progress
 * @typedef {{ post(message: object): void, listen(receive: (message: any) => void): void, close(): void }} Port
 * @typedef {{ port: Port, hello: Hello }} Opened
 * @typedef {{ resolve(value: any): void, reject(error: Error): void, onProgress?: (progress: any) => void, done(): void, rows?: object[], beside: boolean }} Pending
 *   `rows`: of a large report, which comes in parts
 */

/** Talks to one engine at a time; aborting ends that engine and starts another. */
export class Messenger {
  /** @type {() => Promise<Opened>} */
  #open;
  /** @type {Promise<Opened> | null} */
  #opened = null;
  /** @type {Map<number, Pending>} */
  #pending = new Map();
  #lastId = 0;

  /** @param {() => Promise<Opened>} open  Starts an engine and resolves when it is ready. */
  constructor(open) {
    this.#open = open;
  }

  /** Whether an answer is awaited of which the engine cannot simply be rid. */
  get busy() {
    return [...this.#pending.values()].some(({ beside }) => !beside);
  }

  /**
   * Starts the engine if it does not run.
   * @returns {Promise<Hello>}
   */
  async start() {
    return (await this.#engine()).hello;
  }

  /**
   * @param {string} action
   * @param {unknown} [argument]
   * @param {{ signal?: AbortSignal, gentle?: boolean, beside?: boolean, onProgress?: (progress: any) => void }} [options]
   *   `gentle` asks the engine to stop by itself and keeps what it holds; otherwise it is ended. `beside`: needs
   *   nothing that is open, so that the engine is not busy with it
   * @returns {Promise<any>}
   */
  call(action, argument, { signal, gentle = false, beside = false, onProgress } = {}) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted());
      const engine = this.#engine();
      const stop = () => {
        if (!gentle) return this.abort();
        this.#cancel(id, engine);
        this.#settle(id)?.reject(aborted()); // at once, and whatever the engine still answers
      };
      signal?.addEventListener('abort', stop);
      const done = () => signal?.removeEventListener('abort', stop);
      this.#pending.set(id, { resolve, reject, onProgress, done, beside });
      engine
        // Aborted while the engine was starting: the new engine knows nothing of this request.
        .then(({ port }) => this.#pending.has(id) && port.post({ id, action, argument }))
        .catch((error) => this.#settle(id)?.reject(error));
    });
  }

  /** Rejects what is awaited, ends the engine and starts a new one. */
  abort() {
    this.close();
    this.#engine().catch(() => {}); // reported to whoever calls next
  }

  /** Rejects what is awaited and ends the engine. */
  close() {
    const opened = this.#opened;
    this.#opened = null;
    opened?.then(({ port }) => port.close()).catch(() => {});
    for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(aborted());
  }

  /** @returns {Promise<Opened>} */
  #engine() {
    if (this.#opened) return this.#opened;
    const opened = this.#open();
    this.#opened = opened;
    opened.then(
      ({ port }) => port.listen((message) => this.#receive(opened, message)),
      () => this.#opened === opened && (this.#opened = null), // the next call may try again
    );
    return opened;
  }

  /**
   * @param {number} id
   * @param {Promise<Opened>} engine
   */
  #cancel(id, engine) {
    engine.then(({ port }) => port.post({ cancel: id })).catch(() => {});
  }

  /**
   * @param {Promise<Opened>} from
   * @param {{ id: number, result?: any, error?: WireError, progress?: Progress, rows?: object[] }} message
   */
  #receive(from, message) {
    if (from !== this.#opened) return; // an engine that was ended
    if (message.progress) return this.#pending.get(message.id)?.onProgress?.(message.progress);
    if (message.rows) return this.#keep(message.id, message.rows);
    const pending = this.#settle(message.id);
    if (pending?.rows && message.result) message.result.files = [...pending.rows, ...message.result.files];
    if (!message.error) return pending?.resolve(message.result);
    pending?.reject(fromWire(message.error));
    if (message.error.fatal) this.abort();
  }

  /**
   * @param {number} id
   * @param {object[]} rows
   */
  #keep(id, rows) {
    const pending = this.#pending.get(id);
    if (pending) (pending.rows ??= []).push(...rows);
  }

  /** @param {number} id */
  #settle(id) {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.done();
    return pending;
  }
}

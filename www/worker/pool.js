// @ts-check
// Hands work to workers, in its order. Knows nothing of what the work is.

import { aborted, fromWire } from '../core/errors.js';

/**
 * @import { WireError } from '../core/errors.js'
 * @import { Port } from '../core/messenger.js'
 * @typedef {{ id: number, result?: any, error?: WireError, bytes?: number }} Answer
 * @typedef {{ message: () => object, resolve(value: any): void, reject(error: unknown): void, onBytes?: (bytes: number) => void }} Task
 * @typedef {{ port: Port, at: Map<number, Task> }} Hand
 */

/** A worker has the next task before it is done with one, so that reading goes on while it compresses. */
const AT_ONCE = 2;

/** More workers than this only wait for the same disk. */
export const MOST_WORKERS = 8;

/**
 * How many workers a machine should have: as many as cores, but not more than help.
 * @param {number | undefined} cores
 */
export const workersFor = (cores) => Math.max(1, Math.min(MOST_WORKERS, Math.floor(cores ?? 1) || 1));

/** Workers and the tasks that wait for them. */
export class Pool {
  #make;
  #most;
  /** How many work when nobody waits: one core is the person's. */
  #ahead;
  #width;
  /** @type {Hand[]} */
  #hands = [];
  /** @type {Task[]} */
  #waiting = [];
  /** What is done when nothing else waits. @type {Task[]} */
  #later = [];
  #lastId = 0;

  /**
   * @param {() => Port} make  Makes a worker.
   * @param {number} most  How many there may be.
   */
  constructor(make, most) {
    this.#make = make;
    this.#most = most;
    this.#ahead = this.#width = Math.max(1, most - 1);
  }

  /** The battery is low: one worker is enough while nobody waits. */
  spare() {
    if (this.#width === this.#ahead) this.#width = 1;
    this.#ahead = 1;
  }

  /** How many tasks are under way or wait. */
  get tasks() {
    return this.#waiting.length + this.#later.length + this.#hands.reduce((sum, { at }) => sum + at.size, 0);
  }

  /** Whether all workers may work, or one core is left to the person. @param {boolean} all */
  set hurry(all) {
    this.#width = all ? this.#most : this.#ahead;
    this.#hand();
  }

  /** Makes every worker now: they start while there is nothing else to do. */
  prepare() {
    while (this.#hands.length < this.#most) this.#add();
  }

  /**
   * @param {() => object} message  Made when a worker takes it: what it holds is not needed before.
   * @param {(bytes: number) => void} [onBytes]  How many bytes more are done of what takes long.
   * @param {{ later?: boolean }} [how]  `later`: after everything that is not
   * @returns {Promise<any>}
   */
  run(message, onBytes, { later = false } = {}) {
    return new Promise((resolve, reject) => {
      (later ? this.#later : this.#waiting).push({ message, resolve, reject, onBytes });
      this.#hand();
    });
  }

  /** Ends all work. Workers are made anew when there is other work. */
  stop() {
    const tasks = [...this.#hands.flatMap(({ at }) => [...at.values()]), ...this.#waiting, ...this.#later];
    this.#waiting = [];
    this.#later = [];
    // One that has nothing to do need not start again.
    for (const { port } of this.#hands.filter(({ at }) => at.size > 0)) port.close();
    this.#hands = this.#hands.filter(({ at }) => at.size === 0);
    for (const { reject } of tasks) reject(aborted());
  }

  /** Gives waiting tasks to whoever has least to do. */
  #hand() {
    while (this.#waiting.length + this.#later.length > 0) {
      const allowed = this.#hands.slice(0, this.#width);
      let free = allowed.reduce(
        (least, hand) => (hand.at.size < least.at.size ? hand : least),
        allowed[0] ?? this.#add(),
      );
      if (free.at.size > 0 && this.#hands.length < this.#width) free = this.#add();
      if (free.at.size >= AT_ONCE) return;
      this.#give(free);
    }
  }

  /** @param {Hand} hand */
  #give({ port, at }) {
    const task = this.#waiting.shift() ?? this.#later.shift();
    if (!task) return;
    const id = ++this.#lastId;
    try {
      const message = task.message();
      at.set(id, task);
      port.post({ id, ...message });
    } catch (error) {
      at.delete(id);
      task.reject(error);
    }
  }

  #add() {
    /** @type {Hand} */
    const hand = { port: this.#make(), at: new Map() };
    hand.port.listen((answer) => this.#receive(hand, answer));
    this.#hands.push(hand);
    return hand;
  }

  /**
   * @param {Hand} hand
   * @param {Answer} answer
   */
  #receive(hand, { id, result, error, bytes }) {
    const task = hand.at.get(id);
    if (!task) return;
    if (bytes !== undefined) return task.onBytes?.(bytes);
    hand.at.delete(id);
    if (error?.fatal) this.#replace(hand); // a trapped module cannot be used again
    if (error) task.reject(fromWire(error));
    else task.resolve(result);
    this.#hand();
  }

  /** @param {Hand} hand  Its other tasks go to others. */
  #replace(hand) {
    hand.port.close();
    this.#hands = this.#hands.filter((other) => other !== hand);
    this.#waiting.unshift(...hand.at.values());
    hand.at.clear();
  }
}

// @ts-check
// Lets workers compress while the person reads the report; puts the package together when it is asked for.

import { PackagerError, aborted } from '../core/errors.js';
import { turn } from '../core/turn.js';
import { Parts } from './parts.js';

/**
 * @import { BuildOptions, Job, Piece, Session, Verified } from 'core'
 * @import { Pool } from './pool.js'
 * @import { MemorySource } from './source.js'
 * @import { Watch } from './coordinator.js'
 * @import { Verifier } from './verifier.js'
 */

/** How long pieces are made before messages are looked at. */
export const SLICE_MS = 40;

/** Parts that are smaller are copied: each part costs the browser more than their bytes. */
const COPIED_BYTES = 32 * 1024;

/** Files that are looked at together, and groups of them at once, before a package is given out. */
const LOOKED_AT = 256;
const GROUPS_AT_ONCE = 4;

/** So many files are always looked at again: it takes no time that a person notices. */
const FEW_FILES = 2000;

/**
 * Files that workers read: in a browser a `FileSource`, under Node files on the disk.
 * @typedef {{ whole(numbers: number[]): any, checkUnchanged(numbers: number[]): void, guilty(numbers: number[]): Error | null | Promise<Error | null>,
 *   stillThere(numbers: number[]): Promise<void>, read(number: number, offset: number, length: number): Uint8Array }} Files
 * @typedef {{ add(offset: number, bytes: Uint8Array): void, addBlob(offset: number, blob: any): void | Promise<void>,
 *   finish(): any }} Laid  Where the pieces of a package are laid.
 */

/** What is made of one input, and the package that comes of it. */
export class Builder {
  #session;
  #source;
  /** Nothing where everything is in memory. @type {Files | null} */
  #files;
  #pool;
  #verifier;
  #makeParts;
  /** @type {Map<number, Blob>} job -> what came of it */
  #made = new Map();
  /** @type {Map<number, { job: Job, bytes: number, end: Promise<void> }>} */
  #running = new Map();
  /** @type {{ job: number, bytes: Uint8Array } | null} */
  #copied = null;
  /** @type {Set<number>} files that were compressed */
  #packed = new Set();
  /** @type {Set<number>} files that are no part of the input any more */
  #left = new Set();
  /** @type {Set<number>} files that are a part of the package themselves */
  #referred = new Set();
  #done = { files: 0, bytes: 0 };
  /** Files that were compressed since the last package. */
  #compressed = 0;
  #stopped = false;
  /** Whether another input has the workers. */
  #paused = false;
  /** @type {() => void} */
  #onProgress = () => {};

  /**
   * @param {Session} session
   * @param {Files | MemorySource} source
   * @param {Pool | null} pool  Nothing where everything is done on this thread.
   * @param {Pick<Verifier, 'verify'>} verifier
   * @param {() => Laid} [lay]
   */
  constructor(session, source, pool, verifier, lay = () => new Parts()) {
    this.#makeParts = lay;
    this.#session = session;
    this.#source = source;
    this.#files = 'whole' in source ? source : null;
    this.#pool = pool;
    this.#verifier = verifier;
  }

  /** Gives the workers what they were not given yet; they leave a core to the person. */
  begin() {
    if (!this.#pool || !this.#files || this.#stopped) return;
    this.#paused = false;
    for (const job of this.#session.jobs()) this.#start(job, this.#pool, this.#files);
  }

  /** A file is not packed any more, and may change or go as it likes. @param {number} file */
  leave(file) {
    this.#left.add(file);
    this.#packed.delete(file);
  }

  /** Leaves the workers to another input; what was under way waits for the next beginning. */
  pause() {
    this.#paused = true;
    if (this.#running.size > 0) this.#pool?.stop();
  }

  /** Ends the work of the workers; done when nobody uses the session any more. */
  async stop() {
    this.#stopped = true;
    if (this.#running.size > 0) this.#pool?.stop();
    await Promise.allSettled([...this.#running.values()].map(({ end }) => end));
  }

  /**
   * @param {BuildOptions} options
   * @param {Watch} watch
   * @param {boolean} away  Whether the person was elsewhere since, and may have changed files.
   */
  async build(options, watch, away) {
    this.begin(); // refuses what is too much before any work
    if (this.#pool) this.#pool.hurry = true;
    try {
      await this.#rest(watch);
      // What is taken over from a ZIP must be whole; workers see that sooner than this thread.
      if (this.#pool) await this.#checked(watch);
    } finally {
      if (this.#pool) this.#pool.hurry = false;
    }
    const { name, files: totalFiles } = this.#session.beginBuild(options);
    this.#referred.clear();
    const blob = await this.#assemble(totalFiles, watch);
    await this.#look(away, watch);
    const compressed = this.#compressed;
    this.#compressed = 0;
    return { blob, name, files: totalFiles, compressed };
  }

  /**
   * Until the workers have made everything.
   * @param {Watch} watch
   */
  async #rest({ stopped, tell, end }) {
    const sum = (/** @type {(of: { job: Job, bytes: number }) => number} */ of) =>
      [...this.#running.values()].reduce((total, running) => total + of(running), 0);
    const totalFiles = this.#done.files + sum(({ job }) => job.files.length);
    const totalBytes = this.#done.bytes + sum(({ job }) => job.bytes);
    this.#onProgress = () => {
      const bytes = this.#done.bytes + sum((running) => running.bytes);
      tell({ phase: 'writing', files: this.#done.files, totalFiles, bytes, totalBytes });
    };
    try {
      this.#onProgress();
      await Promise.race([Promise.all([...this.#running.values()].map((running) => running.end)), end]);
    } finally {
      this.#onProgress = () => {};
    }
    if (stopped()) throw aborted();
  }

  /** @param {Watch} watch */
  #checked(watch) {
    const tell = (/** @type {Verified} */ { files, totalFiles, bytes }) =>
      watch.tell({ phase: 'writing', files, totalFiles, bytes });
    return this.#verifier.verify({ ...watch, tell });
  }

  /**
   * @param {number} totalFiles
   * @param {Watch} watch
   */
  async #assemble(totalFiles, watch) {
    const parts = this.#makeParts();
    let rested = performance.now();
    for (let piece = this.#session.nextPiece(); piece; piece = this.#session.nextPiece()) {
      await this.#lay(parts, piece);
      if (performance.now() - rested < SLICE_MS) continue;
      watch.tell({ phase: 'writing', files: piece.files, totalFiles, bytes: piece.read });
      await turn();
      if (watch.stopped()) throw aborted();
      rested = performance.now();
    }
    this.#copied = null;
    return parts.finish();
  }

  /**
   * @param {Laid} parts
   * @param {Piece} piece
   */
  async #lay(parts, { offset, bytes, job, file, from, to }) {
    if (file !== null && !this.#files) return parts.add(offset, this.#source.read(file, from, to - from));
    if (file !== null) return parts.addBlob(offset, part(this.#blobOf(file), from, to));
    if (job === null) return parts.add(offset, bytes);
    const made = this.#made.get(job);
    if (!made) throw new PackagerError('internal', `batch ${job} was not made`);
    if (to - from >= COPIED_BYTES || to - from === made.size) return parts.addBlob(offset, part(made, from, to));
    if (this.#copied?.job !== job) this.#copied = { job, bytes: new Uint8Array(await made.arrayBuffer()) };
    parts.add(offset, this.#copied.bytes.slice(from, to));
  }

  /**
   * A package of files that changed since they were compressed would be another one than it seems.
   * @param {boolean} away
   * @param {Watch} watch
   */
  async #look(away, { stopped }) {
    const files = this.#files;
    if (!files) return;
    const numbers = [
      ...(away || this.#packed.size <= FEW_FILES ? new Set([...this.#packed, ...this.#referred]) : this.#referred),
    ];
    const groups = Array.from({ length: Math.ceil(numbers.length / LOOKED_AT) }, (_, index) =>
      numbers.slice(index * LOOKED_AT, (index + 1) * LOOKED_AT),
    );
    const look = async () => {
      for (let group = groups.pop(); group && !stopped(); group = groups.pop()) await files.stillThere(group);
    };
    await Promise.all(Array.from({ length: GROUPS_AT_ONCE }, look));
    if (stopped()) throw aborted();
  }

  /** @param {number} file */
  #blobOf(file) {
    this.#referred.add(file);
    if (!this.#files) throw new PackagerError('internal', `there is no file number ${file}`);
    return this.#files.whole([file]);
  }

  /**
   * @param {Job} job
   * @param {Pool} pool
   * @param {Files} files
   */
  #start(job, pool, files) {
    const running = { job, bytes: 0, end: this.#finish(job, pool, files, true) };
    running.end.catch(() => {}); // told when the package is asked for
    this.#running.set(job.number, running);
  }

  /**
   * @param {Job} job
   * @param {Pool} pool
   * @param {Files} files
   * @param {boolean} again  Whether a failure that has no reason is tried once more.
   * @returns {Promise<void>}
   */
  async #finish(job, pool, files, again) {
    const { number, large, records, files: wanted } = job;
    const order = () => ({ kind: large ? 'large' : 'pack', records, input: files.whole(wanted) });
    try {
      const { made, records: written } = await pool.run(order, (bytes) => this.#advance(number, bytes));
      files.checkUnchanged(wanted);
      if (this.#stopped) return;
      this.#session.jobDone(number, written);
      this.#made.set(number, made);
      for (const file of wanted) if (!this.#left.has(file)) this.#packed.add(file);
      this.#done = { files: this.#done.files + wanted.length, bytes: this.#done.bytes + job.bytes };
      this.#compressed += wanted.length;
      this.#running.delete(number);
      this.#onProgress();
    } catch (error) {
      if (this.#stopped) throw aborted();
      if (this.#paused || wanted.some((file) => this.#left.has(file))) {
        // What else was in the batch is made when the package is put together.
        this.#running.delete(number);
        return this.#session.jobFailed(number);
      }
      const guilty = await files.guilty(wanted);
      if (this.#stopped) throw aborted();
      if (!guilty && again) return this.#finish(job, pool, files, false);
      this.#running.delete(number);
      this.#session.jobFailed(number);
      throw guilty ?? error;
    }
  }

  /**
   * @param {number} number
   * @param {number} bytes
   */
  #advance(number, bytes) {
    const running = this.#running.get(number);
    if (running) running.bytes += bytes;
    this.#onProgress();
  }
}

/**
 * @param {Blob} blob
 * @param {number} from
 * @param {number} to
 */
const part = (blob, from, to) => (from === 0 && to === blob.size ? blob : blob.slice(from, to));

// @ts-check
// Runs the session. The same code serves in a worker and, where none is allowed, on the page.

import { Session, initSync, sampleFiles, samples } from 'core';
import { PackagerError, aborted, toWire } from '../core/errors.js';
import { wallClock } from '../core/wall-clock.js';
import { Builder } from './builder.js';
import { blobs } from './compressor.js';
import { chunksOf, sum } from './sums.js';
import { Verifier } from './verifier.js';

/**
 * @import { BuildOptions, Verified } from 'core'
 * @import { FileInput, FolderInput, PathAndFile, ReadInput, SampleInput, ZipInput } from '../core/inputs.js'
 * @import { Hello, Progress } from '../core/messenger.js'
 * @import { Entry } from '../core/walk.js'
 * @import { FileSource, MemorySource, Seen } from './source.js'
 * @import { Pool } from './pool.js'
 * @typedef {{ stopped(): boolean, end: Promise<void>, tell(progress: Progress | Verified): void }} Watch  `end` comes when it is stopped
 * @typedef {{ number: number, path: string, size: number, modified: number | undefined }} Added
 * @typedef {{ id: number, action: string, argument: any } | { cancel: number }} Request
 */

/** How long nobody asks for anything before the workers are given work. */
const QUIET_MS = 20;

/** What takes long and lets others work meanwhile. */
const BESIDE = ['sums', 'verify'];

/** Answers requests one after another. */
export class Coordinator {
  #makeSource;
  #post;
  /** @type {Session | null} */
  #session = null;
  /** @type {FileSource | MemorySource | null} */
  #source = null;
  /** Whether the session waits for the rest of a folder. */
  #listing = false;
  /** @type {Added[]} what lies on top of the input */
  #added = [];
  /** @type {Verifier | null} */
  #verifier = null;
  /** @type {Builder | null} */
  #builder = null;
  /** @type {Pool | null} */
  #pool;
  #closed = false;
  /** @type {Set<number>} */
  #cancelled = new Set();
  /** @type {Map<number, () => void>} request -> what ends the wait for it */
  #ends = new Map();
  /** How many requests wait. */
  #waiting = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #quiet;
  /** @type {Promise<void>} */
  #queue = Promise.resolve();

  /**
   * @param {WebAssembly.Module} module
   * @param {() => FileSource | MemorySource} makeSource
   * @param {(message: object) => void} post
   * @param {() => Pool | null} [makePool]  Nothing where everything is done on this thread.
   */
  constructor(module, makeSource, post, makePool = () => null) {
    initSync({ module });
    this.#makeSource = makeSource;
    this.#post = post;
    this.#pool = makePool();
    this.#pool?.prepare();
  }

  /** @returns {Hello} */
  get hello() {
    return { junk: Session.junk(), samples: samples(), rules: Session.rules().map(({ rule }) => rule) };
  }

  /** @param {Request} request */
  receive(request) {
    if ('cancel' in request) {
      this.#cancelled.add(request.cancel);
      return this.#ends.get(request.cancel)?.();
    }
    if (BESIDE.includes(request.action)) return void this.#answer(request);
    this.#waiting += 1;
    clearTimeout(this.#quiet);
    this.#queue = this.#queue.then(() => this.#answer(request)).finally(() => (this.#waiting -= 1));
  }

  close() {
    this.#closed = true;
    this.#forget();
    this.#pool?.stop();
  }

  #forget() {
    this.#verifier?.stop();
    this.#verifier = null;
    this.#builder?.stop();
    this.#builder = null;
    this.#session = null;
    this.#source = null;
    this.#listing = false;
    this.#added = [];
    clearTimeout(this.#quiet);
  }

  /** A session for another input. */
  #begin() {
    this.#forget();
    const source = (this.#source = this.#makeSource());
    const session = (this.#session = new Session(source));
    this.#verifier = new Verifier(session, source, this.#pool);
    this.#builder = new Builder(session, source, this.#pool, this.#verifier);
    return session;
  }

  /**
   * Adds files to what the session reads.
   * @param {Seen[]} files
   * @param {Watch} watch
   * @returns {Promise<number>} the number of the first
   */
  async #take(files, { stopped, tell }) {
    if (!this.#source) throw new PackagerError('empty', 'Nothing was added.');
    return this.#source.add(files, {
      stopped,
      tell: (done, bytes) => tell({ phase: 'reading', files: done, totalFiles: files.length, bytes }),
    });
  }

  /** Lets the workers compress what the report is about, when nobody waits for anything else. */
  #workAhead() {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      if (this.#waiting === 0) this.#startEarly();
    }, QUIET_MS);
  }

  #startEarly() {
    try {
      this.#builder?.begin();
    } catch {
      // Told when the package is asked for.
    }
  }

  /** @param {{ id: number, action: string, argument: any }} request */
  async #answer({ id, action, argument }) {
    /** @type {() => void} */
    let stop = () => {};
    /** @type {Watch} */
    const watch = {
      stopped: () => this.#closed || this.#cancelled.has(id),
      end: new Promise((resolve) => (stop = resolve)),
      tell: (progress) => this.#post({ id, progress }),
    };
    this.#ends.set(id, stop);
    try {
      const act = Object.hasOwn(this.#actions, action) && Reflect.get(this.#actions, action);
      if (!act) throw new PackagerError('internal', `unknown action ${action}`);
      if (watch.stopped()) throw aborted();
      this.#post({ id, result: await act(argument, watch) });
      if (action === 'check') this.#workAhead();
    } catch (error) {
      this.#post({ id, error: toWire(error) });
    } finally {
      this.#cancelled.delete(id);
      this.#ends.delete(id);
    }
  }

  /** @type {Record<string, (argument: any, watch: Watch) => unknown>} */
  #actions = {
    open: async (/** @type {ReadInput} */ input, watch) => {
      // What was listed ahead is of a folder; anything else is another input.
      const session = this.#listing && input.kind === 'folder' ? this.#open() : this.#begin();
      await openers[input.kind](session, input, (files) => this.#take(files, watch));
      this.#listing = false;
      if (input.added?.length) await this.#actions.add?.(input.added, watch);
    },
    /** A part of a folder that the page is still walking. */
    list: async (/** @type {{ first: boolean, name: string, entries: Entry[] }} */ { first, name, entries }, watch) => {
      const session = first ? this.#begin() : this.#open();
      this.#listing = true;
      await this.#take(entries.map(seenEntry), watch);
      session.list(
        name,
        entries.map(({ file, ...listed }) => listed),
      );
      this.#startEarly();
    },
    /** Files on top of the input; one of a name takes the place of the one before it. */
    add: async (/** @type {PathAndFile[]} */ files, watch) => {
      const session = this.#open();
      const wanted = files.map(({ path, file }) => seen(path, file, file.size));
      let number = await this.#take(wanted, watch);
      const added = wanted.map((own) => ({ number: number++, path: own.path, size: own.size, modified: clock(own) }));
      const isNew = (/** @type {Added} */ { path }) => added.some((own) => own.path === path);
      for (const own of this.#added.filter(isNew)) this.#builder?.leave(own.number);
      this.#added = [...this.#added.filter((own) => !isNew(own)), ...added];
      session.setAdded(this.#added);
    },
    takeAway: (/** @type {string} */ path) => {
      for (const own of this.#added.filter((own) => own.path === path)) this.#builder?.leave(own.number);
      this.#added = this.#added.filter((own) => own.path !== path);
      this.#open().setAdded(this.#added);
    },
    forget: () => this.#forget(),
    check: ({ answers, options }) => {
      this.#open().setAnswers(answers);
      return this.#open().check(options);
    },
    verify: (_, watch) => {
      this.#open();
      return this.#verifier?.verify(watch);
    },
    applyFix: (/** @type {string} */ id) => applyFix(this.#open(), id),
    applySafeFixes: () => this.#open().applySafeFixes(),
    undo: () => this.#open().undo(),
    preview: ({ id, options }) => {
      const session = this.#open();
      applyFix(session, id);
      try {
        return session.check(options);
      } finally {
        session.undo();
        session.check(options); // the ids of what is on the screen count again
      }
    },
    setText: ({ path, text }) => this.#open().setText(path, text),
    render: ({ format, finished }) => this.#open().render(format, finished),
    build: (/** @type {BuildOptions & { away: boolean }} */ { away, ...options }, watch) => {
      const session = this.#open();
      const single = session.single();
      if (single === undefined) return this.#builder?.build(options, watch, away);
      const name = session.check({}).package.name;
      return { blob: new Blob([new Uint8Array(single)]), name, compressed: 0 };
    },
    sums: async (/** @type {Blob} */ blob) => {
      const pool = this.#pool;
      const of = (/** @type {'sha256' | 'sha1'} */ how) =>
        pool ? pool.run(() => ({ kind: 'sum', how, input: blob })) : sum(how, blob.size, chunksOf(blobs.open(blob)));
      const [sha256, sha1] = await Promise.all([of('sha256'), of('sha1')]);
      return { sha256, sha1 };
    },
  };

  #open() {
    if (!this.#session) throw new PackagerError('empty', 'Nothing was added.');
    return this.#session;
  }
}

/**
 * @param {Session} session
 * @param {string} id
 */
function applyFix(session, id) {
  if (!session.applyFix(id)) throw new PackagerError('unknown-answer', 'This fix is not offered any more.');
}

/** @typedef {(session: Session, input: any, take: (files: Seen[]) => Promise<number>) => Promise<void>} Opener */

/** @type {Record<ReadInput['kind'], Opener>} */
const openers = {
  async folder(session, /** @type {FolderInput} */ { name, entries, skipped }, take) {
    await take(entries.map(seenEntry));
    session.openFolder(
      name,
      entries.map(({ file, ...listed }) => listed),
      skipped,
    );
  },
  async zip(session, /** @type {ZipInput} */ { name, file }, take) {
    await take([seen(name, file, file.size)]);
    session.openZip(name, file.size);
  },
  async file(session, /** @type {FileInput} */ { name, file }, take) {
    await take([seen(name, file, file.size)]);
    session.openFile(name, file.size, wallClock(file.lastModified));
  },
  async sample(session, /** @type {SampleInput} */ { name }, take) {
    const files = sampleFiles(name);
    if (files.length === 0) throw new PackagerError('unknown-input', `There is no sample ${name}.`);
    const blob = (/** @type {Uint8Array} */ bytes) => new Blob([new Uint8Array(bytes)]);
    await take(files.map(({ path, bytes }) => seen(path, blob(bytes), bytes.length)));
    const listed = files.map(({ path, bytes }) => ({ path, folder: false, size: bytes.length, modified: undefined }));
    session.openFolder(name, listed, []);
  },
};

/**
 * A folder has a number too, and no bytes.
 * @param {Entry} entry
 */
const seenEntry = ({ path, file, size }) => seen(path, file ?? NOTHING, size);

const NOTHING = new Blob([]);

/**
 * @param {string} path
 * @param {Blob} file
 * @param {number} size
 * @returns {Seen}
 */
const seen = (path, file, size) => ({
  path,
  file,
  size,
  lastModified: file instanceof File ? file.lastModified : null,
});

/**
 * What a clock on the wall showed when a file was last changed.
 * @param {Seen} seen
 */
const clock = ({ lastModified }) => (lastModified === null ? undefined : wallClock(lastModified));

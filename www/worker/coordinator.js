// @ts-check
// Runs the session. The same code serves in a worker and, where none is allowed, on the page.

import { Session, initSync, sampleFiles, samples } from 'core';
import { PackagerError, aborted, toWire } from '../core/errors.js';
import { wallClock } from '../core/walk.js';
import { Builder, SLICE_MS } from './builder.js';
import { blobs } from './compressor.js';
import { MemorySource } from './source.js';
import { chunksOf, sum } from './sums.js';

/**
 * @import { BuildOptions, Source } from 'core'
 * @import { FileInput, FolderInput, ReadInput, ZipInput } from '../core/inputs.js'
 * @import { Hello, Progress } from '../core/messenger.js'
 * @import { Entry } from '../core/walk.js'
 * @import { FileSource, Seen } from './source.js'
 * @import { Pool } from './pool.js'
 * @typedef {{ stopped(): boolean, end: Promise<void>, tell(progress: Progress): void }} Watch  `end` comes when it is stopped
 * @typedef {(files: Seen[], watch: Watch) => FileSource | MemorySource | Promise<FileSource | MemorySource>} MakeSource
 * @typedef {{ id: number, action: string, argument: any } | { cancel: number }} Request
 */

/** How long nobody asks for anything before the workers are given work. */
const QUIET_MS = 20;

/** Answers requests one after another. */
export class Coordinator {
  #makeSource;
  #post;
  /** @type {Session | null} */
  #session = null;
  /** @type {Entry[]} what was sent ahead of the next input */
  #listed = [];
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
   * @param {MakeSource} makeSource
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
    if (request.action === 'sums') return void this.#answer(request); // long, and touches nothing of the session
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
    this.#builder?.stop();
    this.#builder = null;
    this.#session = null;
    this.#listed = [];
    clearTimeout(this.#quiet);
  }

  /** Lets the workers compress what the report is about, when nobody waits for anything else. */
  #workAhead() {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      if (this.#waiting > 0) return;
      try {
        this.#builder?.begin();
      } catch {
        // Told when the package is asked for.
      }
    }, QUIET_MS);
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
      const listed = this.#listed;
      this.#forget();
      if (input.kind === 'folder') input.entries = [...listed, ...input.entries];
      const added = (input.added ?? []).map(({ path, file }) => seen(path, file, file.size));
      let number = 0; // of the first that was added
      /** @type {FileSource | MemorySource} */
      let source = new MemorySource([]);
      const session = await openers[input.kind](input, async (files) => {
        number = files.length;
        return (source = await this.#makeSource([...files, ...added], watch));
      });
      if (added.length > 0)
        session.setAdded(
          added.map((own) => ({ number: number++, path: own.path, size: own.size, modified: clock(own) })),
        );
      this.#session = session;
      this.#builder = new Builder(session, source, this.#pool);
    },
    list: (/** @type {Entry[]} */ entries) => void this.#listed.push(...entries),
    forget: () => this.#forget(),
    check: ({ answers, options }) => {
      this.#open().setAnswers(answers);
      return this.#open().check(options);
    },
    verify: () => verify(this.#open()),
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

/**
 * A slice of the check of every byte: other requests come in between.
 * @param {Session} session
 */
function verify(session) {
  const began = performance.now();
  let verified = session.verifyNext();
  while (!verified.done && performance.now() - began < SLICE_MS) verified = session.verifyNext();
  return verified;
}

const openers = {
  /**
   * @param {ReadInput} input
   * @param {(files: Seen[]) => Source | Promise<Source>} makeSource
   */
  async folder(input, makeSource) {
    const { name, entries, skipped } = /** @type {FolderInput} */ (input);
    const files = entries.map((entry) => seen(entry.path, entry.file ?? new Blob([]), entry.size));
    const session = new Session(await makeSource(files));
    const listed = entries.map(({ file, ...listed }) => listed);
    session.openFolder(name, listed, skipped);
    return session;
  },
  /**
   * @param {ReadInput} input
   * @param {(files: Seen[]) => Source | Promise<Source>} makeSource
   */
  async zip(input, makeSource) {
    const { name, file } = /** @type {ZipInput} */ (input);
    const session = new Session(await makeSource([seen(name, file, file.size)]));
    session.openZip(name, file.size);
    return session;
  },
  /**
   * @param {ReadInput} input
   * @param {(files: Seen[]) => Source | Promise<Source>} makeSource
   */
  async file(input, makeSource) {
    const { name, file } = /** @type {FileInput} */ (input);
    const session = new Session(await makeSource([seen(name, file, file.size)]));
    session.openFile(name, file.size, wallClock(file.lastModified));
    return session;
  },
  /**
   * @param {ReadInput} input
   * @param {(files: Seen[]) => Source | Promise<Source>} makeSource
   */
  async sample({ name }, makeSource) {
    const files = sampleFiles(name);
    if (files.length === 0) throw new PackagerError('unknown-input', `There is no sample ${name}.`);
    const blob = (/** @type {Uint8Array} */ bytes) => new Blob([new Uint8Array(bytes)]);
    const session = new Session(
      await makeSource(files.map(({ path, bytes }) => seen(path, blob(bytes), bytes.length))),
    );
    const listed = files.map(({ path, bytes }) => ({ path, folder: false, size: bytes.length, modified: undefined }));
    session.openFolder(name, listed, []);
    return session;
  },
};

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

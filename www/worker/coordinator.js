// @ts-check
// Runs the session. The same code serves in a worker and, where none is allowed, on the page.

import { Session, initSync, sampleFiles, samples } from 'core';
import { PackagerError, aborted, isAbort, toWire } from '../core/errors.js';
import { wallClock } from '../core/wall-clock.js';
import { readAhead } from './ahead.js';
import { blobs } from './compressor.js';
import { Lister } from './lister.js';
import { Opened } from './opened.js';
import { chunksOf, sum } from './sums.js';

/**
 * @import { BuildOptions, Verified } from 'core'
 * @import { FileInput, FolderInput, PathAndFile, ReadInput, SampleInput, ZipInput } from '../core/inputs.js'
 * @import { Hello, Progress } from '../core/messenger.js'
 * @import { Part } from '../core/listed-apart.js'
 * @import { Entry, Skipped } from '../core/walk.js'
 * @import { FileSource, MemorySource, Seen } from './source.js'
 * @import { Pool } from './pool.js'
 * @typedef {{ stopped(): boolean, end: Promise<void>, tell(progress: Progress | Verified | Part[]): void }} Watch  `end` comes when it is stopped
 * @typedef {{ first: boolean, entries: Entry[], skipped: Skipped[] | null }} Growth
 * @typedef {{ id: number, action: string, argument: any } | { cancel: number } | { spare: true }} Request
 */

/** How long nobody asks for anything before the workers are given work. */
const QUIET_MS = 20;

/** So many rows of a report go over at once: more would take the page's thread for longer than a person notices. */
const ROWS = 2048;

/** What takes long and lets others work meanwhile, or is asked for while others work. */
const BESIDE = ['sums', 'verify', 'walk', 'children'];

/** Answers requests one after another. */
export class Coordinator {
  #makeSource;
  #post;
  /** @type {Opened | null} */
  #opened = null;
  /** What takes its place when it is whole: the page may still be walking it. @type {Opened | null} */
  #next = null;
  /** @type {Pool | null} */
  #pool;
  #lister = new Lister();
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
      const end = this.#ends.get(request.cancel);
      if (end) this.#cancelled.add(request.cancel); // else it was answered
      return end?.();
    }
    if ('spare' in request) return this.#pool?.spare();
    this.#ends.set(request.id, () => {}); // nobody waits for it yet
    // Now, and not when it is its turn: the next walk does not wait for that.
    if (request.action === 'giveUp') this.#lister.clear();
    if (request.action === 'forget') this.#lister.forget();
    if (BESIDE.includes(request.action)) return void this.#answer(request);
    this.#waiting += 1;
    clearTimeout(this.#quiet);
    this.#queue = this.#queue
      .then(() => this.#answer(request))
      .finally(() => {
        this.#waiting -= 1;
        this.#workAhead();
      });
  }

  close() {
    this.#closed = true;
    this.#forget();
    this.#pool?.stop();
  }

  #forget() {
    this.#giveUp();
    this.#opened?.stop();
    this.#opened = null;
    clearTimeout(this.#quiet);
  }

  /** Another input, for which what is open makes way when it is whole. */
  #begin() {
    this.#giveUp();
    this.#opened?.builder.pause();
    return (this.#next = new Opened(this.#makeSource(), this.#pool));
  }

  /** What is open stays. */
  #giveUp() {
    this.#next?.stop();
    this.#next = null;
    this.#opened?.giveUp();
  }

  /**
   * Adds files to what a session reads.
   * @param {Opened} to
   * @param {Seen[]} files
   * @param {Watch} watch
   * @param {number | null} [totalFiles]  With those before them, when it is known.
   * @returns {Promise<number>} the number of the first
   */
  async #take({ source, taken }, files, { stopped, tell }, totalFiles = taken.files + count(files)) {
    const before = { ...taken };
    return source.add(files, {
      stopped,
      tell: (done, bytes) => {
        Object.assign(taken, { files: before.files + done, bytes: before.bytes + bytes });
        tell({ phase: 'reading', ...taken, totalFiles });
      },
    });
  }

  /**
   * Files on top of an input; one of a name takes the place of the one before it.
   * @param {Opened} to
   * @param {PathAndFile[]} files
   * @param {Watch} watch
   */
  async #add(to, files, watch) {
    const wanted = files.map(({ path, file }) => seen(path, file, file.size));
    let number = await this.#take(to, wanted, watch);
    const added = wanted.map((own) => ({ number: number++, path: own.path, size: own.size, modified: clock(own) }));
    to.leave(({ path }) => added.some((own) => own.path === path));
    to.added.push(...added);
    to.session.setAdded(to.added);
  }

  /** Lets the workers compress what the report is about, when nobody waits for anything else. */
  #workAhead() {
    clearTimeout(this.#quiet);
    if (this.#closed || this.#waiting > 0) return;
    this.#quiet = setTimeout(() => this.#startEarly(), QUIET_MS);
  }

  #startEarly() {
    try {
      (this.#next ?? this.#opened)?.builder.begin();
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
      const result = /** @type {any} */ (await act(argument, watch));
      while (result?.files?.length > ROWS) this.#post({ id, rows: result.files.splice(0, ROWS) });
      this.#post({ id, result });
    } catch (error) {
      this.#post({ id, error: toWire(error) });
    } finally {
      this.#cancelled.delete(id);
      this.#ends.delete(id);
    }
  }

  /** @type {Record<string, (argument: any, watch: Watch) => unknown>} */
  #actions = {
    open: async (/** @type {ReadInput & { added?: PathAndFile[] }} */ input, watch) => {
      // What was listed ahead is of a folder; anything else is another input.
      const ahead = input.kind === 'folder' && input.given > 0;
      const next = ahead ? (this.#next ?? nothing()) : this.#begin();
      if (input.kind === 'folder') this.#lister.handOver(input.entries);
      await openers[input.kind](next.session, input, (files) => this.#take(next, files, watch));
      if (input.added?.length) await this.#add(next, input.added, watch);
      this.#opened?.stop();
      [this.#opened, this.#next] = [next, null];
      this.#lister.clear();
    },
    /** A folder that was dropped. */
    walk: (argument, watch) => this.#lister.walk(argument, watch),
    /** A folder below it that was not walked. */
    children: (folder, watch) => this.#lister.list(folder, watch),
    /** A part of a folder that the page is still walking. */
    list: async (/** @type {{ first: boolean, name: string, entries: Entry[] }} */ { first, name, entries }, watch) => {
      const next = first ? this.#begin() : (this.#next ?? nothing());
      this.#lister.handOver(entries);
      await this.#take(next, entries.map(seenEntry), watch, null);
      next.session.list(
        name,
        entries.map(({ file, ...listed }) => listed),
      );
      this.#startEarly();
    },
    /** A part of what the page walks besides, of the folder that is open; `skipped` comes with the last. */
    grow: async (/** @type {Growth} */ { first, entries, skipped }, watch) => {
      const opened = this.#opened ?? nothing();
      if (first) opened.giveUp(); // an older walk was not whole
      this.#lister.handOver(entries);
      let number = await this.#take(opened, entries.map(seenEntry), watch, null);
      for (const { file, ...listed } of entries) opened.coming.push({ number: number++, listed });
      if (!skipped) return;
      opened.grow(skipped);
      this.#lister.clear();
    },
    /** The walk ended before the input was whole. */
    giveUp: () => this.#giveUp(),
    add: (/** @type {PathAndFile[]} */ files, watch) => this.#add(this.#opened ?? nothing(), files, watch),
    takeAway: (/** @type {string} */ path) => {
      const opened = this.#opened ?? nothing();
      opened.leave((own) => own.path === path);
      opened.session.setAdded(opened.added);
    },
    forget: () => this.#forget(),
    check: async ({ answers, options }, { stopped }) => {
      const { session, source } = this.#opened ?? nothing();
      session.setAnswers(answers);
      await readAhead(session, source, stopped);
      if (stopped()) throw aborted();
      return session.check(options);
    },
    verify: (_, watch) => (this.#opened ?? nothing()).verifier.verify(watch),
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
      if (single === undefined) return this.#opened?.builder.build(options, watch, away);
      const name = session.check({}).package.name;
      return { blob: new Blob([new Uint8Array(single)]), name, compressed: 0 };
    },
    sums: async (/** @type {Blob} */ blob) => {
      const pool = this.#pool;
      const of = (/** @type {'sha256' | 'sha1'} */ how) =>
        pool ? pool.run(() => ({ kind: 'sum', how, input: blob })) : sum(how, blob.size, chunksOf(blobs.open(blob)));
      const [sha256, sha1] = await Promise.all([of('sha256'), of('sha1')]).catch(notWhole);
      return { sha256, sha1 };
    },
  };

  #open() {
    return (this.#opened ?? nothing()).session;
  }
}

/** @returns {never} */
function nothing() {
  throw new PackagerError('empty', 'Nothing was added.');
}

/**
 * The package refers to files of the person; Firefox alone does not tell before that one is another by now.
 * @param {unknown} error
 * @returns {never}
 */
function notWhole(error) {
  if (isAbort(error)) throw error;
  throw new PackagerError(
    'changed',
    'A file changed while it was saved, so the package is not whole. Add the folder again, and save it again.',
  );
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
const seenEntry = ({ path, file, size, folder }) => ({
  ...seen(path, file instanceof Blob ? file : NOTHING, size),
  folder,
});

const NOTHING = new Blob([]);

/** @param {Seen[]} files */
const count = (files) => files.filter(({ folder }) => !folder).length;

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

// @ts-check
// Runs the session. The same code serves in a worker and, where none is allowed, on the page.

import { Digest, GalleryDigest, Session, initSync, sampleFiles, samples } from 'core';
import { PackagerError, aborted, toWire } from '../core/errors.js';
import { wallClock } from '../core/walk.js';
import { PART_BYTES, Parts } from './parts.js';

/**
 * @import { BuildOptions, Source } from 'core'
 * @import { FileInput, FolderInput, ReadInput, ZipInput } from '../core/inputs.js'
 * @import { Hello, Progress } from '../core/messenger.js'
 * @import { Seen } from './source.js'
 * @typedef {{ stopped(): boolean, tell(progress: Progress): void }} Watch
 * @typedef {(files: Seen[], watch: Watch) => Source | Promise<Source>} MakeSource
 * @typedef {{ id: number, action: string, argument: any } | { cancel: number }} Request
 */

/** How long pieces are made before messages are looked at. */
const SLICE_MS = 40;

/** Answers requests one after another. */
export class Coordinator {
  #makeSource;
  #post;
  /** @type {Session | null} */
  #session = null;
  #closed = false;
  /** @type {Set<number>} */
  #cancelled = new Set();
  /** @type {Promise<void>} */
  #queue = Promise.resolve();

  /**
   * @param {WebAssembly.Module} module
   * @param {MakeSource} makeSource
   * @param {(message: object) => void} post
   */
  constructor(module, makeSource, post) {
    initSync({ module });
    this.#makeSource = makeSource;
    this.#post = post;
  }

  /** @returns {Hello} */
  get hello() {
    return { junk: Session.junk(), samples: samples(), rules: Session.rules().map(({ rule }) => rule) };
  }

  /** @param {Request} request */
  receive(request) {
    if ('cancel' in request) return void this.#cancelled.add(request.cancel);
    this.#queue = this.#queue.then(() => this.#answer(request));
  }

  close() {
    this.#closed = true;
    this.#session = null;
  }

  /** @param {{ id: number, action: string, argument: any }} request */
  async #answer({ id, action, argument }) {
    /** @type {Watch} */
    const watch = {
      stopped: () => this.#closed || this.#cancelled.has(id),
      tell: (progress) => this.#post({ id, progress }),
    };
    try {
      const act = Object.hasOwn(this.#actions, action) && Reflect.get(this.#actions, action);
      if (!act) throw new PackagerError('internal', `unknown action ${action}`);
      if (watch.stopped()) throw aborted();
      this.#post({ id, result: await act(argument, watch) });
    } catch (error) {
      this.#post({ id, error: toWire(error) });
    } finally {
      this.#cancelled.delete(id);
    }
  }

  /** @type {Record<string, (argument: any, watch: Watch) => unknown>} */
  #actions = {
    open: async (/** @type {ReadInput} */ input, watch) => {
      this.#session = null;
      const added = (input.added ?? []).map(({ path, file }) => seen(path, file, file.size));
      let number = 0; // of the first that was added
      const session = await openers[input.kind](input, (files) => {
        number = files.length;
        return this.#makeSource([...files, ...added], watch);
      });
      if (added.length > 0)
        session.setAdded(
          added.map((own) => ({ number: number++, path: own.path, size: own.size, modified: clock(own) })),
        );
      this.#session = session;
    },
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
    build: (/** @type {BuildOptions} */ options, watch) => build(this.#open(), options, watch),
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

/**
 * @param {Session} session
 * @param {BuildOptions} options
 * @param {Watch} watch
 */
async function build(session, options, watch) {
  const single = session.single();
  if (single !== undefined) {
    const blob = new Blob([new Uint8Array(single)]);
    return { blob, name: session.check({}).package.name, ...(await sums(blob, 1, watch)) };
  }
  const { name, files: totalFiles } = session.beginBuild(options);
  const parts = new Parts();
  let rested = performance.now();
  for (let piece = session.nextPiece(); piece; piece = session.nextPiece()) {
    parts.add(piece.offset, piece.bytes);
    if (performance.now() - rested < SLICE_MS) continue;
    watch.tell({ phase: 'writing', files: piece.files, totalFiles, bytes: piece.read });
    await messages();
    if (watch.stopped()) throw aborted();
    rested = performance.now();
  }
  const blob = parts.finish();
  return { blob, name, ...(await sums(blob, totalFiles, watch)) };
}

/**
 * The check sums of the finished file, not of what was meant to be in it.
 * @param {Blob} blob
 * @param {number} files
 * @param {Watch} watch
 */
async function sums(blob, files, watch) {
  const digest = new Digest();
  const forGallery = new GalleryDigest();
  for (let start = 0; start < blob.size; start += PART_BYTES) {
    const part = new Uint8Array(await blob.slice(start, start + PART_BYTES).arrayBuffer());
    digest.update(part);
    forGallery.update(part);
    watch.tell({ phase: 'summing', files, totalFiles: files, bytes: Math.min(start + PART_BYTES, blob.size) });
    if (watch.stopped()) throw aborted();
  }
  return { sha256: digest.finish(), sha1: forGallery.finish() };
}

/** Lets the messages that wait be received; a timer would be slowed down to 4 ms. */
function messages() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
}

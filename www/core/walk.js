// @ts-check
// From a drop, a picker or a handle to one flat list of files and folders. Folders that are never
// packed are pruned before they are entered, so a virtual environment costs nothing.

import { ListedAhead } from './listed-ahead.js';
import { fromBoth, fromFile, fromHandle } from './children.js';
import { readError } from './errors.js';
import { Walk, byPath } from './listing.js';
import { each, sorted } from './turn.js';

/**
 * @import { Child, Held } from './children.js'
 * @import { How } from './listed-apart.js'
 * @import { Junk } from './messenger.js'
 * @typedef {{ path: string, folder: boolean, size: number, modified: number | undefined, file?: File | Held }} Entry
 * @typedef {{ path: string, reason: string, folder: boolean }} Skipped
 * @typedef {{ entries: Entry[], files: number, given: number, skipped: Skipped[], unreadable: Skipped[], partial: string[],
 *   more: (options: WalkOptions) => Promise<Listing> }} Listing
 *   `entries`: what `onEntries` was not given; `given`: how many it was given, and
 *   `files`: how many files there are with those; `partial`: folders that only hold what was asked for; `more`: walks on
 *   when more of what was left out is asked for, and gives what is new
 * @typedef {Listing & { name: string | null }} Named
 * @typedef {{ files: number, bytes: number, skipped: string[] }} Counted
 * @typedef {{ junk: Junk, includes?: string[], signal?: AbortSignal, onProgress?: (counted: Counted) => void,
 *   onEntries?: (entries: Entry[], top: string | null) => void,
 *   apart?: (handle: FileSystemHandle, how: How) => Child }} WalkOptions  `onEntries` is given the entries of a large folder,
 *   whose name may be known, while the walk goes on; `apart` has a folder listed elsewhere
 * @typedef {{ handle: Promise<FileSystemHandle | null>, entry: FileSystemEntry | null, file: File | null }} Taken
 */

/** How long the handle of what was dropped is waited for; where nobody is asked, it takes a few milliseconds. */
const HANDLE_MS = 200;

/**
 * Takes everything out of a drop. Must run inside the event: afterwards the items are empty.
 * @param {DataTransfer} transfer
 * @param {boolean} [withHandles]
 * @returns {Taken[]}
 */
export function takeItems(transfer, withHandles = mayUseHandles()) {
  return [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({
      handle: withHandles ? askForHandle(item) : Promise.resolve(null),
      entry: item.webkitGetAsEntry?.() ?? null,
      file: item.getAsFile(),
    }));
}

/**
 * Asking for a handle crashes Chromium in a frame with an opaque origin. A page opened from disk
 * has one too, but there it works, and is the only way that does.
 */
export function mayUseHandles(scope = globalThis) {
  return scope.origin !== 'null' || (scope.location?.protocol === 'file:' && scope.top === scope.self);
}

/**
 * @param {DataTransferItem} item
 * @returns {Promise<FileSystemHandle | null>}
 */
async function askForHandle(item) {
  try {
    return (await Reflect.get(item, 'getAsFileSystemHandle')?.call(item)) ?? null;
  } catch {
    return null; // the entry is tried next
  }
}

/**
 * Walks what was taken from a drop. One folder alone becomes the top of the list.
 * @param {Taken[]} taken
 * @param {WalkOptions} options
 * @returns {Promise<Named>}
 */
export async function walkTaken(taken, options) {
  const alone = taken.length === 1;
  const walk = new Walk(options, alone ? (taken[0]?.entry?.name ?? null) : null);
  let name = null;
  for (const item of taken) name = await walkOne(walk, item, alone, options);
  return { ...listing(walk, (next) => next.goOn()), name: alone ? name : null };
}

/**
 * What a walk gives, and how it goes on.
 * @param {Walk} walk
 * @param {(next: Walk) => Promise<unknown>} goOn
 * @returns {Listing}
 */
const listing = (walk, goOn) => ({
  ...walk.finish(),
  more: async (options) => {
    const next = walk.next(options);
    await goOn(next);
    return listing(next, goOn);
  },
});

/**
 * @param {Walk} walk
 * @param {Taken} item
 * @param {boolean} alone
 * @param {WalkOptions} options
 * @returns {Promise<string | null>} its name, if it is a folder
 */
async function walkOne(walk, item, alone, options) {
  /** @type {{ name: string, folder: boolean, error: unknown } | null} */
  let failure = null;
  for await (const way of waysTo(item, options)) {
    try {
      if (way.folder) await walk.top(new ListedAhead(options.junk).below(way.open()), alone ? '' : way.name);
      else walk.addFile(way.name, await way.file());
      return way.folder ? way.name : null;
    } catch (error) {
      if (walk.stopped) throw error;
      failure ??= { name: way.name, folder: way.folder, error };
    }
  }
  walk.addUnreadable(failure?.name ?? 'unknown', failure?.error, failure?.folder ?? false);
  return null;
}

/**
 * @param {Taken} item
 * @param {WalkOptions} options
 * @returns {AsyncGenerator<Child>}
 */
async function* waysTo({ entry, handle, file }, options) {
  // A handle's listing silently lacks the names that Chromium thinks unsafe: desktop.ini, a.lnk, ~x.
  if (entry) {
    const quick = await Promise.race([handle, soon()]);
    yield fromBoth(entry, quick && byHandle(quick, options));
  }
  // On a page that was opened from disk an entry cannot be read. For a folder of the system Chromium
  // asks the person first, who may take their time.
  const known = await handle;
  if (known) yield byHandle(known, options);
  // For a folder this would be a made-up file of 4096 bytes.
  if (file && !entry?.isDirectory && known?.kind !== 'directory') yield fromFile(file);
}

/**
 * On a page that was opened from a disk a handle cannot leave the page.
 * @param {FileSystemHandle} handle
 * @param {WalkOptions} options
 */
function byHandle(handle, { apart, junk, signal }) {
  const mayLeave = handle.kind === 'directory' && globalThis.origin !== 'null';
  return mayLeave && apart ? apart(handle, { junk, signal }) : fromHandle(handle);
}

/** @returns {Promise<null>} */
const soon = () => new Promise((resolve) => setTimeout(resolve, HANDLE_MS, null));

/**
 * @param {FileSystemDirectoryHandle} handle
 * @param {WalkOptions} options
 * @returns {Promise<Named>}
 */
export async function walkHandle(handle, options) {
  const walk = new Walk(options, handle.name);
  const top = byHandle(handle, options);
  await walk.top(new ListedAhead(options.junk).below(top.open()), '').catch((error) => {
    throw readError(error, handle.name);
  });
  return { ...listing(walk, (next) => next.goOn()), name: handle.name };
}

/**
 * Files that came with their paths, as a folder picker gives them. There may be tens of thousands, and asking
 * each for its size is a question to the browser's own process, so the person has the page in between.
 * @param {(File | { path: string, file: File })[]} files
 * @param {WalkOptions} options
 * @returns {Promise<Named>}
 */
export async function walkFiles(files, options) {
  /** @type {{ path: string, file: File }[]} */
  const inside = [];
  await each(files, (item) => inside.push(item instanceof File ? located(item) : { ...item }));
  const name = await sharedTop(inside);
  const walk = new Walk(options, name);
  if (name !== null) await each(inside, (item) => (item.path = item.path.slice(name.length + 1)));
  const marked = await walk.markedFolders(inside);
  return { ...(await listFlat(walk, await sorted(inside, byPath), marked)), name };
}

/**
 * @param {Walk} walk
 * @param {{ path: string, file: File }[]} files
 * @param {Map<string, string>} marked  Folders with a marker in them.
 * @returns {Promise<Listing>}
 */
async function listFlat(walk, files, marked) {
  /** @type {{ path: string, file: File }[]} */
  const left = [];
  const list = (/** @type {{ path: string, file: File }} */ item) => {
    walk.throwIfStopped();
    if (walk.addParents(item.path, marked)) walk.addFile(item.path, item.file);
    else left.push(item);
  };
  await each(files, list, () => walk.tellSometimes());
  return { ...walk.finish(), more: (options) => listFlat(walk.next(options), left, marked) };
}

/** @param {File} file */
const located = (file) => ({ path: file.webkitRelativePath || file.name, file });

/**
 * The one folder that all paths begin with, if there is one.
 * @param {{ path: string }[]} files
 */
async function sharedTop(files) {
  const first = files[0]?.path.split('/')[0];
  if (first === undefined) return null;
  let shared = true;
  await each(files, ({ path }) => (shared &&= path.startsWith(`${first}/`)));
  return shared ? first : null;
}

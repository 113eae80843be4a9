// @ts-check
// Every odd input becomes one shape. Taking is synchronous, because a drop is only readable inside
// its event; reading comes afterwards and can be repeated.

import { PackagerError } from './errors.js';
import { takeItems, walkFiles, walkHandle, walkTaken } from './walk.js';

/**
 * @import { Listing, Named, WalkOptions } from './walk.js'
 * @typedef {{ path: string, file: File }} PathAndFile
 * @typedef {FileList | File | File[] | PathAndFile[] | FileSystemDirectoryHandle | FileSystemFileHandle | DataTransfer | { sample: string }} Input
 * @typedef {{ kind: 'folder', name: string } & Listing} FolderInput
 * @typedef {{ kind: 'zip', name: string, file: File }} ZipInput
 * @typedef {{ kind: 'sample', name: string }} SampleInput
 * @typedef {{ kind: 'file', name: string, file: File }} FileInput
 * @typedef {FolderInput | ZipInput | FileInput | SampleInput} ReadInput
 * @typedef {(options: WalkOptions) => Promise<ReadInput>} Reader
 */

/** The name of an application whose folder is not known. */
export const NAMELESS = 'application';

/**
 * @param {Input} input
 * @returns {Reader}
 */
export function take(input) {
  if (isObject(input, 'items') && isObject(input, 'types')) {
    const taken = takeItems(/** @type {DataTransfer} */ (input));
    return async (options) => folderOrZip(await walkTaken(taken, options));
  }
  if (isObject(input, 'sample')) {
    const { sample } = /** @type {{ sample: string }} */ (input);
    if (typeof sample !== 'string') throw notTaken();
    return async () => ({ kind: 'sample', name: sample });
  }
  if (isObject(input, 'kind')) return takeHandle(/** @type {FileSystemHandle} */ (input));
  const files = takeFiles(/** @type {FileList | File | File[] | PathAndFile[]} */ (input));
  return async (options) => folderOrZip(await walkFiles(files, options));
}

/**
 * @param {FileSystemHandle} handle
 * @returns {Reader}
 */
function takeHandle(handle) {
  if (handle.kind === 'directory') {
    return async (options) => folder(await walkHandle(/** @type {FileSystemDirectoryHandle} */ (handle), options));
  }
  if (handle.kind !== 'file') throw notTaken();
  return async (options) => {
    const file = await /** @type {FileSystemFileHandle} */ (handle).getFile();
    return folderOrZip(await walkFiles([{ path: file.name, file }], options));
  };
}

/**
 * The files themselves, for a field with files in it may be emptied; their paths are asked for later.
 * @param {FileList | File | File[] | PathAndFile[]} input
 * @returns {(File | PathAndFile)[]}
 */
function takeFiles(input) {
  if (!isList(input) && !(input instanceof Blob)) throw notTaken();
  const list = input instanceof Blob ? [input] : [...input];
  const given = (/** @type {File | PathAndFile} */ item) =>
    item instanceof File || (typeof item?.path === 'string' && item.file instanceof Blob);
  if (!list.every(given)) throw notTaken();
  return list;
}

const notTaken = () =>
  new PackagerError('unknown-input', 'Add files, a folder, a ZIP, a drop, or a sample: this is none of them.');

/** @param {unknown} value  A string is a list too, but not of files. */
const isList = (value) => typeof value === 'object' && value !== null && Symbol.iterator in value;

/**
 * One file alone is a package to check if it is a ZIP; the first bytes say so, the name may lie. What
 * else it is, the core says.
 * @param {Named} listing
 * @returns {Promise<ReadInput>}
 */
async function folderOrZip(listing) {
  const [only, ...others] = listing.entries;
  // A folder with one ZIP in it is a folder; of a large one this is only the end.
  const alone = others.length === 0 && listing.given === 0 && listing.name === null;
  if (alone && only?.file instanceof Blob)
    return { kind: (await looksLikeZip(only.file)) ? 'zip' : 'file', name: only.path, file: only.file };
  return folder(listing);
}

/**
 * @param {File} file
 */
async function looksLikeZip(file) {
  if (/\.zip$/i.test(file.name)) return true;
  const [p, k, third] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return p === 0x50 && k === 0x4b && (third === 3 || third === 5);
}

/**
 * @param {Named} listing
 * @returns {FolderInput}
 */
function folder({ name, ...listing }) {
  if (listing.files > 0) return { kind: 'folder', name: name ?? NAMELESS, ...listing };
  const [blamed] = listing.unreadable;
  if (blamed)
    throw new PackagerError(
      'denied',
      `The browser may not read ${blamed.path}. Use the buttons to choose it instead.`,
      blamed.path,
    );
  const [{ path, reason } = { path: '', reason: '' }] = listing.skipped;
  const why = path ? ` Left out: ${path} (${reason}).` : '';
  throw new PackagerError('empty', `There are no files in what you added.${why}`);
}

/**
 * @param {unknown} value
 * @param {string} key
 */
const isObject = (value, key) => typeof value === 'object' && value !== null && !Array.isArray(value) && key in value;

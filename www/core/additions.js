// @ts-check
// Files that are added to what is open already: wheels, and scripts for a database.

import { PackagerError } from './errors.js';

/**
 * @import { Input, PathAndFile } from './inputs.js'
 */

const ADDED = /\.(whl|sql)$/i;
const WHEEL = /\.whl$/i;

/**
 * The files of an input when all of them are of a kind that is added; null for any other input. A
 * drop can only be read at once.
 * @param {Input} input
 * @returns {PathAndFile[] | null}
 */
export function additions(input) {
  /** @type {PathAndFile[]} */
  const files = [];
  for (const item of listOf(input)) {
    const file = named(item);
    // Of tens of thousands one tells.
    if (file === null || !ADDED.test(file.path)) return null;
    files.push(file);
  }
  return files.length > 0 ? files : null;
}

/**
 * The names of the scripts among the files that are added.
 * @param {Input} input
 */
export const scriptsOf = (input) =>
  (additions(input) ?? []).map(({ path }) => path).filter((path) => !WHEEL.test(path));

/**
 * Why files that belong to an application are not taken without one.
 * @param {PathAndFile[]} files
 */
export function tooEarly(files) {
  const [first] = files;
  const what = WHEEL.test(first?.path ?? '') ? 'a wheel, a package that applications use' : 'a script for a database';
  return new PackagerError(
    'unknown-input',
    `\`${first?.path}\` is ${what}. Add the application first, then drop its wheels and scripts on it.`,
    first?.path,
  );
}

/**
 * @param {Input} input
 * @returns {Iterable<unknown>}
 */
function listOf(input) {
  if (typeof input !== 'object' || input === null) return [];
  if ('items' in input && 'files' in input) {
    const items = [...input.items].filter(({ kind }) => kind === 'file');
    return items.some((item) => item.webkitGetAsEntry?.()?.isDirectory) ? [] : input.files;
  }
  if (input instanceof Blob) return [input];
  return Symbol.iterator in input ? /** @type {Iterable<unknown>} */ (input) : [];
}

/** @param {unknown} item */
function named(item) {
  if (item instanceof Blob) {
    const file = /** @type {File} */ (item);
    return { path: nameOf(file.name ?? ''), file };
  }
  const { path, file } = Object(item);
  return typeof path === 'string' && file instanceof Blob
    ? { path: nameOf(path), file: /** @type {File} */ (file) }
    : null;
}

/** @param {string} path */
const nameOf = (path) => path.slice(path.lastIndexOf('/') + 1);

/**
 * One list with another on top: a file of a name takes the place of the one before it.
 * @param {PathAndFile[]} files
 * @param {PathAndFile[]} more
 */
export const withMore = (files, more) => [
  ...files.filter(({ path }) => !more.some((own) => own.path === path)),
  ...more.filter(({ path }, index) => more.findIndex((own) => own.path === path) === index),
];

// @ts-check
// Errors that a person can act on: a code, a sentence, and the file it is about.

/**
 * @import { ErrorCode } from '../public.js'
 * @typedef {{ code: ErrorCode, message: string, path?: string, fatal?: boolean }} WireError
 */

/** An Error with a code and, where one file is to blame, its path. */
export class PackagerError extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} message
   * @param {string} [path]
   */
  constructor(code, message, path) {
    super(message);
    this.name = code === 'aborted' ? 'AbortError' : 'PackagerError';
    this.code = code;
    this.path = path;
  }
}

/** @returns {PackagerError} */
export const aborted = () => new PackagerError('aborted', 'Stopped.');

/**
 * Whether this error only says that somebody stopped the work.
 * @param {unknown} error
 */
export const isAbort = (error) =>
  error instanceof Error && (error.name === 'AbortError' || Reflect.get(error, 'code') === 'aborted');

/**
 * The plain object that crosses to another thread.
 * @param {unknown} error
 * @returns {WireError}
 */
export function toWire(error) {
  // A trapped module cannot be used again: whoever owns it starts a new one.
  const fatal = error instanceof WebAssembly.RuntimeError;
  const of = Object(error);
  const code = typeof of.code === 'string' && !fatal ? /** @type {ErrorCode} */ (of.code) : 'internal';
  const message = typeof of.message === 'string' ? of.message : String(error);
  return { code, message, ...(typeof of.path === 'string' && { path: of.path }), ...(fatal && { fatal }) };
}

/**
 * @param {WireError} wire
 * @returns {PackagerError}
 */
export const fromWire = (wire) => new PackagerError(wire.code, wire.message, wire.path);

/**
 * What a failed read of a file means. The engines have names for it, but not the same ones.
 * @param {unknown} error
 * @param {string} path
 * @returns {PackagerError}
 */
export function readError(error, path) {
  const name = error instanceof Error ? error.name : '';
  if (error instanceof PackagerError) return error;
  // Firefox says AbortError when a file is gone; WebKit says that it is not there when it has changed.
  if (name === 'NotFoundError' || name === 'AbortError') {
    return new PackagerError(
      'missing',
      `${path} is no longer there, or has changed since. Add the folder again.`,
      path,
    );
  }
  if (name === 'NotAllowedError' || name === 'SecurityError') {
    return new PackagerError('denied', `The browser may not read ${path}.`, path);
  }
  return changed(path);
}

/**
 * @param {string} path
 * @returns {PackagerError}
 */
export const changed = (path) =>
  new PackagerError(
    'changed',
    `${path} cannot be read as it was added: it has changed since, or another program holds it. Add the folder again.`,
    path,
  );

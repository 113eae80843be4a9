// @ts-check
// What a person changed in the package, to do it again where the input is opened anew.

/**
 * @import { Report } from 'core'
 * @import { Messenger } from './messenger.js'
 * @typedef {{ rule: string, file: string | null, title: string } | 'safe'} Fixed  One fix, or all safe ones at once.
 * @typedef {{ texts: [string, string][], fixed: Fixed[] }} Kept
 */

/** Texts and fixes, in their order. */
export class Edits {
  /** @type {Map<string, string>} */
  #texts = new Map();
  /** @type {Fixed[]} */
  #fixed = [];

  /** @param {Kept} [kept] */
  constructor({ texts, fixed } = { texts: [], fixed: [] }) {
    this.#texts = new Map(texts);
    this.#fixed = [...fixed];
  }

  /** @returns {Kept} */
  get kept() {
    return { texts: [...this.#texts], fixed: [...this.#fixed] };
  }

  /**
   * @param {string} path
   * @param {string | null} text  Nothing takes the person's own text back.
   */
  setText(path, text) {
    if (text === null) this.#texts.delete(path);
    else this.#texts.set(path, text);
  }

  /** @param {Fixed} fixed */
  fix(fixed) {
    this.#fixed.push(fixed);
  }

  /** Takes the last fix back, or the last that were made at once; never a text. */
  undo() {
    this.#fixed.pop();
  }

  /**
   * @param {Messenger} messenger
   * @param {() => Promise<Report>} check
   * @param {AbortSignal} signal
   */
  async repeat(messenger, check, signal) {
    const { texts, fixed } = this.kept;
    if (texts.length > 0) await check(); // says which files can have a text
    for (const [path, text] of texts) await messenger.call('setText', { path, text }, { signal });
    for (const fix of fixed) {
      const report = await check();
      if (fix === 'safe') await messenger.call('applySafeFixes', null, { signal });
      const id = fix !== 'safe' && idOf(report, fix);
      if (id) await messenger.call('applyFix', id, { signal });
    }
  }
}

/**
 * @param {Report | null} report
 * @param {string} id
 * @returns {Fixed | null}
 */
export function fixOf(report, id) {
  for (const { rule, file, fixes } of report?.diagnostics ?? []) {
    const fix = fixes.find((own) => own.id === id);
    if (fix) return { rule, file, title: fix.title };
  }
  return null;
}

/**
 * Ids count the problems of one report only.
 * @param {Report} report
 * @param {Exclude<Fixed, 'safe'>} fix
 */
const idOf = ({ diagnostics }, { rule, file, title }) =>
  diagnostics
    .filter((own) => own.rule === rule && own.file === file)
    .flatMap(({ fixes }) => fixes)
    .find((own) => own.title === title)?.id;

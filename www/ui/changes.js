// @ts-check
import { lineDiff } from '../core/line-diff.js';
import { el } from './dom.js';
import { strings } from './strings.js';

/**
 * @import { Report } from 'core'
 * @typedef {{ texts: { path: string, before: string, after: string }[], added: string[], removed: string[] }} PackageChanges
 */

/**
 * What a fix changes: texts that are shown, and the list of files.
 * @param {Report} before
 * @param {Report} after
 * @returns {PackageChanges}
 */
export function changesBetween(before, after) {
  const old = new Map(before.shown.map(({ path, text }) => [path, text]));
  const names = (/** @type {Report} */ report) =>
    new Set(report.files.map(({ path, folder }) => (folder ? `${path}/` : path)));
  const [had, has] = [names(before), names(after)];
  return {
    texts: after.shown
      .map(({ path, text }) => ({ path, before: old.get(path) ?? '', after: text }))
      .filter((change) => change.before !== change.after),
    added: [...has].filter((path) => !had.has(path)),
    removed: [...had].filter((path) => !has.has(path)),
  };
}

/** Unchanged lines that are shown around a change. */
const AROUND = 3;

/** Two versions of a text as one list of lines. */
export class Changes {
  /**
   * @param {string} path
   * @param {string} before
   * @param {string} after
   */
  constructor(path, before, after) {
    const lines = lineDiff(before, after);
    const near = lines.map((_, index) =>
      lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'same'),
    );
    this.element = el(
      'pre',
      { tabIndex: 0, role: 'group', 'aria-label': strings.changesOf(path), className: 'code diff' },
      lines.flatMap((line, index) => {
        if (near[index]) return [changedLine(line)];
        return near[index - 1] || index === 0 ? ['⋯\n'] : [];
      }),
    );
  }
}

/** @param {import('../core/line-diff.js').DiffLine} line */
function changedLine({ kind, text }) {
  if (kind === 'same') return `  ${text}\n`;
  const [tag, sign, word] =
    kind === 'added'
      ? /** @type {const} */ (['ins', '+', strings.addedLine])
      : /** @type {const} */ (['del', '-', strings.removedLine]);
  return el(
    tag,
    {},
    el('span', { className: 'visually-hidden' }, `${word}: `),
    el('span', { 'aria-hidden': 'true' }, `${sign} `),
    `${text}\n`,
  );
}

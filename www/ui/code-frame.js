// @ts-check
import { el } from './dom.js';
import { strings } from './strings.js';

/**
 * @import { Diagnostic } from 'core'
 */

/** The line a problem is about, with its place marked. */
export class CodeFrame {
  /**
   * @param {string} file
   * @param {NonNullable<Diagnostic['excerpt']>} excerpt
   */
  constructor(file, { line, text, start, length }) {
    const number = `${line} | `;
    const marked = text.slice(start, start + length);
    const caret = ' '.repeat(number.length + start) + '^'.repeat(Math.max(1, marked.length));
    this.element = el(
      'div',
      {},
      el(
        'pre',
        { tabIndex: 0, role: 'group', 'aria-label': strings.at(file, line), className: 'frame' },
        el('span', { className: 'muted' }, number),
        text.slice(0, start),
        el('mark', {}, marked),
        text.slice(start + length),
        '\n',
        el('span', { 'aria-hidden': 'true', className: 'caret' }, caret),
      ),
      marked && el('p', { className: 'visually-hidden' }, strings.marked(marked)),
    );
  }
}

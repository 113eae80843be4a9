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
    const indent = Math.min(text.length - text.trimStart().length, start);
    const before = text.slice(indent, start);
    const marked = text.slice(start, start + length);
    // A tab is as wide below as it is above.
    const caret = (number + before).replaceAll(/[^\t]/g, ' ') + '^'.repeat(Math.max(1, marked.length));
    const mark = el('mark', {}, marked);
    const frame = el(
      'pre',
      { tabIndex: 0, role: 'group', 'aria-label': strings.at(file, line), className: 'frame' },
      el('span', { className: 'muted' }, number),
      before,
      mark,
      text.slice(start + length),
      '\n',
      el('span', { 'aria-hidden': 'true', className: 'caret' }, caret),
    );
    this.element = el('div', {}, frame, marked && el('p', { className: 'visually-hidden' }, strings.marked(marked)));
    scrollOnceShown(frame, mark);
  }
}

/** How much of the line stays visible before the mark. */
const BEFORE_PX = 80;

/**
 * Shows the mark of a line that is wider than its frame. Where that is, is known when it has a size.
 * @param {HTMLElement} frame
 * @param {HTMLElement} mark
 */
function scrollOnceShown(frame, mark) {
  const sized = new ResizeObserver(() => {
    if (frame.clientWidth === 0) return; // in a tab that is not open
    sized.disconnect();
    const left = mark.getBoundingClientRect().left - frame.getBoundingClientRect().left;
    const right = left + Math.min(mark.offsetWidth, frame.clientWidth - BEFORE_PX);
    if (right > frame.clientWidth) frame.scrollLeft = left - BEFORE_PX;
  });
  sized.observe(frame);
}

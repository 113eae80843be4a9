// @ts-check
import { button, el, emit, newId } from './dom.js';
import { strings } from './strings.js';

/**
 * @import { Progress } from '../core/messenger.js'
 */

/** Says how far the work is: sends `cancel`, and `say` for those who listen. */
export class ProgressView {
  #label = el('label', {});
  #bar = el('progress', { id: newId('progress') });
  #count = el('span', { className: 'count' });
  #skipped = el('p', { className: 'muted' });
  #cancel = button(strings.cancel, () => emit(this.element, 'cancel'));
  #said = '';
  element = el(
    'div',
    { className: 'progress' },
    el('div', { className: 'row' }, this.#label, this.#bar, this.#count, this.#cancel),
    this.#skipped,
  );

  constructor() {
    this.#label.htmlFor = this.#bar.id;
  }

  /** @param {string} what */
  start(what) {
    this.#said = '';
    this.#label.textContent = what;
    this.#count.textContent = '';
    this.#skipped.textContent = '';
    this.#bar.removeAttribute('value');
  }

  /** @param {Progress & { skipped?: string[] }} progress */
  show({ phase, files, totalFiles, bytes, skipped = [] }) {
    if (phase === 'checking') this.#label.textContent = strings.checking;
    if (phase === 'summing') this.#label.textContent = strings.summing;
    if (files > 0) this.#count.textContent = strings.counted(files, totalFiles, bytes);
    if (skipped.length > 0) this.#skipped.textContent = strings.notRead(skipped.map((path) => `${path}`));
    if (totalFiles === null || totalFiles === 0) return this.#bar.removeAttribute('value');
    this.#bar.max = totalFiles;
    this.#bar.value = files;
    this.#say(Math.floor((files / totalFiles) * 10) * 10);
  }

  focus() {
    this.#cancel.focus();
  }

  /** @param {number} percent  Said every tenth, or it would never end. */
  #say(percent) {
    const text = strings.percent(this.#label.textContent ?? '', percent);
    if (text !== this.#said) emit(this.element, 'say', text);
    this.#said = text;
  }
}

// @ts-check
import { button, el, emit, newId } from './dom.js';
import { strings } from './strings.js';

/**
 * @import { Progress } from '../core/messenger.js'
 */

/** Before that an estimate is a guess. */
const ESTIMATE_AFTER_MS = 3000;

/** Says how far the work is: sends `cancel`, and `say` for those who listen. */
export class ProgressView {
  #label = el('label', {});
  #bar = el('progress', { id: newId('progress') });
  #count = el('span', { className: 'count' });
  #skipped = el('p', { className: 'muted' });
  #cancel = button(strings.cancel, () => emit(this.element, 'cancel'));
  #said = '';
  /** When the work that is counted in bytes began, and with how many. @type {{ at: number, bytes: number } | null} */
  #began = null;
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
    this.#began = null;
    this.#label.textContent = what;
    this.#count.textContent = '';
    this.#skipped.textContent = '';
    this.#bar.removeAttribute('value');
  }

  /** @param {Progress & { skipped?: string[] }} progress */
  show({ phase, files, totalFiles, bytes, totalBytes, skipped = [] }) {
    if (phase === 'checking') this.#label.textContent = strings.checking;
    if (files > 0)
      this.#count.textContent = strings.counted(files, totalFiles, bytes) + this.#left(bytes, totalBytes ?? null);
    if (skipped.length > 0) this.#skipped.textContent = strings.notRead(skipped.map((path) => `${path}`));
    if (totalFiles === null || totalFiles === 0) return this.#bar.removeAttribute('value');
    // Bytes tell more than files: one may be larger than all others.
    const [done, all] = totalBytes ? [bytes, totalBytes] : [files, totalFiles];
    this.#bar.max = all;
    this.#bar.value = done;
    this.#say(Math.floor((done / all) * 10) * 10);
  }

  /**
   * How long the rest takes, once enough was seen to tell.
   * @param {number} bytes
   * @param {number | null} totalBytes
   */
  #left(bytes, totalBytes) {
    if (totalBytes === null) return '';
    this.#began ??= { at: performance.now(), bytes };
    const elapsed = performance.now() - this.#began.at;
    const moved = bytes - this.#began.bytes;
    if (elapsed < ESTIMATE_AFTER_MS || moved <= 0) return '';
    return strings.left(Math.ceil(((totalBytes - bytes) / moved) * (elapsed / 1000)));
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

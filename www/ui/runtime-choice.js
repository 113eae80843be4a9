// @ts-check
import { el, emit, fill, prose } from './dom.js';
import { strings } from './strings.js';

/**
 * @import { Answers, Report } from 'core'
 */

/** Whether `runtime.txt` is written, and why it is not: sends `answer`. */
export class RuntimeChoice {
  #box = el('input', {
    type: 'checkbox',
    onchange: () => emit(this.element, 'answer', { runtimeTxt: this.#box.checked }),
  });
  #label = el('span', {});
  #why = el('p', { className: 'muted' });
  element = el(
    'div',
    {},
    el('h3', {}, strings.extras.runtime),
    el('p', { className: 'muted' }, strings.extras.runtimeWhy),
    el('label', { className: 'choice' }, this.#box, this.#label),
    this.#why,
  );

  /**
   * @param {Report['suggestions']} suggestions
   * @param {Answers} answers
   */
  show({ runtime: { text, why } }, { runtimeTxt = false }) {
    this.#box.checked = runtimeTxt;
    fill(this.#label, strings.extras.writeRuntime, text !== null && [' ', el('code', {}, text)]);
    this.#why.hidden = why === null;
    fill(this.#why, strings.extras.runtimeNot, ' ', prose(why ?? ''));
  }

  clear() {
    this.#box.checked = false;
  }
}

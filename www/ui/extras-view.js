// @ts-check
import { AskForm } from './ask-form.js';
import { detailOf, el, emit } from './dom.js';
import { ScriptList } from './script-list.js';
import { WritableList } from './writable-list.js';

/**
 * @import { Answers, Report } from 'core'
 */

/** What a package does beyond copying the application: sends `answer` with what changes. */
export class ExtrasView {
  ask = new AskForm();
  #parts = [new WritableList(), new ScriptList(), this.ask];
  /** @type {Answers} */
  #answers = {};
  element = el(
    'div',
    { className: 'extras' },
    this.#parts.map(({ element }) => element),
  );

  constructor() {
    for (const { element } of this.#parts)
      element.addEventListener('answer', (event) => emit(this.element, 'answer', detailOf(event)));
  }

  /** @param {Answers} answers  They are shown with the next report. */
  set answers(answers) {
    this.#answers = answers;
  }

  /** @param {Report} report */
  set report({ suggestions }) {
    for (const part of this.#parts) part.show(suggestions, this.#answers);
  }

  clear() {
    this.ask.clear();
  }
}

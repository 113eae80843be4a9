// @ts-check
import { AliasList } from './alias-list.js';
import { AskForm } from './ask-form.js';
import { detailOf, el, emit } from './dom.js';
import { RuntimeChoice } from './runtime-choice.js';
import { ScriptList } from './script-list.js';
import { StaticList } from './static-list.js';
import { WritableList } from './writable-list.js';

/**
 * @import { Answers, Report } from 'core'
 */

/** What a package does beyond copying the application: sends `answer` with what changes, and `remove` with a
 * file that was added on top. */
export class ExtrasView {
  ask = new AskForm();
  scripts = new ScriptList();
  #parts = [new WritableList(), this.scripts, this.ask, new StaticList(), new AliasList(), new RuntimeChoice()];
  /** @type {Answers} */
  #answers = {};
  element = el(
    'div',
    { className: 'extras' },
    this.#parts.map(({ element }) => element),
  );

  constructor() {
    for (const { element } of this.#parts)
      for (const type of ['answer', 'remove'])
        element.addEventListener(type, (event) => emit(this.element, type, detailOf(event)));
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
    for (const part of this.#parts) part.clear();
  }
}

// @ts-check
import { el, emit, fill, prose } from './dom.js';
import { strings } from './strings.js';
import { pathOf } from './text-field.js';

/**
 * @import { Answers, Report } from 'core'
 */

/** The folders that the application may write to: sends `answer`. */
export class WritableList {
  #list = el('ul', { className: 'plain' });
  #advice = el('ul', { className: 'evidence' });
  #name = el('input', { type: 'text', spellcheck: false, autocapitalize: 'off' });
  #form = el(
    'form',
    { className: 'row', onsubmit: (/** @type {Event} */ event) => this.#add(event) },
    el('label', { className: 'field' }, el('span', {}, strings.extras.anotherFolder), this.#name),
    el('button', { type: 'submit' }, strings.extras.add),
  );
  /** @type {string[]} */
  #chosen = [];
  element = el(
    'div',
    {},
    el('h3', {}, strings.extras.writable),
    el('p', { className: 'muted' }, strings.extras.writableWhy),
    this.#list,
    this.#advice,
    this.#form,
  );

  /**
   * @param {Report['suggestions']} suggestions
   * @param {Answers} answers
   */
  show({ writable }, { writableFolders = [] }) {
    this.#chosen = writableFolders;
    const offered = writable.filter(({ code }) => !code);
    const own = writableFolders.filter((folder) => !offered.some((other) => other.folder === folder));
    const focused = /** @type {HTMLInputElement | null} */ (this.#list.querySelector('input:focus'))?.value;
    fill(
      this.#list,
      offered.map(({ folder, evidence: { file, line, text } }) =>
        this.#item(folder, strings.evidence(file, line, text)),
      ),
      own.map((folder) => this.#item(folder, '')),
    );
    if (focused !== undefined)
      [...this.#list.querySelectorAll('input')].find(({ value }) => value === focused)?.focus();
    fill(
      this.#advice,
      writable
        .filter(({ code }) => code)
        .map(({ folder, evidence: { file, line, text } }) =>
          el('li', {}, prose(strings.extras.besideCode(folder, strings.evidence(file, line, text)))),
        ),
    );
    this.#advice.hidden = writable.every(({ code }) => !code);
  }

  /**
   * @param {string} folder
   * @param {string} why
   */
  #item(folder, why) {
    const checkbox = el('input', {
      type: 'checkbox',
      value: folder,
      checked: this.#chosen.includes(folder),
      onchange: () =>
        this.#send(checkbox.checked ? [...this.#chosen, folder] : this.#chosen.filter((other) => other !== folder)),
    });
    return el(
      'li',
      {},
      el(
        'label',
        { className: 'choice' },
        checkbox,
        el('span', {}, el('code', {}, `${folder}/`), ' ', el('span', { className: 'muted' }, prose(why))),
      ),
    );
  }

  /** @param {Event} event */
  #add(event) {
    event.preventDefault();
    const folder = pathOf(this.#name.value);
    if (folder === '') return this.#name.focus();
    this.#name.value = '';
    if (!this.#chosen.includes(folder)) this.#send([...this.#chosen, folder]);
  }

  /** Forgets what was typed. */
  clear() {
    this.#name.value = '';
  }

  /** @param {string[]} writableFolders */
  #send(writableFolders) {
    emit(this.element, 'answer', { writableFolders });
  }
}

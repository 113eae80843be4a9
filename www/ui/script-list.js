// @ts-check
import { button, el, emit, fill } from './dom.js';
import { strings } from './strings.js';
import { chosen, named, shownSetting } from '../core/databases.js';

/**
 * @import { Answers, Report } from 'core'
 * @typedef {NonNullable<Answers['databases']>[number]} Database
 */

/** The SQL scripts of the application, and what runs them: sends `answer`, and `remove` with one that was added. */
export class ScriptList {
  #list = el('ul', { className: 'plain' });
  #key = el('input', {
    type: 'text',
    spellcheck: false,
    autocapitalize: 'off',
    placeholder: 'DATABASE_URL',
    onchange: () => this.#name(),
  });
  #keyLabel = el('label', { className: 'field' }, el('span', {}, strings.extras.databaseSetting), this.#key);
  /** @type {Database[]} */
  #databases = [];
  element = el(
    'div',
    {},
    el('h3', {}, strings.extras.databases),
    el('p', { className: 'muted' }, strings.extras.databasesWhy),
    this.#list,
    this.#keyLabel,
  );

  /**
   * @param {Report['suggestions']} suggestions
   * @param {Answers} answers
   */
  show({ scripts }, { databases = [] }) {
    this.#databases = databases;
    this.element.hidden = scripts.length === 0;
    const focused = /** @type {HTMLElement | null} */ (this.#list.querySelector('select:focus'))?.dataset.script;
    fill(
      this.#list,
      scripts.map((script) => this.#item(script)),
    );
    if (focused !== undefined)
      [...this.#list.querySelectorAll('select')].find(({ dataset }) => dataset.script === focused)?.focus();
    this.#keyLabel.hidden = databases.length === 0;
    if (!this.#key.matches(':focus')) this.#key.value = shownSetting(databases);
  }

  /** @param {Report['suggestions']['scripts'][number]} script */
  #item({ script, engine, added }) {
    const chosen = this.#databases.find((own) => own.script === script);
    const select = el(
      'select',
      { 'data-script': script, onchange: () => this.#choose(script, select.value) },
      el('option', { value: '' }, strings.extras.notRun),
      ['SQL', 'MySQL'].map((own) => el('option', { value: own }, strings.extras.runBy(own, own === engine))),
    );
    select.value = chosen ? (chosen.engine ?? engine ?? '') : '';
    return el(
      'li',
      { className: 'left-out' },
      el('label', { className: 'field' }, el('code', {}, script), select),
      added &&
        button(strings.takeAway, () => emit(this.element, 'remove', script), {
          'aria-label': strings.takeAwayFile(script),
        }),
    );
  }

  /** @param {string[]} scripts  To the first of these. */
  focus(scripts) {
    const selects = [...this.#list.querySelectorAll('select')];
    selects.find(({ dataset }) => scripts.some((own) => own === dataset.script))?.focus();
  }

  /** Forgets what was typed. */
  clear() {
    this.#key.value = '';
  }

  /**
   * @param {string} script
   * @param {string} engine
   */
  #choose(script, engine) {
    emit(this.element, 'answer', { databases: chosen(this.#databases, script, engine, this.#key.value.trim()) });
  }

  #name() {
    emit(this.element, 'answer', { databases: named(this.#databases, this.#key.value.trim()) });
  }
}

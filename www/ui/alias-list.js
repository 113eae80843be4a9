// @ts-check
import { button, el, emit, fill } from './dom.js';
import { strings } from './strings.js';
import { pathOf, textField } from './text-field.js';

/**
 * @import { Answers, Report } from 'core'
 * @typedef {NonNullable<Answers['aliases']>[number]} Alias
 */

/** The files that are copied while the package is installed: sends `answer`. */
export class AliasList {
  #list = el('ul', { className: 'plain' });
  #from = textField(strings.extras.aliasFrom, 'settings.sample.py');
  #to = textField(strings.extras.aliasTo, 'settings.py');
  #form = el(
    'form',
    {
      className: 'fields',
      onsubmit: (/** @type {Event} */ event) => this.#add(event),
      onreset: (/** @type {Event} */ event) => event.stopPropagation(), // the packager itself has a `reset`
    },
    this.#from.label,
    this.#to.label,
    el('button', { type: 'submit' }, strings.extras.addAlias),
  );
  #more = el('details', {}, el('summary', {}, strings.extras.aliasMore), this.#form);
  /** @type {Alias[]} */
  #aliases = [];
  element = el(
    'div',
    {},
    el('h3', {}, strings.extras.aliases),
    el('p', { className: 'muted' }, strings.extras.aliasesWhy),
    this.#list,
    this.#more,
  );

  /**
   * @param {Report['suggestions']} _suggestions
   * @param {Answers} answers
   */
  show(_suggestions, { aliases = [] }) {
    this.#aliases = aliases;
    const focused = this.#list.matches(':focus-within');
    fill(
      this.#list,
      aliases.map((alias) =>
        el(
          'li',
          { className: 'left-out' },
          el('span', {}, strings.extras.copied, ' ', el('code', {}, alias.from), ' → ', el('code', {}, alias.to)),
          button(strings.extras.doNotCopy(alias.to), () => this.#send(aliases.filter((other) => other !== alias))),
        ),
      ),
    );
    if (focused) (this.#list.querySelector('button') ?? this.#more.querySelector('summary'))?.focus();
  }

  /** Forgets what was typed. */
  clear() {
    this.#form.reset();
    this.#more.open = false;
  }

  /** @param {Event} event */
  #add(event) {
    event.preventDefault();
    const alias = { from: pathOf(this.#from.input.value), to: pathOf(this.#to.input.value) };
    for (const [text, { input }] of /** @type {const} */ ([
      [alias.from, this.#from],
      [alias.to, this.#to],
    ]))
      if (text === '') return input.focus();
    this.clear();
    this.#more.querySelector('summary')?.focus();
    this.#send([...this.#aliases.filter(({ to }) => to !== alias.to), alias]);
  }

  /** @param {Alias[]} aliases */
  #send(aliases) {
    emit(this.element, 'answer', { aliases });
  }
}

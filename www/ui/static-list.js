// @ts-check
import { button, el, emit, fill, prose } from './dom.js';
import { strings } from './strings.js';
import { pathOf, textField } from './text-field.js';

/**
 * @import { Answers, Report } from 'core'
 * @typedef {NonNullable<Answers['staticFolders']>[number]} Served
 */

/** The folders whose files anyone may fetch as they are: sends `answer`. */
export class StaticList {
  #list = el('ul', { className: 'plain' });
  #url = textField(strings.extras.staticUrl, '/static/');
  #folder = textField(strings.extras.staticFolder, 'static');
  #form = el(
    'form',
    {
      className: 'fields',
      onsubmit: (/** @type {Event} */ event) => this.#add(event),
      onreset: (/** @type {Event} */ event) => event.stopPropagation(), // the packager itself has a `reset`
    },
    this.#url.label,
    this.#folder.label,
    el('button', { type: 'submit' }, strings.extras.addStatic),
  );
  #more = el('details', {}, el('summary', {}, strings.extras.staticMore), this.#form);
  #found = button(strings.extras.staticFound, () => {
    this.#more.querySelector('summary')?.focus(); // the button is about to go
    this.#send(undefined);
  });
  #foundRow = el('p', { className: 'row' }, this.#found);
  /** @type {Served[]} what is served now */
  #served = [];
  element = el(
    'div',
    {},
    el('h3', {}, strings.extras.static),
    el('p', { className: 'muted' }, strings.extras.staticWhy),
    this.#list,
    this.#foundRow,
    this.#more,
  );

  /**
   * @param {Report['suggestions']} suggestions
   * @param {Answers} answers
   */
  show({ staticFolders: found }, { staticFolders: said }) {
    this.#served = said ?? found.map(({ url, folder }) => ({ url, folder }));
    this.#foundRow.hidden = said === undefined;
    const focused = /** @type {HTMLInputElement | null} */ (this.#list.querySelector('input:focus'))?.value;
    const others = this.#served.filter((own) => !found.some((other) => same(own, other)));
    fill(
      this.#list,
      found.map((own) => {
        const { file, line, text } = own.evidence;
        return this.#item({ url: own.url, folder: own.folder }, strings.evidence(file, line, text));
      }),
      others.map((own) => this.#item(own, '')),
    );
    if (focused === undefined) return;
    const boxes = [...this.#list.querySelectorAll('input')];
    (boxes.find(({ value }) => value === focused) ?? this.#more.querySelector('summary'))?.focus();
  }

  /** Forgets what was typed. */
  clear() {
    this.#form.reset();
    this.#more.open = false;
  }

  /**
   * @param {Served} own
   * @param {string} why
   */
  #item(own, why) {
    const others = this.#served.filter((other) => !same(own, other));
    const checkbox = el('input', {
      type: 'checkbox',
      value: `${own.url} ${own.folder}`,
      checked: others.length < this.#served.length,
      onchange: () => this.#send(checkbox.checked ? [...others, own] : others),
    });
    return el(
      'li',
      {},
      el(
        'label',
        { className: 'choice' },
        checkbox,
        el(
          'span',
          {},
          el('code', {}, own.url),
          ' ',
          strings.extras.servedFrom,
          ' ',
          el('code', {}, `${own.folder}/`),
          ' ',
          el('span', { className: 'muted' }, prose(why)),
        ),
      ),
    );
  }

  /** @param {Event} event */
  #add(event) {
    event.preventDefault();
    const folder = pathOf(this.#folder.input.value);
    if (this.#url.text === '') return this.#url.input.focus();
    if (folder === '') return this.#folder.input.focus();
    const url = `/${pathOf(this.#url.input.value)}/`;
    this.clear();
    this.#more.querySelector('summary')?.focus();
    this.#send([...this.#served.filter((other) => other.url !== url), { url, folder }]);
  }

  /** @param {Served[] | undefined} staticFolders  Nothing means those that were found. */
  #send(staticFolders) {
    emit(this.element, 'answer', { staticFolders });
  }
}

/**
 * @param {Served} one
 * @param {Served} two
 */
const same = (one, two) => one.url === two.url && one.folder === two.folder;

// @ts-check
import { button, el, emit, fill } from './dom.js';
import { strings } from './strings.js';
import { textField } from './text-field.js';

/**
 * @import { Answers, Report } from 'core'
 * @typedef {NonNullable<Answers['parameters']>[number]} Parameter
 * @typedef {Parameter['target']} Target
 */

/** What the installer is asked for: sends `answer`. */
export class AskForm {
  #asked = el('ul', { className: 'plain' });
  #settings = el('p', { className: 'row' });
  #kind = el(
    'select',
    { onchange: () => this.#showKind() },
    el('option', { value: 'appSetting' }, strings.extras.targets.appSetting),
    el('option', { value: 'match' }, strings.extras.targets.match),
    el('option', { value: 'xpath' }, strings.extras.targets.xpath),
  );
  #name = textField(strings.extras.name);
  #key = textField(strings.extras.key);
  #file = textField(strings.extras.file);
  #match = textField(strings.extras.expression);
  #default = textField(strings.extras.default);
  #password = el('input', { type: 'checkbox', onchange: () => this.#showKind() });
  #form = el(
    'form',
    {
      className: 'fields',
      onsubmit: (/** @type {Event} */ event) => this.#submit(event),
      onreset: (/** @type {Event} */ event) => event.stopPropagation(), // the packager itself has a `reset`
    },
    this.#name.label,
    el('label', { className: 'field' }, el('span', {}, strings.extras.target), this.#kind),
    this.#key.label,
    this.#file.label,
    this.#match.label,
    this.#default.label,
    el('label', { className: 'choice' }, this.#password, strings.extras.password),
    el('button', { type: 'submit' }, strings.extras.ask),
  );
  #more = el('details', {}, el('summary', {}, strings.extras.askMore), this.#form);
  /** @type {Parameter[]} */
  #parameters = [];
  element = el(
    'div',
    {},
    el('h3', {}, strings.extras.questions),
    el('p', { className: 'muted' }, strings.extras.questionsWhy),
    this.#asked,
    this.#settings,
    this.#more,
  );

  constructor() {
    this.#showKind();
  }

  /**
   * @param {Report['suggestions']} suggestions
   * @param {Answers} answers
   */
  show({ settings }, { parameters = [] }) {
    this.#parameters = parameters;
    const focused = this.element.matches(':focus-within') && !this.#more.matches(':focus-within');
    fill(
      this.#asked,
      parameters.map((parameter) =>
        el(
          'li',
          { className: 'left-out' },
          el('span', {}, el('strong', {}, parameter.name), ' ', el('code', {}, placeOf(parameter.target))),
          button(strings.extras.doNotAsk(parameter.name), () =>
            this.#send(parameters.filter(({ name }) => name !== parameter.name)),
          ),
        ),
      ),
    );
    const open = settings.filter((key) => !parameters.some(({ target }) => target.appSetting === key));
    fill(
      this.#settings,
      open.map((key) => button(strings.extras.askFor(key), () => this.#begin(key, { appSetting: key }))),
    );
    this.#settings.hidden = open.length === 0;
    if (focused) this.#more.querySelector('summary')?.focus();
  }

  /** Forgets what was typed. */
  clear() {
    this.#form.reset();
    this.#more.open = false;
    this.#showKind();
  }

  /**
   * Asks for a text that was chosen in a file.
   * @param {string} file  Below the application's root.
   * @param {string} match
   */
  askFor(file, match) {
    this.#begin('', { file, match });
  }

  /**
   * @param {string} key
   * @param {Target} target
   */
  #begin(key, target) {
    this.clear();
    this.#more.open = true;
    this.#kind.value = target.appSetting === undefined ? 'match' : 'appSetting';
    this.#name.input.value = nameFor(key);
    this.#key.input.value = key;
    this.#file.input.value = target.file ?? '';
    this.#match.input.value = target.match ?? '';
    this.#password.checked = /password|secret|token|key$/i.test(key);
    this.#showKind();
    this.#name.input.focus();
  }

  #showKind() {
    const setting = this.#kind.value === 'appSetting';
    this.#key.label.hidden = !setting;
    this.#file.label.hidden = setting;
    this.#match.label.hidden = setting;
    this.#default.label.hidden = this.#password.checked;
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const kind = /** @type {'appSetting' | 'match' | 'xpath'} */ (this.#kind.value);
    const target =
      kind === 'appSetting' ? { appSetting: this.#key.text } : { file: this.#file.text, [kind]: this.#match.text };
    const name = this.#name.text || nameFor(this.#key.text);
    const own = this.#default.input.value;
    const password = this.#password.checked;
    /** @type {Parameter} */
    const parameter = { name, target, ...(password ? { password } : own !== '' && { default: own }) };
    this.clear();
    this.#more.querySelector('summary')?.focus();
    this.#send([...this.#parameters.filter((other) => other.name !== name), parameter]);
  }

  /** @param {Parameter[]} parameters */
  #send(parameters) {
    emit(this.element, 'answer', { parameters });
  }
}

/** `SITE_TITLE` as `SiteTitle`. @param {string} key */
const nameFor = (key) =>
  key
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => word[0]?.toUpperCase() + (word === word.toUpperCase() ? word.slice(1).toLowerCase() : word.slice(1)))
    .join('');

/** @param {Target} target */
const placeOf = ({ appSetting, file, xpath, match }) => appSetting ?? `${file}: ${xpath ?? match}`;

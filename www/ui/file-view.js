// @ts-check
import { anchored } from '../core/anchored.js';
import { Changes } from './changes.js';
import { button, el, emit, fill } from './dom.js';
import { strings } from './strings.js';

/**
 * @import { Report, Token } from 'core'
 * @typedef {Report['shown'][number]} ShownFile
 */

/** Typing rests this long before the check runs. */
const REST_MS = 150;

/**
 * One of the files that the packager writes: sends `edit` with its text, or with null to take the edit back, and `ask`
 * with an expression for the text that is selected.
 */
export class FileView {
  #path;
  /** @type {ShownFile | null} */
  #shown = null;
  #edited = false;
  /** Whether something was typed that nobody was told yet. */
  #unsent = false;
  #view = /** @type {'text' | 'changes' | 'edit'} */ ('text');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #state = el('span', { className: 'muted' });
  #body = el('div', {});
  #textarea;
  #edit = button(strings.edit, () => this.#show(this.#view === 'edit' ? 'text' : 'edit'));
  #changes = button(strings.changes, () => this.#show(this.#view === 'changes' ? 'text' : 'changes'), {
    'aria-pressed': 'false',
  });
  #reset = button(strings.reset, () => this.#takeBack());
  #ask = button(strings.extras.askSelection, () => this.#askForSelection(), { hidden: true });
  element;

  /** @param {string} path */
  constructor(path) {
    this.#path = path;
    this.#textarea = el('textarea', {
      spellcheck: false,
      autocapitalize: 'off',
      rows: 20,
      wrap: 'off',
      'aria-label': strings.editing(path),
      oninput: () => this.#typed(),
    });
    this.element = el(
      'div',
      { className: 'file-view' },
      el('div', { className: 'row' }, this.#edit, this.#changes, this.#reset, this.#ask, this.#state),
      this.#body,
    );
  }

  /** @param {ShownFile} shown */
  set shown(shown) {
    this.#shown = shown;
    this.#state.textContent = shown.masked ? strings.masked : strings.state[shown.state];
    this.#changes.hidden = shown.before === null || shown.before === shown.text;
    this.#edit.hidden = shown.masked; // the dots would be written back
    this.#reset.hidden = !this.#edited;
    if (this.#changes.hidden && this.#view === 'changes') this.#view = 'text';
    if (this.#view !== 'edit') this.#show(this.#view);
    else if (!this.#unsent) this.#refresh(shown.text); // what is being typed is never replaced
  }

  /** Sends what was typed without waiting for a rest. */
  flush() {
    this.#send();
  }

  /** @param {string} text  What a fix, or its undoing, made of it. */
  #refresh(text) {
    const area = this.#textarea;
    if (area.value === text.replaceAll(/\r\n?/g, '\n')) return;
    const { selectionStart, selectionEnd, scrollTop } = area;
    area.value = text;
    area.setSelectionRange(selectionStart, selectionEnd);
    area.scrollTop = scrollTop;
  }

  /** Stops waiting for the typing to rest. */
  release() {
    clearTimeout(this.#timer);
  }

  /** @param {'text' | 'changes' | 'edit'} view */
  #show(view) {
    const shown = this.#shown;
    if (!shown) return;
    if (this.#view === 'edit' && view !== 'edit') this.#send();
    const entering = view === 'edit' && this.#view !== 'edit';
    this.#view = view;
    this.#edit.textContent = view === 'edit' ? strings.doneEditing : strings.edit;
    this.#ask.hidden = view !== 'edit' || !this.#path.includes('/'); // the two files at the root are not installed
    this.#changes.setAttribute('aria-pressed', String(view === 'changes'));
    if (view === 'edit') fill(this.#body, this.#textarea);
    else if (view === 'changes') fill(this.#body, new Changes(this.#path, shown.before ?? '', shown.text).element);
    else fill(this.#body, shown.text === '' ? el('p', { className: 'muted' }, strings.emptyFile) : this.#code(shown));
    if (!entering) return;
    this.#textarea.value = shown.text;
    this.#textarea.setSelectionRange(0, 0); // begins at the first line, not the last
    this.#textarea.focus();
    this.#textarea.scrollTop = 0;
  }

  /** @param {ShownFile} shown */
  #code({ path, lines, text }) {
    const code = el('pre', { tabIndex: 0, role: 'group', 'aria-label': strings.content(path), className: 'code' });
    if (lines.length === 0) code.append(text);
    for (const line of lines) code.append(...line.map(span), '\n');
    return code;
  }

  #typed() {
    clearTimeout(this.#timer);
    this.#edited = true;
    this.#unsent = true;
    this.#timer = setTimeout(() => this.#send(), REST_MS);
  }

  #send() {
    clearTimeout(this.#timer);
    if (!this.#unsent) return;
    this.#unsent = false;
    emit(this.element, 'edit', this.#textarea.value);
  }

  #askForSelection() {
    const { value, selectionStart, selectionEnd } = this.#textarea;
    const match = anchored(value, selectionStart, selectionEnd);
    if (match === null) {
      this.#state.textContent = strings.extras.selectFirst;
      return this.#textarea.focus();
    }
    this.#send();
    emit(this.element, 'ask', match);
  }

  #takeBack() {
    clearTimeout(this.#timer);
    this.#edited = false;
    this.#unsent = false;
    this.#view = 'text';
    this.#ask.hidden = true;
    this.#edit.textContent = strings.edit;
    this.#edit.focus();
    emit(this.element, 'edit', null);
  }
}

/** @param {Token} token */
const span = ({ kind, text }) => (kind === 'text' ? text : el('span', { className: `token ${kind}` }, text));

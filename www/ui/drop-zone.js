// @ts-check
import { button, el, emit, newId } from './dom.js';
import { strings } from './strings.js';

/** Where things are added: sends `add` with files or a drop. */
export class DropZone {
  #idle = strings.dropHere;
  #title = el('p', { id: newId('drop'), className: 'drop-title' });
  #folder = el('input', {
    type: 'file',
    webkitdirectory: true,
    multiple: true,
    tabIndex: -1,
    className: 'drop-input',
    'aria-hidden': 'true',
    'aria-label': strings.folderInput,
    title: '',
    onchange: () => this.#picked(this.#folder),
  });
  #zip = el('input', {
    type: 'file',
    accept: '.zip,application/zip,application/x-zip-compressed,.xml,.publishsettings,.pubxml,.user,.cmd,.bat,.ps1,.txt',
    hidden: true,
    'aria-label': strings.zipInput,
    onchange: () => this.#picked(this.#zip),
  });
  #folderButton = button(strings.chooseFolder, () => this.#folder.click(), { className: 'primary' });
  #zipButton = button(strings.chooseZip, () => this.#zip.click());

  /** @param {Element} extra  Shown beside the buttons. */
  constructor(extra) {
    const hint = el(
      'p',
      { id: newId('hint'), className: 'muted drop-hint' },
      `${strings.frameworks} ${strings.staysHere}`,
    );
    this.element = el(
      'div',
      {
        className: 'drop',
        role: 'group',
        'aria-labelledby': this.#title.id,
        'aria-describedby': hint.id,
        part: 'drop-zone',
      },
      // WebKitGTK hands a dropped folder to an input alone, so one lies over the whole zone.
      this.#folder,
      this.#zip,
      this.#title,
      el('div', { className: 'row middle' }, this.#folderButton, this.#zipButton, extra),
      hint,
      el('p', { className: 'muted drop-hint' }, strings.whatYouGet),
    );
  }

  /** @param {boolean} value  Whether a drop on the rest of the page counts too. */
  set anywhere(value) {
    this.#idle = value ? strings.dropAnywhere : strings.dropHere;
    this.#title.textContent = this.#idle;
  }

  /** @param {boolean} value */
  set checkOnly(value) {
    this.#folderButton.classList.toggle('primary', !value);
    this.#zipButton.classList.toggle('primary', value);
  }

  /** @param {boolean} value */
  set dragging(value) {
    this.element.classList.toggle('dragging', value);
    this.#title.textContent = value ? strings.dropNow : this.#idle;
  }

  focus() {
    this.#folderButton.focus();
  }

  /** @param {HTMLInputElement} input */
  #picked(input) {
    const files = [...(input.files ?? [])];
    input.value = ''; // the same folder may be chosen again
    if (files.length > 0) emit(this.element, 'add', files);
  }
}

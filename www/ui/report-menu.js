// @ts-check
import { el, emit } from './dom.js';
import { Menu } from './menu.js';
import { strings } from './strings.js';

/**
 * @typedef {keyof typeof strings.formats} ReportFormat
 */

/** The report in every format: sends `report` with one. */
export class ReportMenu {
  #menu = new Menu(strings.saveReport, strings.reportFormats);
  element = this.#menu.element;

  constructor() {
    this.#menu.items = Object.entries(strings.formats).map(([format, { title, use }]) =>
      this.#menu.item(
        () => emit(this.element, 'report', format),
        el('strong', {}, title),
        ' ',
        el('span', { className: 'muted' }, use),
      ),
    );
  }
}

// @ts-check
import { button, el, emit, fill, prose } from './dom.js';
import { strings } from './strings.js';

/** @import { Report } from 'core' */

/** What has to be on the server, with the lines to type. Sends `say` with what a screen reader is told. */
export class ServerList {
  #retired = el('p', { className: 'muted' });
  #steps = el('ul', { className: 'steps' });
  #shown = '';
  element = el('details', { className: 'server' }, el('summary', {}, strings.onServer), this.#retired, this.#steps);

  /** @param {Report['target']} target */
  set target(target) {
    this.element.hidden = !target;
    if (!target) return;
    this.#retired.textContent = target.retired ?? '';
    this.#retired.hidden = target.retired === null;
    const key = JSON.stringify(target.steps);
    if (key === this.#shown) return; // keeps the focus
    this.#shown = key;
    fill(
      this.#steps,
      target.steps.map(({ text, commands }) => el('li', {}, prose(text), ...commands.map((line) => this.#line(line)))),
    );
  }

  /** @param {string} line */
  #line(line) {
    const code = el('code', {}, line);
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(line);
        emit(this.element, 'say', strings.lineCopied);
      } catch {
        emit(this.element, 'say', strings.lineNotCopied);
        getSelection()?.selectAllChildren(code);
      }
    };
    return el(
      'div',
      { className: 'command' },
      el('pre', {}, code),
      button(strings.copy, () => void copy(), { 'aria-label': `${strings.copy} ${line}` }),
    );
  }
}

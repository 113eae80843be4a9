// @ts-check
import { button, el, emit, fill, prose } from './dom.js';
import { strings } from './strings.js';

/**
 * @import { Report } from 'core'
 * @typedef {NonNullable<Report['dependencies']>['list'][number]} Dependency
 * @typedef {Report['wheels'][number]} Wheel
 */

/** What the application needs of others, how to get what is missing, and the wheels that came: sends
 * `remove` with the name of one, and `say`. */
export class DependencyView {
  #summary = el('summary', {});
  #body = el('tbody', {});
  #notes = el('ul', { className: 'evidence' });
  #table = el(
    'table',
    { className: 'packages' },
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        strings.packageColumns.map((title) => el('th', { scope: 'col' }, title)),
      ),
    ),
    this.#body,
  );
  #details = el('details', {}, this.#summary, this.#table, this.#notes);
  #advice = el('p', {});
  #line = el('code', {});
  #copy = button(strings.copy, () => void this.#copyLine(), { 'aria-label': strings.copyCommand });
  #missing = el('div', {}, this.#advice, el('div', { className: 'copyable' }, el('pre', {}, this.#line), this.#copy));
  #wheels = el('ul', { className: 'plain' });
  #shown = '';
  element = el('div', { className: 'dependencies', hidden: true }, this.#details, this.#missing, this.#wheels);

  /** @param {Report} report */
  set report({ dependencies, wheels }) {
    const key = JSON.stringify([dependencies, wheels]);
    if (key === this.#shown) return; // keeps the focus
    this.#shown = key;
    this.element.hidden = dependencies === null && wheels.length === 0;
    const list = dependencies?.list ?? [];
    const missing = list.filter(({ bundled }) => !bundled).length;
    this.#details.hidden = dependencies === null;
    this.#summary.textContent = strings.packages(list.length, missing);
    fill(this.#body, list.map(row));
    fill(
      this.#notes,
      (dependencies?.notes ?? []).map((note) => el('li', {}, prose(note))),
    );
    this.#missing.hidden = !dependencies?.download;
    fill(this.#advice, prose(dependencies?.advice ?? ''));
    this.#line.textContent = dependencies?.download ?? '';
    fill(
      this.#wheels,
      wheels.map((wheel) => this.#wheel(wheel)),
    );
  }

  clear() {
    this.#details.open = false;
  }

  /** @param {Wheel} wheel */
  #wheel({ file, added, files, problem }) {
    const what = problem === null ? strings.unpacked(files) : strings.notUnpacked(problem);
    return el(
      'li',
      { className: 'left-out' },
      el('span', {}, el('code', {}, file), ' ', el('span', { className: 'muted' }, prose(what))),
      added &&
        button(strings.takeAway, () => emit(this.element, 'remove', file), {
          'aria-label': strings.takeAwayFile(file),
        }),
    );
  }

  async #copyLine() {
    try {
      await navigator.clipboard.writeText(this.#line.textContent ?? '');
      emit(this.element, 'say', strings.copied);
    } catch {
      emit(this.element, 'say', strings.notCopied);
      getSelection()?.selectAllChildren(this.#line);
    }
  }
}

/** @param {Dependency} dependency */
const row = ({ requirement, file, line, bundled, version }) =>
  el(
    'tr',
    { className: bundled ? '' : 'missing' },
    el('td', {}, el('code', {}, requirement)),
    el('td', {}, strings.at(file, line)),
    el('td', {}, bundled ? (version ?? strings.bundled) : strings.missing),
  );

// @ts-check
import { button, el, emit, fill, newId, prose } from './dom.js';
import { strings } from './strings.js';

/**
 * @import { Report } from 'core'
 * @typedef {Report['parameters'][number]} Parameter
 * @typedef {Parameter['entries'][number]} Entry
 * @typedef {Entry['hits'][number]} Hit
 */

/** Their answers are connection strings: the scripts themselves stay. */
const DATABASES = ['dbfullsql', 'dbmysql'];

/** What an installer would ask, and where each answer goes. Sends `open` with a path. */
export class ParameterForm {
  #asked = el('ol', { className: 'plain' });
  #askedNote = el('p', { className: 'muted' });
  #hidden = el('ul', { className: 'plain' });
  #hiddenHeading = el('h3', { id: newId('hidden') }, strings.notAsked);
  /** @type {Set<string>} files that can be opened */
  #shown = new Set();
  element = el('div', {}, this.#askedNote, this.#asked, this.#hiddenHeading, this.#hidden);

  constructor() {
    this.#hidden.setAttribute('aria-labelledby', this.#hiddenHeading.id);
  }

  /** @param {Report} report */
  set report({ parameters, shown }) {
    this.#shown = new Set(shown.map(({ path }) => path));
    const asked = parameters.filter(({ field }) => field !== 'hidden');
    const hidden = parameters.filter(({ field }) => field === 'hidden');
    this.#askedNote.textContent = strings.asked(asked.length);
    this.#hiddenHeading.hidden = hidden.length === 0;
    this.#hidden.hidden = hidden.length === 0;
    fill(
      this.#asked,
      asked.map((parameter) => this.#card(parameter, strings.field(parameter.field, parameter.choices))),
    );
    fill(
      this.#hidden,
      hidden.map((parameter) => this.#card(parameter, null)),
    );
  }

  /**
   * @param {Parameter} parameter
   * @param {string | null} kind  How it is asked.
   */
  #card({ name, label, description, required, default: value, tags, entries }, kind) {
    const heading = newId('parameter');
    const places = entries.flatMap((entry) => this.#places(entry));
    return el(
      'li',
      { className: 'card', 'aria-labelledby': heading },
      el(
        'h4',
        { id: heading },
        label === '' ? strings.unnamed : label,
        label !== name && [' ', el('span', { className: 'code-id' }, name)],
      ),
      description && el('p', {}, description),
      kind !== null && el('p', {}, kind, ', ', required ? strings.required : strings.optional),
      el('p', {}, ...this.#value(value, kind === null)),
      tags.length > 0 && el('p', { className: 'muted' }, strings.tags(tags)),
      places.length > 0
        ? el('ul', { className: 'evidence' }, places)
        : el('p', { className: 'muted' }, strings.goesNowhere),
    );
  }

  /**
   * @param {string | null} value
   * @param {boolean} fixed  Whether nobody is asked.
   */
  #value(value, fixed) {
    if (value === null || value === '') return [fixed ? strings.noValue : strings.noDefault];
    return [fixed ? strings.value : strings.defaultValue, ' ', el('code', {}, value)];
  }

  /** @param {Entry} entry */
  #places({ kind, match, hits, more, note }) {
    /** @type {Map<string, Hit[]>} by what is said about them */
    const groups = new Map();
    for (const hit of hits) {
      const key = `${hit.file}\n${hit.provider ?? ''}`;
      groups.set(key, [...(groups.get(key) ?? []), hit]);
    }
    const items = [...groups.values()].map((group) => el('li', {}, this.#place(group)));
    if (more) items.push(el('li', {}, strings.andMore));
    const what = match ?? '';
    if (note !== null) items.push(el('li', {}, prose(strings.notChecked(kind, what, note))));
    else if (items.length === 0)
      items.push(el('li', { className: 'severity warning' }, prose(strings.hitsNothing(kind, what))));
    return items;
  }

  /** @param {Hit[]} group  All in one file, and of one kind. */
  #place(group) {
    const { file, provider, text: path } = /** @type {Hit} */ (group[0]);
    const lines = [...new Set(group.map(({ line }) => line))];
    let text = strings.replaces(group.length, file, lines);
    if (provider !== null) {
      const database = DATABASES.includes(provider.toLowerCase());
      text = (database ? strings.setsConnection : strings.setsPath)(
        provider,
        group.length === 1 ? path : null,
        file,
        lines,
      );
    }
    return this.#shown.has(file) ? button(text, () => emit(this.element, 'open', file), { className: 'link' }) : text;
  }
}

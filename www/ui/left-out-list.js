// @ts-check
import { button, el, emit, fill, newId, prose } from './dom.js';
import { strings } from './strings.js';

/**
 * @import { Answers, Report } from 'core'
 * @typedef {Report['leftOut'][number]} LeftOut
 * @typedef {'gitignore' | 'leaveOutTests'} Offer
 */

/** So many of one name, as of `__pycache__`, become one row. */
const GROUP_FROM = 4;

/** What is not packed, and what else could be left out: sends `include` with a path, and `answer`. */
export class LeftOutList {
  #summary = el('summary', {});
  #list = el('ul', { className: 'plain' });
  #details = el('details', {}, this.#summary, this.#list);
  #offers = [this.#offer('gitignore'), this.#offer('leaveOutTests')];
  element = el(
    'div',
    {},
    this.#offers.map(({ row }) => row),
    this.#details,
  );

  /** @param {Report} report */
  set report({ leftOut, offers }) {
    for (const { offer, row } of this.#offers) row.hidden = !offers[offer];
    this.#details.hidden = leftOut.length === 0;
    this.#summary.textContent = strings.leftOut(leftOut.length);
    fill(
      this.#list,
      groupsOf(leftOut).flatMap((items) =>
        items.length < GROUP_FROM ? items.map((item) => this.#item(item)) : [this.#group(items)],
      ),
    );
  }

  /** @param {Answers} answers */
  set answers(answers) {
    for (const { offer, box } of this.#offers) box.checked = answers[offer] === true;
  }

  clear() {
    this.#details.open = false;
    this.answers = {};
  }

  /** @param {Offer} offer */
  #offer(offer) {
    const id = newId('leave-out');
    const change = () => emit(this.element, 'answer', { [offer]: box.checked });
    const box = el('input', { type: 'checkbox', id, onchange: change });
    const label = el('label', { htmlFor: id }, prose(strings.offers[offer]));
    return { offer, box, row: el('p', { className: 'row', hidden: true }, box, label) };
  }

  /** @param {LeftOut[]} items  Of one name and for one reason. */
  #group(items) {
    const [{ path, folder, reason }] = /** @type {[LeftOut]} */ (items);
    const name = nameOf(path);
    return el(
      'li',
      {},
      el(
        'details',
        {},
        el(
          'summary',
          {},
          el('code', {}, folder ? `${name}/` : name),
          ' ',
          el('span', { className: 'muted' }, prose(strings.inFolders(items.length, reason))),
        ),
        el(
          'ul',
          { className: 'plain' },
          items.map((item) => this.#item(item)),
        ),
      ),
    );
  }

  /** @param {LeftOut} item */
  #item(item) {
    const { path, folder, canInclude } = item;
    return el(
      'li',
      { className: 'left-out' },
      el(
        'span',
        {},
        el('code', {}, folder ? `${path}/` : path),
        ' ',
        el('span', { className: 'muted' }, prose(why(item))),
      ),
      canInclude && button(strings.includeAnyway(path), () => emit(this.element, 'include', path)),
    );
  }
}

/**
 * How large it is, and the reason.
 * @param {LeftOut} item
 */
const why = ({ size, files, reason }) =>
  [files !== null && strings.files(files), size !== null && strings.size(size), reason].filter(Boolean).join(', ');

/** @param {string} path */
const nameOf = (path) => path.slice(path.lastIndexOf('/') + 1);

/**
 * What has one name and one reason, in the order of the first of each.
 * @param {LeftOut[]} leftOut
 */
function groupsOf(leftOut) {
  /** @type {Map<string, LeftOut[]>} */
  const groups = new Map();
  for (const item of leftOut) {
    const key = JSON.stringify([nameOf(item.path), item.reason]);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

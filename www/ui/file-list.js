// @ts-check
import { button, detailOf, el, emit, fill, newId } from './dom.js';
import { FileTree, label } from './file-tree.js';
import { LeftOutList } from './left-out-list.js';
import { strings } from './strings.js';

/**
 * @import { Answers, Report } from 'core'
 * @import { ListedFile } from './tree-level.js'
 * @typedef {{ path: string, files: number | null }} Own  The path in what was added, and how many files a folder holds.
 */

/** Shorter lists need no tree. */
const PLAIN_BELOW = 8;

/** What the package holds and what it does not: sends `open`, `include` and `exclude` with a path, and `answer`. */
export class FileList {
  #heading = el('h3', { id: newId('files') });
  #tree = new FileTree(this.#heading.id);
  #plain = el('ul', { className: 'plain', 'aria-labelledby': this.#heading.id, hidden: true });
  /** Beside the tree: an item of a tree holds no button. */
  #leaveOut = button('', () => this.#exclude(this.#tree.current));
  #leaveOutRow = el('p', { className: 'row', hidden: true }, this.#leaveOut);
  #again = button('', () => emit(this.element, 'include', this.#last));
  #againRow = el('p', { className: 'row', hidden: true }, this.#again);
  #leftOut = new LeftOutList();
  /** What can be left out. @type {(path: string) => Own | undefined} */
  #own = () => undefined;
  /** What was left out last, by its path in what was added. */
  #last = '';
  element = el(
    'div',
    { className: 'files' },
    this.#heading,
    this.#tree.element,
    this.#plain,
    this.#leaveOutRow,
    this.#againRow,
    this.#leftOut.element,
  );

  constructor() {
    const tree = this.#tree.element;
    tree.addEventListener('open', (event) => emit(this.element, 'open', detailOf(event)));
    tree.addEventListener('leave-out', (event) => this.#exclude(detailOf(event)));
    tree.addEventListener('current', () => this.#offerLeaveOut());
    for (const type of ['include', 'answer'])
      this.#leftOut.element.addEventListener(type, (event) => emit(this.element, type, detailOf(event)));
  }

  /** @param {Report} report */
  set report(report) {
    const { files, shown } = report;
    this.#own = ownFiles(report);
    this.#heading.textContent = strings.filesInPackage(files.reduce((sum, file) => sum + file.size, 0));
    const inside = [this.#tree.element, this.#plain, this.#leaveOutRow, this.#againRow];
    const focused = inside.some((part) => part.matches(':focus-within'));
    const place = this.#tree.place;
    const pressed = this.#plainButtons().findIndex((one) => one.matches(':focus'));
    this.#plain.hidden = files.length >= PLAIN_BELOW;
    this.#tree.element.hidden = !this.#plain.hidden;
    this.#tree.files = this.#plain.hidden ? files : [];
    this.#showPlain(this.#plain.hidden ? [] : files, new Set(shown.map(({ path }) => path)));
    this.#offerLeaveOut();
    this.#offerAgain(report);
    // The row that had the focus may be gone: the next one takes it.
    const kept = inside.some((part) => !part.hidden && part.matches(':focus-within'));
    if (focused && !kept) {
      if (this.#plain.hidden) this.#tree.focus(place);
      else (this.#plainButtons()[pressed < 0 ? 0 : pressed] ?? this.#plainButtons().at(-1))?.focus();
    }
    this.#leftOut.report = report;
  }

  /** @param {Answers} answers */
  set answers(answers) {
    this.#leftOut.answers = answers;
  }

  /** Forgets what was opened. */
  clear() {
    this.#tree.clear();
    this.#own = () => undefined;
    this.#last = '';
    this.#againRow.hidden = true;
    this.#offerLeaveOut();
    this.#leftOut.clear();
  }

  /**
   * @param {ListedFile[]} files
   * @param {Set<string>} shown  What can be opened.
   */
  #showPlain(files, shown) {
    fill(
      this.#plain,
      files.map((file) => {
        const content = label(file.folder ? `${file.path}/` : file.path, file);
        if (this.#own(file.path))
          return el('li', { className: 'left-out' }, el('span', {}, content), this.#leaver(file));
        if (!shown.has(file.path)) return el('li', {}, content);
        const open = button('', () => emit(this.element, 'open', file.path), { className: 'link' });
        open.append(...content);
        return el('li', {}, open);
      }),
    );
  }

  /** @param {ListedFile} file */
  #leaver({ path }) {
    return button(strings.leaveOut, () => this.#exclude(path), { 'aria-label': strings.leaveOutPath(path) });
  }

  #plainButtons() {
    return this.#plain.hidden ? [] : [...this.#plain.querySelectorAll('button')];
  }

  /** @param {string} path */
  #exclude(path) {
    const own = this.#own(path);
    if (!own) return;
    this.#last = own.path;
    emit(this.element, 'exclude', own.path);
  }

  /** Takes back what was left out last. @param {Report} report */
  #offerAgain({ leftOut }) {
    const last = leftOut.find(({ path }) => path === this.#last);
    this.#againRow.hidden = !last;
    this.#again.textContent = last ? strings.includeAgain(last.folder ? `${last.path}/` : last.path) : '';
  }

  /** For the file or folder of the tree that was last gone to. */
  #offerLeaveOut() {
    const { current } = this.#tree;
    const own = this.#tree.element.hidden ? undefined : this.#own(current);
    this.#leaveOutRow.hidden = !own;
    this.#leaveOut.textContent = !own
      ? ''
      : own.files === null
        ? strings.leaveOutPath(current)
        : strings.leaveOutFolder(current, own.files);
  }
}

/**
 * Tells of a file of an application that is packed as it is, or of a folder that holds some. Looked up
 * when somebody asks: there may be thousands, and few are asked for.
 * @param {Report} report
 * @returns {(path: string) => Own | undefined}
 */
function ownFiles({ files, shown, input, package: { appFolder } }) {
  if (input.kind !== 'application') return () => undefined; // a package is checked as it is
  const written = new Set(shown.map(({ path }) => path));
  const top = `${appFolder}/`;
  const isOwn = (/** @type {ListedFile} */ { path, folder, state, wheel }) =>
    !folder && wheel === undefined && state !== 'new' && !written.has(path) && path.startsWith(top);
  const added = (/** @type {string} */ path) => {
    const inside = path.slice(top.length);
    return input.root ? `${input.root}/${inside}` : inside;
  };
  return (path) => {
    if (!path.startsWith(top)) return undefined;
    const file = files.find((one) => one.path === path && !one.folder);
    if (file) return isOwn(file) ? { path: added(path), files: null } : undefined;
    const inside = files.filter((one) => one.path.startsWith(`${path}/`) && isOwn(one)).length;
    return inside > 0 ? { path: added(path), files: inside } : undefined;
  };
}

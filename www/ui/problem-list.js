// @ts-check
import { Changes } from './changes.js';
import { CodeFrame } from './code-frame.js';
import { button, el, emit, fill, newId, prose } from './dom.js';
import { strings } from './strings.js';

/**
 * @import { Diagnostic, Report } from 'core'
 * @import { PackageChanges } from './changes.js'
 * @typedef {Diagnostic['severity']} Severity
 * @typedef {Diagnostic['fixes'][number]} Fix
 */

/** @type {Severity[]} */
const ORDER = ['error', 'warning', 'note'];
/** A shape beside the word, so that colour is never all there is. */
const SHAPES = { error: '✖', warning: '▲', note: '●' };

/**
 * What is wrong, worst first. Sends `fix` {id, title}, `fix-all`, `correct`, `undo`, `review` {id, show}, `ignore` and
 * `show-again` {rule, code}, and `open` with a path.
 */
export class ProblemList {
  #summary = el('p', { className: 'summary', tabIndex: -1 });
  #fixAll = button('', () => emit(this.element, 'fix-all'), { className: 'primary' });
  #correct = button(strings.correct, () => emit(this.element, 'correct'));
  #noticeText = el('span', {});
  #undo = button(strings.undo, () => emit(this.element, 'undo'));
  #notice = el('p', { className: 'notice row', hidden: true }, this.#noticeText, this.#undo);
  #filter = el('select', { onchange: () => this.#applyFilter() });
  #filterLabel = el('label', { className: 'row' }, el('span', {}, strings.show), this.#filter);
  #list = el('ul', { className: 'plain' });
  #ignoredCount = el('summary', {});
  #ignoredRules = el('ul', { className: 'plain' });
  #ignored = el('details', { hidden: true }, this.#ignoredCount, this.#ignoredRules);
  /** @type {Diagnostic[]} */
  #diagnostics = [];
  /** @type {Set<string>} files that can be opened */
  #shown = new Set();
  /** @type {string | null} */
  #rulesBase = null;
  element = el(
    'div',
    { className: 'problems' },
    this.#summary,
    el('div', { className: 'row' }, this.#fixAll, this.#correct, this.#filterLabel),
    this.#notice,
    this.#list,
    this.#ignored,
  );

  constructor() {
    const names = {
      all: strings.all,
      error: strings.severity.error,
      warning: strings.severity.warning,
      note: strings.severity.note,
    };
    fill(
      this.#filter,
      Object.entries(names).map(([value, name]) => el('option', { value }, name)),
    );
  }

  /** @param {Report} report */
  set report({ diagnostics, counts, shown, grades, input }) {
    this.#shown = new Set(shown.map(({ path }) => path));
    this.#diagnostics = ORDER.flatMap((severity) => diagnostics.filter((one) => one.severity === severity));
    const parts = countWords(counts);
    fill(
      this.#summary,
      parts.length === 0
        ? el('span', { className: 'severity ok' }, `✔ ${strings.allGood}`)
        : parts.flatMap(({ severity, text }, index) => [
            index > 0 && ', ',
            el('span', { className: `severity ${severity}` }, `${SHAPES[severity]} ${text}`),
          ]),
    );
    const safe = diagnostics.filter(({ fixes }) => fixes.some(({ applicability }) => applicability === 'safe')).length;
    this.#fixAll.hidden = safe === 0;
    this.#fixAll.textContent = strings.fixAll(safe);
    this.#correct.hidden = safe === 0 || input.kind === 'application';
    this.#showIgnored(grades.filter(({ grade }) => grade === 'off'));
    this.#filterLabel.hidden = parts.length < 2;
    fill(
      this.#list,
      this.#diagnostics.map((diagnostic) => this.#card(diagnostic)),
    );
    this.#applyFilter();
  }

  /** @param {string | null} address  Where the pages about rules are; without it there is no link to them. */
  set rulesBase(address) {
    this.#rulesBase = address;
  }

  /**
   * Says what was done; nothing hides it until something else is done.
   * @param {string | null} text
   * @param {boolean} [canUndo]
   */
  notice(text, canUndo = false) {
    this.#notice.hidden = text === null;
    fill(this.#noticeText, prose(text ?? ''));
    this.#undo.hidden = !canUndo;
  }

  /** The place in the list that has the focus. */
  get place() {
    return [...this.#list.children].findIndex((card) => card.matches(':focus-within'));
  }

  /** @param {number} place  The next problem moved up to it. */
  focus(place) {
    const card = this.#list.children[Math.min(place, this.#list.children.length - 1)];
    const to = place >= 0 && card instanceof HTMLElement && !card.hidden ? card.querySelector('h4') : this.#summary;
    /** @type {HTMLElement} */ (to).focus();
  }

  /** @param {readonly string[]} rules  The first problem of one of them is gone to. */
  focusRule(rules) {
    this.#filter.value = 'all';
    this.#applyFilter();
    const place = this.#diagnostics.findIndex(({ rule }) => rules.includes(rule));
    this.focus(place);
  }

  /** @param {Report['grades']} ignored */
  #showIgnored(ignored) {
    this.#ignored.hidden = ignored.length === 0;
    this.#ignoredCount.textContent = strings.ignored(ignored.length);
    fill(
      this.#ignoredRules,
      ignored.map(({ rule, code }) =>
        el(
          'li',
          { className: 'row' },
          el('span', {}, el('span', { className: 'code-id' }, code), ` ${rule}`),
          button(strings.showAgain, () => emit(this.element, 'show-again', { rule, code }), {
            'aria-label': strings.showAgainLabel(code),
          }),
        ),
      ),
    );
  }

  /** @param {Diagnostic} diagnostic */
  #card(diagnostic) {
    const { severity, rule, code, message, consequence, help, file, line, excerpt, fixes } = diagnostic;
    const heading = newId('problem');
    const review = el('div', {});
    return el(
      'li',
      { className: `card ${severity}`, 'data-severity': severity, 'aria-labelledby': heading },
      el(
        'h4',
        { id: heading, tabIndex: -1 },
        el('span', { className: `severity ${severity}` }, `${SHAPES[severity]} ${strings.severity[severity]}`),
        ' ',
        el('span', { className: 'code-id' }, code),
        ' ',
        prose(message),
      ),
      consequence && el('p', {}, el('span', { className: 'label' }, `${strings.consequence}: `), prose(consequence)),
      help && el('p', {}, prose(help)),
      file !== null && el('p', {}, this.#place(file, line)),
      file !== null && excerpt && new CodeFrame(file, excerpt).element,
      el(
        'div',
        { className: 'row' },
        fixes.map((fix) => this.#fixButton(fix, review)),
        this.#rulesBase !== null &&
          el(
            'a',
            { href: `${this.#rulesBase}${rule}.html`, target: '_blank', rel: 'noreferrer', className: 'row-link' },
            strings.about(code),
          ),
        button(strings.ignore, () => emit(this.element, 'ignore', { rule, code }), {
          className: 'link',
          'aria-label': strings.ignoreLabel(code),
        }),
      ),
      review,
    );
  }

  /**
   * @param {string} file
   * @param {number | null} line
   */
  #place(file, line) {
    const text = strings.at(file, line);
    return this.#shown.has(file) ? button(text, () => emit(this.element, 'open', file), { className: 'link' }) : text;
  }

  /**
   * @param {Fix} fix
   * @param {HTMLElement} review
   */
  #fixButton(fix, review) {
    const { id, title, applicability } = fix;
    if (applicability === 'by-hand') return el('p', {}, prose(strings.byHand(title)));
    if (applicability === 'safe')
      return button(prose(strings.fix(title)), () => emit(this.element, 'fix', { id, title }), {
        className: 'primary',
      });
    const show = (/** @type {PackageChanges} */ changes) => this.#review(fix, changes, review, ask);
    const ask = button(prose(strings.review(title)), () => emit(this.element, 'review', { id, show }));
    return ask;
  }

  /**
   * @param {Fix} fix
   * @param {PackageChanges} changes
   * @param {HTMLElement} review
   * @param {HTMLElement} asked
   */
  #review({ id, title }, { texts, added, removed }, review, asked) {
    const apply = button(strings.apply, () => emit(this.element, 'fix', { id, title }), { className: 'primary' });
    const dismiss = button(strings.dismiss, () => {
      fill(review);
      asked.focus();
    });
    fill(
      review,
      el('p', {}, reviewHeading(texts.length, added.length + removed.length)),
      fileChanges(removed, strings.removedFile),
      fileChanges(added, strings.addedFile),
      texts
        .map(({ path, before, after }) => [
          el('p', { className: 'label' }, path),
          new Changes(path, before, after).element,
        ])
        .flat(),
      el('div', { className: 'row' }, apply, dismiss),
    );
    apply.focus();
  }

  #applyFilter() {
    const wanted = this.#filterLabel.hidden ? 'all' : this.#filter.value;
    for (const card of this.#list.children) {
      if (card instanceof HTMLElement) card.hidden = wanted !== 'all' && card.dataset.severity !== wanted;
    }
  }
}

/**
 * @param {number} texts
 * @param {number} files
 */
function reviewHeading(texts, files) {
  if (texts > 0) return strings.theChange;
  return files > 0 ? strings.noTextChange : strings.noChange;
}

/** Names of files that are listed of a change; a folder that moves can have thousands. */
const MOST_FILES = 20;

/**
 * @param {string[]} paths
 * @param {(path: string) => string} say
 */
function fileChanges(paths, say) {
  if (paths.length === 0) return null;
  const more = paths.length - MOST_FILES;
  return el(
    'ul',
    { className: 'evidence' },
    paths.slice(0, MOST_FILES).map((path) => el('li', {}, say(path))),
    more > 0 && el('li', {}, strings.moreFiles(more)),
  );
}

/**
 * @param {Report['counts']} counts
 * @returns {{ severity: Severity, text: string }[]}
 */
function countWords({ errors, warnings, notes }) {
  /** @type {{ severity: Severity, count: number, text: string }[]} */
  const all = [
    { severity: 'error', count: errors, text: strings.errors(errors) },
    { severity: 'warning', count: warnings, text: strings.warnings(warnings) },
    { severity: 'note', count: notes, text: strings.notes(notes) },
  ];
  return all.filter(({ count }) => count > 0);
}

/**
 * The counts as one phrase.
 * @param {Report['counts']} counts
 */
export const summaryOf = (counts) =>
  countWords(counts)
    .map(({ text }) => text)
    .join(', ') || strings.allGood;

// @ts-check
// The client of the engine: add, check, answer, fix, build. Knows no DOM.

import { PackagerError, aborted, isAbort } from './errors.js';
import { additions, tooEarly, withMore } from './additions.js';
import { NAMELESS, take } from './inputs.js';
import { Messenger } from './messenger.js';
import { asked } from './pruning.js';
import { wallClock } from './wall-clock.js';

/**
 * @import { Answers, CheckOptions, Finished, Report, Verified } from 'core'
 * @import { Input, PathAndFile, ReadInput, Reader } from './inputs.js'
 * @import { Opened as Engine, Progress } from './messenger.js'
 * @import { Skipped } from './walk.js'
 * @typedef {{ sha256: string, sha1: string }} Sums
 * @typedef {{ blob: Blob, name: string, compressed: number, sums: Promise<Sums> }} Built  `compressed`: files that were
 *   compressed since the last package
 * @typedef {'text' | 'sarif' | 'markdown' | 'html'} Format
 * @typedef {{ reproducible?: boolean, signal?: AbortSignal }} BuildOptions
 * @typedef {{ rule: string, file: string | null, title: string } | 'safe'} Fixed  One fix, or all safe ones at once.
 * @typedef {{ read: Reader, added: PathAndFile[], answers: Answers, accepted: Answers, texts: [string, string][],
 *   fixed: Fixed[] }} Opened
 */

/** One input at a time; a newer one ends the work on the older. Sends `progress` events. */
export class Packager extends EventTarget {
  #messenger;
  /** @type {AbortController | null} */
  #work = null;
  /** @type {Reader | null} */
  #read = null;
  /** The walk that is under way. @type {AbortController | null} */
  #walking = null;
  /** @type {PathAndFile[]} what was added on top of it */
  #added = [];
  /** @type {Set<string>} folders that were not walked, or only in part */
  #skipped = new Set();
  /** @type {string[]} what the walk was asked to include */
  #included = [];
  /** @type {Answers} */
  #answers = {};
  /** @type {Answers} the last that were not refused */
  #accepted = {};
  /** @type {Map<string, string>} */
  #texts = new Map();
  /** @type {Fixed[]} */
  #fixed = [];
  /** @type {Report | null} */
  #report = null;
  /** @type {Skipped[]} */
  unreadable = [];
  /** Whether the person was elsewhere since the files were added, and may have changed some. */
  away = false;
  /** @type {CheckOptions} */
  options = {};
  /** @type {string[]} rules that nobody wants to hear of, by id */
  ignored = [];

  /** @param {() => Promise<Engine>} open */
  constructor(open) {
    super();
    this.#messenger = new Messenger(open);
  }

  /** Starts the engine, which takes a moment. */
  prepare() {
    return this.#messenger.start();
  }

  /** @returns {Answers} */
  get answers() {
    return structuredClone(this.#answers);
  }

  /** @param {Answers} answers  They count at the next check. */
  set answers(answers) {
    this.#answers = structuredClone(answers);
  }

  /**
   * @param {Input} input
   * @returns {Promise<Report>}
   */
  async add(input) {
    const more = additions(input);
    if (more && this.takesMore) {
      await this.#addMore(more);
      return this.#check(this.#signal());
    }
    if (more) throw tooEarly(more);
    const read = take(input); // before anything is awaited: a drop is empty afterwards
    const answers = this.#work ? {} : this.#answers; // of the person who adds, not of what was there before
    this.reset();
    this.#answers = answers;
    const { signal } = (this.#work = new AbortController());
    this.#read = read;
    await this.#open(read, signal);
    return this.#check(signal);
  }

  /**
   * What is opened again meanwhile has them on top too.
   * @param {PathAndFile[]} more
   */
  async #addMore(more) {
    const before = this.#added;
    const grown = (this.#added = withMore(before, more));
    try {
      await this.#messenger.call('add', withMore([], more), { signal: this.#signal() });
    } catch (error) {
      this.#added =
        this.#added === grown ? before : this.#added.filter((own) => !grown.includes(own) || before.includes(own));
      throw error;
    }
  }

  /** Whether wheels and scripts are added to what is open, and do not take its place. */
  get takesMore() {
    const kind = this.#report?.input.kind;
    return kind === 'application' || kind === 'gallery-package';
  }

  /** What is open and what was done to it, to go back to; null when there is nothing. @returns {Opened | null} */
  get opened() {
    if (!this.#read || !this.#report) return null;
    const [answers, accepted] = [this.#answers, this.#accepted];
    return {
      read: this.#read,
      added: this.#added,
      answers,
      accepted,
      texts: [...this.#texts],
      fixed: [...this.#fixed],
    };
  }

  /**
   * Opens again what was open before an input that was refused.
   * @param {Opened} opened
   * @returns {Promise<Report>}
   */
  async goBack({ read, added, answers, accepted, texts, fixed }) {
    this.reset();
    const { signal } = (this.#work = new AbortController());
    this.#read = read;
    this.#added = added;
    this.#answers = answers;
    this.#accepted = accepted;
    this.#texts = new Map(texts);
    this.#fixed = fixed;
    await this.#open(read, signal);
    await this.#repeat(signal);
    return this.#check(signal);
  }

  /**
   * Takes back what was added on top.
   * @param {string} path
   * @returns {Promise<Report>}
   */
  async removeAdded(path) {
    const { databases } = this.#answers;
    if (databases) this.#answers = { ...this.#answers, databases: databases.filter(({ script }) => script !== path) };
    this.#added = this.#added.filter((own) => own.path !== path);
    await this.#messenger.call('takeAway', path, { signal: this.#signal() });
    return this.#check(this.#signal());
  }

  /** @returns {Promise<Report>} */
  async check() {
    const signal = this.#signal();
    // A folder that was pruned has to be walked now that it is asked for.
    const more = this.#answers.includes?.filter((path) => !this.#included.includes(path)) ?? [];
    if (this.#read && [...this.#skipped].some((folder) => asked(more, folder))) {
      await this.#openAgain(this.#read, signal);
      await this.#repeat(signal);
    }
    return this.#check(signal);
  }

  /**
   * What is asked for and cannot be walked is not asked for any more: it would stand in the way of everything else.
   * @param {Reader} read
   * @param {AbortSignal} signal
   */
  async #openAgain(read, signal) {
    const answers = this.#answers;
    try {
      await this.#open(read, signal);
    } catch (error) {
      if (!isAbort(error) && this.#answers === answers) this.#answers = { ...answers, includes: this.#included };
      throw error;
    }
  }

  /**
   * Does to the input that was opened again what was done to it before.
   * @param {AbortSignal} signal
   */
  async #repeat(signal) {
    const fixed = this.#fixed;
    if (this.#texts.size > 0) await this.#check(signal); // says which files can have a text
    for (const [path, text] of this.#texts) await this.#messenger.call('setText', { path, text }, { signal });
    for (const fix of fixed) {
      const report = await this.#check(signal);
      if (fix === 'safe') await this.#messenger.call('applySafeFixes', null, { signal });
      const id = fix !== 'safe' && idOf(report, fix);
      if (id) await this.#messenger.call('applyFix', id, { signal });
    }
  }

  /**
   * Unpacks every file of a ZIP while other work goes on.
   * @param {(verified: Verified) => void} onProgress
   * @returns {Promise<Verified>}
   */
  async verify(onProgress) {
    const signal = this.#signal();
    const verified = await this.#messenger.call('verify', null, { signal, gentle: true, onProgress });
    if (signal.aborted) throw aborted();
    onProgress(verified);
    return verified;
  }

  /** @param {string} id */
  async fix(id) {
    const fix = fixOf(this.#report, id);
    await this.#messenger.call('applyFix', id, { signal: this.#signal() });
    if (fix) this.#fixed.push(fix);
    return this.check();
  }

  /** @returns {Promise<{ fixed: number, report: Report }>} */
  async fixSafely() {
    const fixed = await this.#messenger.call('applySafeFixes', null, { signal: this.#signal() });
    if (fixed > 0) this.#fixed.push('safe');
    return { fixed, report: await this.check() };
  }

  /** Takes the last fix back, or the last that were made at once; never a text. */
  async undo() {
    await this.#messenger.call('undo', null, { signal: this.#signal() });
    this.#fixed.pop();
    return this.check();
  }

  /**
   * What the report would be after a fix, without keeping it.
   * @param {string} id
   * @returns {Promise<Report>}
   */
  async preview(id) {
    const signal = this.#signal();
    return this.#messenger.call('preview', { id, options: await this.#options() }, { signal });
  }

  /**
   * @param {string} path
   * @param {string | null} text  Nothing takes the person's own text back.
   */
  async setText(path, text) {
    if (text === null) this.#texts.delete(path);
    else this.#texts.set(path, text);
    await this.#messenger.call('setText', { path, text }, { signal: this.#signal() });
    return this.check();
  }

  /**
   * The report as it is passed on: without the secrets that the files in it show.
   * @returns {Promise<Report>}
   */
  async reportForOthers() {
    const options = { ...(await this.#options()), forOthers: true };
    const signal = this.#signal();
    return this.#withSkipped(await this.#messenger.call('check', { answers: this.#answers, options }, { signal }));
  }

  /**
   * The last report in a format.
   * @param {Format} format
   * @param {Finished | null} finished  The package, when it was saved as it is reported.
   * @returns {Promise<string>}
   */
  render(format, finished) {
    return this.#messenger.call('render', { format, finished: finished ?? undefined }, { signal: this.#signal() });
  }

  /**
   * The check sums come later: the package is whole without them.
   * @param {BuildOptions} [options]
   * @returns {Promise<Built>}
   */
  async build({ reproducible, signal: own } = {}) {
    const signal = this.#signal(own);
    const built = await this.#messenger.call(
      'build',
      { now: wallClock(Date.now()), reproducible, away: this.away },
      {
        signal,
        gentle: true, // the checked input stays open
        onProgress: (progress) => this.#tell(progress),
      },
    );
    const sums = this.#messenger.call('sums', built.blob, { gentle: true, beside: true });
    sums.catch(() => {}); // told to whoever asks for them
    return { ...built, sums };
  }

  /** Forgets the input and ends all work on it. */
  reset() {
    this.#work?.abort();
    this.#work = null;
    if (this.#read && this.#messenger.busy) this.#messenger.abort();
    else if (this.#read) this.#messenger.call('forget', null, { beside: true }).catch(() => {}); // ends what is done ahead
    this.#read = null; // a second reset need not end the engine, which only forgets
    this.#added = [];
    this.#answers = {};
    this.#accepted = {};
    this.#texts.clear();
    this.#fixed = [];
    this.#report = null;
    this.#skipped = new Set();
    this.#included = [];
    this.unreadable = [];
    this.away = false;
  }

  /** Ends the engine too. It starts again when it is needed. */
  close() {
    this.reset();
    this.#messenger.close();
  }

  /**
   * Opens an input; where that fails, what was open before stays.
   * @param {Reader} read
   * @param {AbortSignal} signal
   */
  async #open(read, signal) {
    const { junk } = await this.#messenger.start();
    if (signal.aborted) throw aborted();
    const includes = this.#answers.includes ?? [];
    this.#walking?.abort(); // the same folder, with less that is asked for
    const walking = (this.#walking = new AbortController());
    // What was asked for before may be answered afterwards, and is of nobody's folder then.
    const stale = () => signal.aborted || walking.signal.aborted;
    /** How many files there are, when the walk is over. @type {number | null} */
    let walked = null;
    /** @type {Promise<unknown>[]} */
    const sent = [];
    try {
      const input = await read({
        junk,
        includes,
        signal: AbortSignal.any([signal, walking.signal]),
        onProgress: ({ files, bytes, skipped }) => {
          if (!stale()) this.#tell({ phase: 'reading', files, totalFiles: null, bytes }, skipped);
        },
        // The last files of a large folder are still being looked for when the first are compressed.
        onEntries: (entries, top) => {
          if (stale()) return;
          const listed = { first: sent.length === 0, name: top ?? NAMELESS, entries };
          // Until then the walk itself says how far it is.
          const onProgress = (/** @type {Progress} */ progress) =>
            walked !== null && !stale() && this.#tell({ ...progress, totalFiles: walked });
          const call = this.#messenger.call('list', listed, { signal, onProgress });
          call.catch(() => {}); // told when the walk is over
          sent.push(call);
        },
      });
      if (stale()) throw aborted();
      walked = input.kind === 'folder' ? input.files : null;
      await Promise.all(sent);
      const onProgress = (/** @type {Progress} */ progress) => this.#tell(progress);
      await this.#messenger.call('open', { ...input, added: this.#added }, { signal, onProgress });
      this.#note(input);
      this.#included = includes;
    } catch (error) {
      if (!signal.aborted && walking === this.#walking)
        this.#messenger.call('giveUp', null, { beside: true }).catch(() => {});
      throw error;
    }
  }

  /** @param {ReadInput} input */
  #note(input) {
    this.unreadable = input.kind === 'folder' ? input.unreadable : [];
    const skipped = new Set(input.kind === 'folder' ? input.partial : []);
    if (input.kind === 'folder') for (const { path, folder } of input.skipped) if (folder) skipped.add(path);
    for (const { path } of this.unreadable) skipped.delete(path); // would fail again
    this.#skipped = skipped;
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Promise<Report>}
   */
  async #check(signal) {
    this.#tell({ phase: 'checking', files: 0, totalFiles: null, bytes: 0 });
    const options = await this.#options();
    if (signal.aborted) throw aborted();
    this.#report = this.#withSkipped(await this.#checked(this.#answers, options, signal));
    return this.#report;
  }

  /**
   * What was not walked can be walked when it is asked for.
   * @param {Report} report
   */
  #withSkipped(report) {
    for (const item of report.leftOut) item.canInclude ||= this.#skipped.has(item.path);
    return report;
  }

  /**
   * A rule that an older version remembered may be gone, and would be an error.
   * @returns {Promise<CheckOptions>}
   */
  async #options() {
    if (this.ignored.length === 0) return this.options;
    const { rules } = await this.#messenger.start();
    const known = this.ignored.filter((rule) => rules.includes(rule));
    return {
      ...this.options,
      rules: { ...this.options.rules, ...Object.fromEntries(known.map((rule) => [rule, 'off'])) },
    };
  }

  /**
   * Answers that are refused give way to the last that were not.
   * @param {Answers} answers
   * @param {CheckOptions} options
   * @param {AbortSignal} signal
   * @returns {Promise<Report>}
   */
  async #checked(answers, options, signal) {
    try {
      const report = await this.#messenger.call('check', { answers, options }, { signal });
      this.#accepted = answers;
      return report;
    } catch (error) {
      if (!signal.aborted && this.#answers === answers) this.#answers = this.#accepted;
      throw error;
    }
  }

  /** @param {AbortSignal} [own] */
  #signal(own) {
    if (!this.#work) throw new PackagerError('empty', 'Nothing was added.');
    return own ? AbortSignal.any([own, this.#work.signal]) : this.#work.signal;
  }

  /**
   * @param {Progress} progress
   * @param {string[]} [skipped]
   */
  #tell(progress, skipped = []) {
    this.dispatchEvent(new CustomEvent('progress', { detail: { ...progress, skipped } }));
  }
}

/**
 * @param {Report | null} report
 * @param {string} id
 * @returns {Fixed | null}
 */
function fixOf(report, id) {
  for (const { rule, file, fixes } of report?.diagnostics ?? []) {
    const fix = fixes.find((own) => own.id === id);
    if (fix) return { rule, file, title: fix.title };
  }
  return null;
}

/**
 * Ids count the problems of one report only.
 * @param {Report} report
 * @param {Exclude<Fixed, 'safe'>} fix
 */
const idOf = ({ diagnostics }, { rule, file, title }) =>
  diagnostics
    .filter((own) => own.rule === rule && own.file === file)
    .flatMap(({ fixes }) => fixes)
    .find((own) => own.title === title)?.id;

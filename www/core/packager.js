// @ts-check
// The client of the engine: add, check, answer, fix, build. Knows no DOM.

import { PackagerError, aborted, isAbort } from './errors.js';
import { additions, tooEarly, withMore } from './additions.js';
import { Edits, fixOf } from './edits.js';
import { take } from './inputs.js';
import { Messenger } from './messenger.js';
import { Reading } from './reading.js';
import { wallClock } from './wall-clock.js';

/**
 * @import { Answers, CheckOptions, Finished, Report, Verified } from 'core'
 * @import { Kept } from './edits.js'
 * @import { Input, PathAndFile, Reader } from './inputs.js'
 * @import { Opened as Engine, Progress } from './messenger.js'
 * @typedef {{ sha256: string, sha1: string }} Sums
 * @typedef {{ blob: Blob, name: string, compressed: number, sums: Promise<Sums> }} Built  `compressed`: files that were
 *   compressed since the last package
 * @typedef {'text' | 'sarif' | 'markdown' | 'html'} Format
 * @typedef {{ reproducible?: boolean, signal?: AbortSignal }} BuildOptions
 * @typedef {{ read: Reader, added: PathAndFile[], answers: Answers, accepted: Answers, edits: Kept }} Opened
 */

/** One input at a time; a newer one ends the work on the older. Sends `progress` events. */
export class Packager extends EventTarget {
  #messenger;
  #reading;
  /** @type {AbortController | null} */
  #work = null;
  /** @type {Reader | null} */
  #read = null;
  /** @type {PathAndFile[]} what was added on top of it */
  #added = [];
  /** @type {Answers} */
  #answers = {};
  /** @type {Answers} the last that were not refused */
  #accepted = {};
  #edits = new Edits();
  /** @type {Report | null} */
  #report = null;
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
    this.#reading = new Reading(this.#messenger, (progress, skipped) => this.#tell(progress, skipped));
  }

  /** Starts the engine, which takes a moment. */
  prepare() {
    return this.#messenger.start();
  }

  /** Files and folders that the browser could not read. */
  get unreadable() {
    return this.#reading.unreadable;
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
   * Who goes back to what was open meanwhile has them on top too.
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
    return { read: this.#read, added: this.#added, answers, accepted, edits: this.#edits.kept };
  }

  /**
   * Opens again what was open before an input that was refused.
   * @param {Opened} opened
   * @returns {Promise<Report>}
   */
  async goBack({ read, added, answers, accepted, edits }) {
    this.reset();
    const { signal } = (this.#work = new AbortController());
    this.#read = read;
    this.#added = added;
    this.#answers = answers;
    this.#accepted = accepted;
    this.#edits = new Edits(edits);
    await this.#open(read, signal);
    await this.#edits.repeat(this.#messenger, () => this.#check(signal), signal);
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
    await this.#readOn(signal);
    return this.#check(signal);
  }

  /**
   * A folder that was pruned has to be walked now that it is asked for. What cannot be walked is not asked for any more:
   * it would stand in the way of everything else.
   * @param {AbortSignal} signal
   */
  async #readOn(signal) {
    const answers = this.#answers;
    const { includes = [] } = answers;
    if (!this.#reading.lacks(includes)) return;
    try {
      await this.#reading.goOn(includes, signal);
    } catch (error) {
      if (!isAbort(error) && this.#answers === answers)
        this.#answers = { ...answers, includes: this.#reading.walked(includes) };
      throw error;
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
    if (fix) this.#edits.fix(fix);
    return this.check();
  }

  /** @returns {Promise<{ fixed: number, report: Report }>} */
  async fixSafely() {
    const fixed = await this.#messenger.call('applySafeFixes', null, { signal: this.#signal() });
    if (fixed > 0) this.#edits.fix('safe');
    return { fixed, report: await this.check() };
  }

  /** Takes the last fix back, or the last that were made at once; never a text. */
  async undo() {
    await this.#messenger.call('undo', null, { signal: this.#signal() });
    this.#edits.undo();
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
    this.#edits.setText(path, text);
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
    this.#edits = new Edits();
    this.#report = null;
    this.#reading.forget();
    this.away = false;
  }

  /** Ends the engine too. It starts again when it is needed. */
  close() {
    this.reset();
    this.#messenger.close();
  }

  /**
   * @param {Reader} read
   * @param {AbortSignal} signal
   */
  #open(read, signal) {
    const { includes = [] } = this.#answers;
    return this.#reading.open(read, { includes, added: this.#added }, signal);
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
    for (const item of report.leftOut) item.canInclude ||= this.#reading.isSkipped(item.path);
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

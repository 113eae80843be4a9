// @ts-check
// <gallery-packager>: the public contract, and the one owner of the state.

import css from './element.css';
import { aborted, isAbort, toWire } from './core/errors.js';
import { engineOpener } from './core/engine.js';
import { rememberRules, rememberedRules } from './core/ignored.js';
import { unpackModule } from './core/module.js';
import { additions, scriptsOf } from './core/additions.js';
import { Packager } from './core/packager.js';
import { Saver, askWhere, writeTo } from './core/saver.js';
import { changesBetween } from './ui/changes.js';
import { listenForDrops } from './ui/drops.js';
import { detailOf } from './ui/dom.js';
import { Screens } from './ui/screens.js';
import { strings } from './ui/strings.js';
import { openLocal } from './worker/local.js';
import packedModule from 'packed-module';
import workerSource from 'worker-source';

/**
 * @import { Answers, Finished, Report } from 'core'
 * @import { Input } from './core/inputs.js'
 * @import { BuildOptions } from './core/packager.js'
 * @import { Built, PackagerElement } from './public.js'
 * @import { PackageChanges } from './ui/changes.js'
 * @import { ReportFormat } from './ui/report-menu.js'
 * @import { State } from './ui/screens.js'
 */

export const TAG = 'gallery-packager';

/** Server-side rendering imports this file where there is no DOM. */
const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (class {});

const openEngine = engineOpener({ workerSource, module: () => unpackModule(packedModule), local: openLocal });

/**
 * The packager as an element. States: empty -> reading -> checked -> writing -> done | failed.
 * @implements {PackagerElement}
 */
export class GalleryPackager extends Base {
  static observedAttributes = ['mode', 'rules-base'];

  #packager = new Packager(openEngine);
  #saver = new Saver();
  #reportSaver = new Saver();
  /** @type {Screens | null} */
  #screens = null;
  /** @type {State} */
  #state = 'empty';
  /** @type {Report | null} */
  #report = null;
  /** @type {Finished | null} the package as it was saved, while it is what the report is about */
  #finished = null;
  /** @type {AbortController | null} */
  #writing = null;
  /** Newer work makes the answers to older work void. */
  #job = 0;
  /** The last edit of a file, until its check ended. @type {Promise<unknown> | null} */
  #edit = null;

  #leave = () => (this.#packager.away = true);

  connectedCallback() {
    window.addEventListener('blur', this.#leave);
    document.addEventListener('visibilitychange', this.#leave);
    if (!this.#screens) this.#draw(); // attached again: everything is still there
  }

  disconnectedCallback() {
    // An element that is moved comes back at once and goes on.
    queueMicrotask(() => {
      if (this.isConnected) return;
      window.removeEventListener('blur', this.#leave);
      document.removeEventListener('visibilitychange', this.#leave);
      this.#screens?.release();
      this.#writing?.abort();
      if (this.#state === 'reading') this.reset();
      if (this.#state === 'empty') this.#packager.close(); // the engine starts again when it is needed
    });
  }

  attributeChangedCallback() {
    if (!this.#screens) return;
    this.#screens.mode = this.mode;
    this.#screens.problems.rulesBase = this.getAttribute('rules-base');
  }

  /** @returns {'package' | 'check' | 'both'} */
  get mode() {
    const mode = this.getAttribute('mode');
    return mode === 'package' || mode === 'check' ? mode : 'both';
  }

  get state() {
    return this.#state;
  }

  /** The last report. */
  get report() {
    return this.#report;
  }

  get answers() {
    return this.#packager.answers;
  }

  /** @param {Answers} answers  They count at the next check(), or at the next add() when there is nothing yet. */
  set answers(answers) {
    this.#packager.answers = answers;
  }

  /** @param {boolean} value  The page sends drops from everywhere here. */
  set anywhere(value) {
    this.#draw().drop.anywhere = value;
  }

  /** @param {boolean} value */
  set dragging(value) {
    this.#draw().drop.dragging = value;
  }

  /** Starts the engine ahead of its first use. */
  prepare() {
    this.#packager.prepare().then(
      ({ samples }) => (this.#draw().samples.samples = samples),
      () => {}, // told when something is added
    );
  }

  /**
   * Adds an application or a package and checks it. Newer work ends older work. Wheels, and scripts for a
   * database, are added to an application that is open.
   * @param {Input} input
   * @returns {Promise<Report>}
   */
  add(input) {
    const more = this.#packager.takesMore ? additions(input) : null;
    if (more) return this.#change(() => this.#packager.add(more));
    const answers = this.#state === 'empty' ? this.answers : {};
    this.reset();
    this.answers = answers;
    this.#setState('reading');
    this.#draw().progress.start(strings.reading(''));
    const added = this.#run(() => this.#packager.add(input));
    added.then(
      (report) => report.input.container === 'zip' && this.#quietly(this.#verify()),
      () => {}, // told already
    );
    return added;
  }

  /** @returns {Promise<Report>} */
  check() {
    return this.#change(() => this.#packager.check());
  }

  /**
   * @param {Omit<BuildOptions, 'signal'> & { sha256?: boolean }} [options]
   * @returns {Promise<Built>}
   */
  async build({ sha256 = true, ...options } = {}) {
    const { sums, ...built } = await this.#write(options);
    if (sha256) return { ...built, sha256: (await sums).sha256 };
    return { ...built, sha256: null };
  }

  /**
   * The package is done before its check sums are.
   * @param {Omit<BuildOptions, 'signal'>} options
   */
  async #write(options) {
    if (this.#typed()) await this.#typedFirst();
    this.#writing?.abort();
    const writing = (this.#writing = new AbortController());
    const job = ++this.#job;
    this.#setState('writing');
    this.#draw().progress.start(strings.writing(this.#report?.package.name ?? ''));
    try {
      const built = await this.#packager.build({ ...options, signal: writing.signal });
      if (job === this.#job) {
        this.#draw().fail(null);
        this.#draw().unreadable = this.#packager.unreadable;
        this.#draw().save.built = built;
        this.#setState('done');
      }
      this.#quietly(this.#sum(built, job));
      return built;
    } catch (error) {
      if (job === this.#job) this.#failed(error);
      throw error;
    }
  }

  /**
   * @param {Awaited<ReturnType<Packager['build']>>} built
   * @param {number} job
   */
  async #sum({ sums, blob, name }, job) {
    const { sha256, sha1 } = await sums;
    if (job === this.#job) {
      this.#finished = { bytes: blob.size, sha1 };
      this.#draw().save.sha256 = sha256;
    }
    this.#send('gallery-package', { blob, name, sha256 });
  }

  /** Forgets everything. */
  reset() {
    this.#job += 1;
    this.#writing?.abort();
    this.#packager.reset();
    this.#saver.release();
    this.#reportSaver.release();
    this.#report = null;
    this.#finished = null;
    this.#screens?.fail(null);
    this.#setState('empty');
  }

  /**
   * Work that changes what is reported, after what was typed before; what the last fix said is old news then.
   * @param {() => Promise<Report>} work
   * @returns {Promise<Report>}
   */
  #change(work) {
    const typed = this.#typed();
    this.#screens?.problems.notice(null);
    return this.#run(async () => {
      await typed;
      return work();
    });
  }

  /** Takes over what is still being typed: what to wait for, which never fails. */
  #typed() {
    this.#screens?.flush();
    return this.#edit;
  }

  async #typedFirst() {
    const typed = this.#typed();
    const job = this.#job;
    await typed;
    if (job !== this.#job) throw aborted(); // something newer began meanwhile
  }

  /**
   * @param {string} path
   * @param {string | null} text
   */
  #setText(path, text) {
    this.#screens?.problems.notice(null);
    const work = this.#run(() => this.#packager.setText(path, text));
    this.#quietly(work);
    const edit = work.then(
      () => {},
      () => {}, // told already
    );
    this.#edit = edit;
    edit.then(() => this.#edit === edit && (this.#edit = null));
  }

  /**
   * Work that ends in a report.
   * @param {() => Promise<Report>} work
   * @returns {Promise<Report>}
   */
  async #run(work) {
    const job = ++this.#job;
    this.#writing?.abort(); // what is being written is no longer what is shown
    try {
      const report = await work();
      if (job === this.#job) this.#show(report);
      return report;
    } catch (error) {
      if (job === this.#job) this.#failed(error);
      throw error;
    }
  }

  /** @param {Report} report */
  #show(report) {
    const screens = this.#draw();
    this.#report = report;
    this.#finished = null;
    screens.fail(null);
    screens.extras.answers = this.answers;
    screens.report = report;
    screens.files.answers = this.answers;
    screens.unreadable = this.#packager.unreadable;
    this.#setState('checked');
    this.#send('gallery-report', { report });
  }

  /** Checks every byte of a ZIP while the person reads the first report. */
  async #verify() {
    const screens = this.#draw();
    const { damaged } = await this.#packager.verify((verified) => (screens.verified = verified));
    if (damaged > 0 && this.#state !== 'writing') await this.#run(() => this.#packager.check()); // what is written is checked as well
  }

  /** @param {unknown} error */
  #failed(error) {
    if (isAbort(error)) return this.#setState(this.#report ? 'checked' : 'empty');
    const { code, message, path } = toWire(error);
    this.#draw().fail(message);
    this.#setState('failed');
    this.#send('gallery-error', { code, message, path });
  }

  /** @param {State} state */
  #setState(state) {
    this.#state = state;
    if (this.#screens) this.#screens.state = state;
  }

  /**
   * @param {string} type
   * @param {object} detail
   */
  #send(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  /** Makes the screens once. */
  #draw() {
    if (this.#screens) return this.#screens;
    const screens = (this.#screens = new Screens());
    this.#packager.ignored = rememberedRules();
    const root = this.attachShadow({ mode: 'open' });
    // A constructed sheet passes a site's `style-src 'none'`.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    root.append(screens.element);
    screens.mode = this.mode;
    screens.drop.anywhere = false;
    screens.problems.rulesBase = this.getAttribute('rules-base');
    this.#wire(screens);
    return screens;
  }

  /** @param {Screens} screens */
  #wire(screens) {
    const { drop, samples, progress, detection, dependencies, extras, problems, files, save } = screens;
    this.#packager.addEventListener('progress', (event) => {
      const { phase, files: read, totalFiles, bytes } = detailOf(event);
      progress.show(detailOf(event));
      this.#send('gallery-progress', { phase, files: read, totalFiles, bytes });
    });
    for (const type of ['pointerenter', 'focusin', 'dragenter'])
      this.addEventListener(type, () => this.prepare(), { once: true });
    listenForDrops(this, {
      dragging: (value) => (drop.dragging = value),
      drop: (transfer) => this.addHere(transfer),
    });
    on(drop, 'add', (chosen) => this.addHere(chosen));
    on(samples, 'open', () => this.prepare());
    on(samples, 'sample', (sample) => this.addHere({ sample }));
    on(progress, 'cancel', () => this.#cancel());
    on(detection, 'answer', (answer) => this.#answer(answer));
    on(extras, 'answer', (answer) => this.#answer(answer));
    for (const part of [dependencies, extras])
      on(part, 'remove', (path) => this.#quietly(this.#change(() => this.#packager.removeAdded(path))));
    on(detection, 'profile', (profile) => {
      this.#packager.options = { ...this.#packager.options, profile };
      this.#quietly(this.check());
    });
    on(files, 'answer', (answer) => this.#answer(answer));
    on(files, 'include', (path) => this.#answer(moved(this.answers, 'includes', 'excludes', path)));
    on(files, 'exclude', (path) => this.#answer(moved(this.answers, 'excludes', 'includes', path)));
    on(screens, 'edit', ({ path, text }) => this.#setText(path, text));
    on(screens, 'reset', () => this.#startOver(null));
    on(problems, 'fix', ({ id, title }) =>
      this.#fix(
        () => this.#packager.fix(id),
        () => strings.fixed(title),
        true,
      ),
    );
    on(problems, 'fix-all', () => {
      let count = 0;
      const work = async () => {
        const { fixed, report } = await this.#packager.fixSafely();
        count = fixed;
        return report;
      };
      this.#fix(work, () => strings.fixedMany(count), true);
    });
    on(problems, 'undo', () =>
      this.#fix(
        () => this.#packager.undo(),
        () => strings.undone,
        false,
      ),
    );
    on(problems, 'review', ({ id, show }) => this.#quietly(this.#review(id, show)));
    on(problems, 'correct', () => this.#quietly(this.#correct()));
    on(problems, 'ignore', ({ rule, code }) =>
      this.#ignore([...this.#packager.ignored.filter((other) => other !== rule), rule], strings.ignoring(code)),
    );
    on(problems, 'show-again', ({ rule, code }) =>
      this.#ignore(
        this.#packager.ignored.filter((other) => other !== rule),
        strings.shownAgain(code),
      ),
    );
    on(save, 'save', () => this.#quietly(this.#save()));
    on(save, 'save-to', () => this.#quietly(this.#saveTo()));
    on(save, 'again', () => this.#saver.again());
    on(save.reports, 'report', (format) => this.#quietly(this.#saveReport(format)));
  }

  /**
   * Adds what a person added with their own hands: the focus goes to the result, and failures are
   * shown, not thrown.
   * @param {Input} input
   */
  addHere(input) {
    const scripts = this.#packager.takesMore ? scriptsOf(input) : []; // at once: a drop is empty afterwards
    this.#quietly(this.add(input).then(() => this.#screens?.focusResult(scripts)));
  }

  /** @param {Answers} answers */
  #answer(answers) {
    this.answers = { ...this.answers, ...answers };
    this.#quietly(this.check());
  }

  /**
   * @param {() => Promise<Report>} work
   * @param {() => string} text
   * @param {boolean} canUndo
   */
  #fix(work, text, canUndo) {
    const { problems } = this.#draw();
    const { place } = problems;
    this.#quietly(
      this.#change(work).then((report) => {
        if (report !== this.#report) return; // something newer is shown
        problems.notice(text(), canUndo);
        problems.focus(place);
        this.#draw().say(text());
      }),
    );
  }

  /**
   * @param {string} id
   * @param {(changes: PackageChanges) => void} show
   */
  async #review(id, show) {
    const before = this.#report;
    const after = await this.#packager.preview(id);
    if (before) show(changesBetween(before, after));
  }

  /**
   * @param {string[]} rules
   * @param {string} text
   */
  #ignore(rules, text) {
    this.#packager.ignored = rules;
    rememberRules(rules);
    this.#fix(
      () => this.#packager.check(),
      () => text,
      false,
    );
  }

  /** Everything that can be mended without asking, and the mended copy. */
  async #correct() {
    let count = 0;
    await this.#change(async () => {
      const { fixed, report } = await this.#packager.fixSafely();
      count = fixed;
      return report;
    });
    this.#draw().problems.notice(strings.fixedMany(count), count > 0);
    await this.#save();
  }

  async #save() {
    if (this.#state === 'writing') return;
    const { blob, name } = await this.#write({});
    this.#saver.save(blob, name);
    this.#draw().say(strings.saved(name));
  }

  /** Saves where the person says, without a copy on the way. */
  async #saveTo() {
    if (this.#state === 'writing' || !this.#report) return;
    const where = await askWhere(this.#report.package.name);
    if (where === 'unable') return this.#save();
    if (where === 'nowhere') return;
    const { blob } = await this.#write({});
    await writeTo(blob, where);
    this.#draw().say(strings.saved(where.name));
  }

  /** @param {ReportFormat} format */
  async #saveReport(format) {
    const name = `${this.#report?.package.name.replace(/\.zip$/i, '')}-report`;
    const text =
      format === 'json'
        ? `${JSON.stringify(await this.#packager.reportForOthers(), null, 2)}\n`
        : await this.#packager.render(format, this.#finished);
    const { file, type } = strings.formats[format];
    this.#reportSaver.save(new Blob([text], { type }), `${name}${file}`);
  }

  #cancel() {
    if (this.#state !== 'writing') return this.#startOver(strings.stopped);
    this.#writing?.abort();
    this.#draw().say(strings.stoppedWriting);
    this.#draw().save.focus();
  }

  /** @param {string | null} text */
  #startOver(text) {
    this.reset();
    this.#draw().drop.focus();
    if (text !== null) this.#draw().say(text);
  }

  /**
   * Failures were shown and sent already.
   * @param {Promise<unknown>} work
   */
  #quietly(work) {
    work.catch((error) => {
      if (this.#state !== 'failed' && !isAbort(error)) this.#failed(error);
    });
  }
}

/**
 * A path in one list of the answers and no longer in the other. What only leaves the other is decided
 * again as if nobody had said anything.
 * @param {Answers} answers
 * @param {'includes' | 'excludes'} to
 * @param {'includes' | 'excludes'} from
 * @param {string} path
 * @returns {Answers}
 */
function moved(answers, to, from, path) {
  const left = answers[from]?.filter((other) => other !== path);
  const was = left !== undefined && left.length < (answers[from]?.length ?? 0);
  return was ? { [from]: left } : { [to]: [...(answers[to] ?? []), path] };
}

/**
 * @param {{ element: Element }} widget
 * @param {string} type
 * @param {(detail: any) => void} listener
 */
const on = ({ element }, type, listener) => element.addEventListener(type, (event) => listener(detailOf(event)));

/**
 * Defines the element, once, however many copies of this script a page has.
 * @param {string} [tag]
 */
export function register(tag = TAG) {
  const registry = globalThis.customElements;
  if (!registry || registry.get(tag)) return;
  // One constructor serves one name.
  registry.define(tag, tag === TAG ? GalleryPackager : class extends GalleryPackager {});
}

register();

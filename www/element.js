// @ts-check
// <gallery-packager>: the public contract, and the one owner of the state.

import { aborted, isAbort, toWire } from './core/errors.js';
import { engineOpener } from './core/engine.js';
import { rememberedRules } from './core/ignored.js';
import { additions } from './core/additions.js';
import { Packager } from './core/packager.js';
import { Deeds } from './deeds.js';
import { listenForDrops } from './ui/drops.js';
import { detailOf } from './ui/dom.js';
import { listenForEscape } from './ui/escape.js';
import { Screens } from './ui/screens.js';
import { strings } from './ui/strings.js';
import { wire } from './ui/wire.js';
import { css } from './styles/styles.js';
import { openLocal as local, unpack, workerSource } from 'engine-source';
import packed from 'packed-module';

/**
 * @import { Answers, Finished, Report } from 'core'
 * @import { Input } from './core/inputs.js'
 * @import { BuildOptions, Opened } from './core/packager.js'
 * @import { Built, PackagerElement } from './public.js'
 * @import { State } from './ui/screens.js'
 * @import { Owner } from './deeds.js'
 */

export const TAG = 'gallery-packager';

/** Server-side rendering imports this file where there is no DOM. */
const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (class {});

const openEngine = engineOpener({ workerSource, packed, unpack, local });

/**
 * The packager as an element. States: empty -> reading -> checked -> writing -> done | failed.
 * @implements {PackagerElement}
 */
export class GalleryPackager extends Base {
  static observedAttributes = ['mode', 'rules-base'];

  #packager = new Packager(openEngine);
  #deeds = new Deeds(this.#owner());
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
  #deaf = () => {};

  connectedCallback() {
    window.addEventListener('blur', this.#leave);
    document.addEventListener('visibilitychange', this.#leave);
    this.#deaf();
    this.#deaf = listenForEscape(this, () => this.#state.match(/reading|writing/) && this.#deeds.cancel());
    if (!this.#screens) this.#draw(); // attached again: everything is still there
  }

  disconnectedCallback() {
    // An element that is moved comes back at once and goes on.
    queueMicrotask(() => {
      if (this.isConnected) return;
      window.removeEventListener('blur', this.#leave);
      document.removeEventListener('visibilitychange', this.#leave);
      this.#deaf();
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
   * database, are added to an application that is open, and an input that is refused leaves open what was.
   * @param {Input} input
   * @returns {Promise<Report>}
   */
  add(input) {
    const more = this.#packager.takesMore ? additions(input) : null;
    if (more) return this.#change(() => this.#packager.add(more));
    const answers = this.#state === 'empty' ? this.answers : {};
    const opened = this.#packager.opened;
    this.reset();
    this.answers = answers;
    this.#setState('reading');
    this.#draw().progress.start(strings.reading(''));
    const added = this.#run(() => this.#addOrGoBack(input, opened));
    added.then(
      (report) => report.input.container === 'zip' && this.#quietly(this.#verify()),
      () => {}, // told already
    );
    return added;
  }

  /**
   * A stray drop must not cost a person the work on what is open.
   * @param {Input} input
   * @param {Opened | null} opened
   * @returns {Promise<Report>}
   */
  async #addOrGoBack(input, opened) {
    const job = this.#job;
    try {
      return await this.#packager.add(input);
    } catch (error) {
      if (!opened || isAbort(error) || job !== this.#job) throw error;
      const report = await this.#packager.goBack(opened).catch(() => null); // its files may be gone
      if (report && job === this.#job) this.#put(report); // no news to whoever listens
      throw error; // shown above it
    }
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
    this.#deeds.release();
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
    this.#put(report);
    this.#send('gallery-report', { report });
  }

  /** @param {Report} report */
  #put(report) {
    const screens = this.#draw();
    this.#report = report;
    this.#finished = null;
    screens.fail(null);
    screens.extras.answers = this.answers;
    screens.report = report;
    screens.files.answers = this.answers;
    screens.unreadable = this.#packager.unreadable;
    this.#setState('checked');
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
    this.#packager.addEventListener('progress', (event) => {
      const { phase, files: read, totalFiles, bytes } = detailOf(event);
      screens.progress.show(detailOf(event));
      this.#send('gallery-progress', { phase, files: read, totalFiles, bytes });
    });
    for (const type of ['pointerenter', 'focusin', 'dragenter'])
      this.addEventListener(type, () => this.prepare(), { once: true });
    listenForDrops(this, {
      dragging: (value) => (screens.drop.dragging = value),
      drop: (transfer) => this.addHere(transfer),
    });
    wire(screens, this.#deeds);
  }

  /** What the deeds of a person reach of the state. @returns {Owner} */
  #owner() {
    const element = this;
    return {
      packager: this.#packager,
      get screens() {
        return element.#draw();
      },
      get state() {
        return element.#state;
      },
      get report() {
        return element.#report;
      },
      get finished() {
        return element.#finished;
      },
      add: (input) => this.add(input),
      prepare: () => this.prepare(),
      change: (work) => this.#change(work),
      write: () => this.#write({}),
      setText: (path, text) => this.#setText(path, text),
      reset: () => this.reset(),
      stopWriting: () => this.#writing?.abort(),
      quietly: (work) => this.#quietly(work),
    };
  }

  /**
   * Adds what a person added with their own hands: the focus goes to the result, and failures are
   * shown, not thrown.
   * @param {Input} input
   */
  addHere(input) {
    this.#deeds.add(input);
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

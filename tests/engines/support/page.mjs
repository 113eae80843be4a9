// The packager's page in any browser, with the words of its tests.

import fs from 'node:fs';
import path from 'node:path';
import { sha256 } from '../../browser/support/packages.mjs';
import { dist, root } from '../../browser/support/places.mjs';
import { serve } from '../../browser/support/server.mjs';
import { until } from './processes.mjs';

/**
 * What a test needs of a browser; `code` is an expression.
 * @typedef {object} Tab
 * @property {(url: string) => Promise<void>} goto
 * @property {(code: string) => Promise<any>} evaluate
 * @property {(code: string) => Promise<void>} click  As a person does, at its place on the screen.
 * @property {(code: string, files: string[]) => Promise<void>} choose  Files of this machine, for an input.
 * @property {(width: number, height: number) => Promise<void>} resize
 * @property {() => Promise<string>} screenshot
 * @property {() => Promise<void>} close
 * @typedef {{ name: string, downloads: string, open(): Promise<Tab>, close(): Promise<void> }} Browser
 */

const index = fs.readFileSync(path.join(dist, 'index.html'), 'utf8');
const javascript = { 'content-type': 'text/javascript' };

/** Serves the page with one script more, which notes what the policy forbids and what the element tells. */
export const servePage = () =>
  serve({
    pages: {
      '/': { body: index.replace('<script', '<script src="watch.js"></script><script') },
      '/watch.js': { body: `(${watch})()`, headers: javascript },
      '/narrow': { body: '<!doctype html><title>Narrow</title><iframe src="/" width="320" height="2700"></iframe>' },
    },
  });

/** Runs in the page before anything else. */
export function watch() {
  const seen = { violations: [], errors: [], outcomes: [], saved: null };
  Reflect.set(globalThis, 'seen', seen);
  document.addEventListener('securitypolicyviolation', (event) =>
    seen.violations.push(`${event.effectiveDirective} ${event.blockedURI}`),
  );
  globalThis.addEventListener('error', ({ message }) => seen.errors.push(message));
  globalThis.addEventListener('unhandledrejection', ({ reason }) => seen.errors.push(String(reason)));
  document.addEventListener('gallery-report', (event) => seen.outcomes.push({ report: event.detail.report }));
  document.addEventListener('gallery-package', ({ detail: { name, sha256 } }) => (seen.saved = { name, sha256 }));
  document.addEventListener('gallery-error', (event) => seen.outcomes.push({ error: event.detail }));
}

/** Runs in the page: its own input, for the WebDriver hands over files only to one. */
function ownInput() {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.id = 'own';
  document.body.prepend(input);
}

export class Page {
  #browser;
  #closed = false;

  /** @param {Browser} browser  @param {Tab} tab */
  constructor(browser, tab) {
    this.#browser = browser;
    this.tab = tab;
  }

  /**
   * Opens an address.
   * @param {Browser} browser
   * @param {string} url
   */
  static async open(browser, url) {
    const page = new Page(browser, await browser.open());
    await page.tab.resize(1200, 1000);
    await page.tab.goto(url);
    return page;
  }

  async close() {
    if (!this.#closed) await this.tab.close();
    this.#closed = true;
  }

  /**
   * @param {(...args: any[]) => unknown} work  Runs in the page, where `inside` finds in the element.
   * @param {unknown[]} args
   * @returns {Promise<any>}
   */
  async evaluate(work, ...args) {
    const call = `(${work})(...${JSON.stringify(args)})`;
    const value = await this.tab.evaluate(
      `(async () => { const inside = ${inside}; return JSON.stringify((await ${call}) ?? null); })()`,
    );
    return JSON.parse(value);
  }

  /** @param {string} selector  @param {string} [text]  What it begins with. */
  click(selector, text = '') {
    return this.tab.click(`(${inside})(${JSON.stringify(selector)}, ${JSON.stringify(text)})`);
  }

  /** @param {string} selector  @param {string} [text] */
  shown(selector, text = '') {
    return until(
      () => this.evaluate((selector, text) => inside(selector, text)?.textContent, selector, text),
      `${selector} ${text}`,
    );
  }

  /** @param {string} selector  @param {string[]} files */
  choose(selector, files) {
    return this.tab.choose(`(${inside})(${JSON.stringify(selector)}, '')`, files);
  }

  /**
   * What an action ends in: the next report, or the next failure.
   * @param {() => Promise<unknown>} action
   * @returns {Promise<{ report?: any, error?: any }>}
   */
  async outcome(action) {
    await this.evaluate(() => void (seen.outcomes.length = 0));
    await action();
    return until(() => this.evaluate(() => seen.outcomes[0]), 'a report or a failure');
  }

  /** @param {() => Promise<unknown>} action */
  async report(action) {
    const { report, error } = await this.outcome(action);
    if (error) throw new Error(`${error.code}: ${error.message}`);
    return report;
  }

  /**
   * Adds a folder of this machine: its files are chosen in an input, and handed over with their paths,
   * for no driver fills in a folder in every browser.
   * @param {string} folder
   * @param {() => void} [meanwhile]  What happens before they are read.
   */
  async addFolder(folder, meanwhile = () => {}) {
    const paths = filesIn(folder);
    await this.evaluate(ownInput);
    await this.tab.choose(
      `document.querySelector('#own')`,
      paths.map((name) => path.join(folder, name)),
    );
    await this.evaluate(
      (paths) => {
        const input = document.querySelector('#own');
        seen.files = [...input.files].map((file, index) => ({ path: paths[index], file }));
        seen.sizes = seen.files.map(({ file }) => file.size + file.lastModified); // asked for now: some learn it late
        input.remove();
      },
      paths.map((name) => `${path.basename(folder)}/${name}`),
    );
    meanwhile();
    await this.evaluate(() => void inside('gallery-packager').addHere(seen.files));
  }

  /** Presses Save and waits for the file, whole as the page says it is. @returns {Promise<string>} where it is */
  async save() {
    const { downloads } = this.#browser;
    for (const name of fs.readdirSync(downloads)) fs.rmSync(path.join(downloads, name)); // else it gets another name
    await this.evaluate(() => void (seen.saved = null));
    await this.click('.save button.primary');
    const { name, sha256: sum } = await until(() => this.evaluate(() => seen.saved), 'the package');
    const file = path.join(downloads, name);
    await until(() => fs.existsSync(file) && sha256(file) === sum, `${name} in ${fs.readdirSync(downloads)}`);
    return file;
  }

  /** @param {boolean} [reproducible] */
  build(reproducible = true) {
    return this.evaluate(async (reproducible) => {
      const { blob, name, sha256 } = await inside('gallery-packager').build({ reproducible });
      const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
      const own = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      return { name, sha256, own };
    }, reproducible);
  }

  /** @returns {Promise<{ violations: string[], errors: string[] }>} */
  seen() {
    return this.evaluate(() => ({ violations: seen.violations, errors: seen.errors }));
  }

  /** @param {string} name  Of a picture, to be looked at by a person. */
  async picture(name) {
    const folder = path.join(root, 'target/screens');
    fs.mkdirSync(folder, { recursive: true });
    const file = path.join(folder, `${this.#browser.name.split(' ')[0]}-${name}.png`);
    fs.writeFileSync(file, Buffer.from(await this.tab.screenshot(), 'base64'));
  }
}

/** Runs in the page: the first thing of a kind in the element or the page around it, or in a frame. */
function inside(/** @type {string} */ selector, /** @type {string} */ text = '') {
  const page = globalThis.frames[0]?.document ?? document;
  const scope = page.querySelector('gallery-packager')?.shadowRoot;
  const found = [...(scope?.querySelectorAll(selector) ?? []), ...page.querySelectorAll(selector)];
  const fits = (/** @type {Element} */ one) =>
    text === '' || ((one.textContent ?? '').trim().startsWith(text) && one.checkVisibility());
  const first = found.find(fits);
  if (text !== '' || selector.includes('button')) first?.scrollIntoView({ block: 'center' }); // to be clicked
  return first;
}

/** @param {string} folder */
const filesIn = (folder) =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => path.relative(folder, path.join(one.parentPath ?? one.path, one.name)));

// One browser, and the packager's page in it as a person meets it.

import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { drop } from './drop.mjs';
import { LOADED, unwatch, watch } from './tasks.mjs';

export const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Nothing here takes longer, so a test that waits longer waits in vain. */
const PATIENCE_MS = 20_000;

/** @type {Promise<import('playwright-core').Browser> | undefined} */
let browser;

/** The one browser of a file with tests. */
export function launch() {
  browser ??= chromium.launch({ executablePath: EXECUTABLE, args: FLAGS, timeout: PATIENCE_MS });
  return browser;
}
after(async () => {
  await unwatch({ all: true }).finally(async () => (await browser)?.close());
});

/**
 * @param {string} url
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function open(url, options = {}) {
  const own = await launch();
  await watch(own);
  const context = await own.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const packager = new PackagerPage(page);
  await page.addInitScript(prepare, LOADED);
  await page.goto(url);
  return packager;
}

/** Runs in the page before anything else. @param {string} loaded */
function prepare(loaded) {
  if (location.href !== 'about:blank') addEventListener('load', () => setTimeout(() => performance.mark(loaded)));
  const seen = { violations: [], events: [] };
  Reflect.set(globalThis, 'seen', seen);
  document.addEventListener('securitypolicyviolation', (event) =>
    seen.violations.push(`${event.effectiveDirective} ${event.blockedURI}`),
  );
  for (const type of ['gallery-progress', 'gallery-report', 'gallery-package', 'gallery-error'])
    document.addEventListener(type, (event) => seen.events.push({ type, detail: event.detail }));
}

/** The page, with the words of its tests. */
export class PackagerPage {
  /** @type {string[]} what the page complained about on its console */
  complaints = [];

  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text()));
  }

  /** @param {string[]} paths  Files and folders of this machine. */
  drop(...paths) {
    return drop(this.page, paths);
  }

  /** Until there is a report or a failure. */
  async settled(...states) {
    const wanted = (states.length > 0 ? states : ['checked', 'done', 'failed'])
      .map((state) => `.packager[data-state=${state}]`)
      .join(', ');
    await this.page.locator(wanted).waitFor();
    return this.page.locator('.packager').getAttribute('data-state');
  }

  /**
   * What an action ends in: the next report, or the next failure.
   * @param {() => Promise<unknown>} action
   */
  async outcome(action) {
    const next = await this.page.evaluateHandle(() => {
      const { promise, resolve } = Promise.withResolvers();
      const next = { promise, outcome: {} };
      const end = (outcome) => resolve(void (next.outcome = outcome));
      document.addEventListener('gallery-report', (event) => end({ report: event.detail.report }), { once: true });
      document.addEventListener('gallery-error', (event) => end({ error: event.detail }), { once: true });
      return next;
    });
    await action();
    await bounded(next.evaluate(({ promise }) => promise));
    return next.evaluate(({ outcome }) => outcome); // to copy it is no work of the page
  }

  /** @param {() => Promise<unknown>} action */
  async report(action) {
    const { report, error } = await this.outcome(action);
    if (error) throw new Error(`${error.code}: ${error.message}`);
    return report;
  }

  /** @param {() => Promise<unknown>} action */
  async failure(action) {
    const { error } = await this.outcome(action);
    if (!error) throw new Error('it did not fail');
    await this.settled('failed');
    return error;
  }

  /** The save button, whatever it says at the moment. */
  get saveButton() {
    return this.page.locator('.save button.primary');
  }

  /** @param {string} folder  Saves the package there. */
  async save(folder) {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.saveButton.click()]);
    const file = `${folder}/${download.suggestedFilename()}`;
    await download.saveAs(file);
    return file;
  }

  /** @param {string} title */
  async sample(title) {
    return this.report(async () => {
      await this.page.getByRole('button', { name: 'Try a sample' }).click();
      await this.page.locator('.menu-item', { hasText: title }).click();
    });
  }

  /** The text of the failure that is shown. */
  alert() {
    return this.page.locator('.failure').innerText();
  }

  /** @returns {Promise<{ violations: string[], events: { type: string, detail: any }[] }>} */
  seen() {
    return this.page.evaluate(() => Reflect.get(globalThis, 'seen'));
  }

  async close() {
    await this.page.context().close();
    await unwatch(); // a process that is still there would be waited for
  }
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
export function bounded(promise) {
  const { promise: late, reject } = withResolvers();
  const timer = setTimeout(() => reject(new Error(`nothing within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function withResolvers() {
  /** @type {(error: Error) => void} */
  let reject = () => {};
  const promise = new Promise((_, no) => (reject = no));
  return { promise, reject };
}

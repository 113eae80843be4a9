// @ts-check
// One run of one job in a fresh browser, and the proof that what came of it is right.

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { drop } from '../browser/support/drop.mjs';
import { watchMemory } from './memory.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const { chromium } = createRequire(path.resolve(here, '../browser/package.json'))('playwright-core');

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** A run that takes longer counts as failed. */
export const RUN_LIMIT_MS = 300_000;

/**
 * @typedef {{ milliseconds: number, bytes?: number, longest?: number, memory?: number, reported?: number, prefix?: string,
 *   except?: string[] }} Result
 * @typedef {{ address: string, work: string, name: string, argument?: object, folder?: string, zip?: string,
 *   dropped?: boolean, checked?: boolean }} Run  `dropped`: the folder is dropped and not chosen; `checked`: the ZIP that
 *   comes out is compared with the folder
 */

/**
 * @param {Run} run
 * @returns {Promise<Result>}
 */
export async function inBrowser({ address, work, name, argument, folder, zip, dropped = false, checked = false }) {
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
  const late = setTimeout(() => browser.close(), RUN_LIMIT_MS);
  /** @type {ReturnType<typeof watchMemory> | null} */
  let memory = null;
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(RUN_LIMIT_MS);
    await page.goto(address);
    if (folder && !dropped) await page.locator('#folder').setInputFiles(folder);
    if (zip) await page.locator('#zip').setInputFiles(zip);
    await page.evaluate("document.querySelector('gallery-packager').prepare()");
    await page.waitForTimeout(1000);
    memory = watchMemory();
    const result = await (dropped && folder ? afterDrop(page, name, folder) : chosen(page, name, argument));
    const peak = memory.stop();
    if (checked && folder) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.evaluate('saveResult()')]);
      const file = path.join(work, `${name}.zip`);
      await download.saveAs(file);
      await verify(file, folder, result.prefix ?? `${path.basename(folder)}/`, result.except ?? []);
    }
    return { ...result, memory: peak };
  } finally {
    clearTimeout(late);
    memory?.stop(); // also of a job that failed: it would watch for ever
    await browser.close();
  }
}

/**
 * How long the first use of a page takes, which is an application of one file.
 * @param {string} address
 * @param {number} settled  How long the page was loaded before, in milliseconds; a fresh browser still starts itself.
 * @returns {Promise<{ ready: number, report: number }>} until the engine was ready and until the report, in milliseconds
 */
export async function start(address, settled) {
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
  try {
    const page = await browser.newPage();
    await page.addInitScript((wait) => {
      let ready = NaN;
      const Before = Worker;
      Reflect.set(
        globalThis,
        'Worker',
        class extends Before {
          constructor(/** @type {string} */ url) {
            super(url);
            this.addEventListener('message', ({ data }) => data.ready && (ready = performance.now()));
          }
        },
      );
      const use = async () => {
        await new Promise((resolve) => setTimeout(resolve, wait));
        const begun = performance.now();
        const packager = /** @type {any} */ (document.querySelector('gallery-packager'));
        await packager.add([
          { path: 'shop/app.py', file: new File(['def application(environ, start): ...'], 'app.py') },
        ]);
        return { ready: ready - begun, report: performance.now() - begun };
      };
      addEventListener('load', () => Reflect.set(globalThis, 'used', use()));
    }, settled);
    await page.goto(address);
    return await page.evaluate('used');
  } finally {
    await browser.close();
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {object} [argument]
 */
const chosen = (page, name, argument) =>
  page.evaluate(
    ([name, argument]) => Reflect.get(globalThis, 'runJob')(name, argument),
    /** @type {const} */ ([name, argument ?? null]),
  );

/**
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {string} folder
 */
async function afterDrop(page, name, folder) {
  await page.evaluate((name) => Reflect.get(globalThis, 'expectDrop')(name), name);
  await drop(page, [folder]);
  return page.evaluate('dropped');
}

/**
 * Whether a ZIP is complete; throws when it is not.
 * @param {string} file
 * @param {string} folder
 * @param {string} prefix
 * @param {string[]} except
 * @returns {Promise<number>} how many files were compared
 */
export function verify(file, folder, prefix, except) {
  return new Promise((resolve, reject) => {
    const child = spawn('python3', [path.join(here, 'verify.py'), file, folder, prefix], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (part) => (text += part));
    child.on('close', (status) =>
      status === 0 ? resolve(Number(text)) : reject(new Error(`the ZIP is wrong: ${text.trim()}`)),
    );
    child.stdin.end(JSON.stringify(except));
  });
}

// Firefox, driven over WebDriver BiDi.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { temporary } from '../../browser/support/places.mjs';
import { ended, line } from './processes.mjs';

const EXECUTABLE = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
/** Longer than any step of a test takes on a machine that does other things as well. */
const PATIENCE_MS = 60_000;

/** Saves without a question; asks nobody on the network for anything. @type {Record<string, string | number | boolean>} */
const preferences = {
  'browser.download.folderList': 2,
  'browser.download.useDownloadDir': true,
  'browser.download.alwaysOpenPanel': false,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

/** Starts it with a profile of its own. */
export async function firefox() {
  const home = temporary();
  const downloads = path.join(home, 'saved');
  fs.mkdirSync(downloads);
  const set = Object.entries({ ...preferences, 'browser.download.dir': downloads });
  const lines = set.map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  fs.writeFileSync(path.join(home, 'user.js'), lines.join(''));
  const child = spawn(EXECUTABLE, ['--headless', '--no-remote', '--profile', home, '--remote-debugging-port', '0'], {
    env: { ...process.env, HOME: home, MOZ_CRASHREPORTER_DISABLE: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [, address] = await line(child, child.stderr, /WebDriver BiDi listening on (ws:\S+)/);
  const connection = await Connection.open(`${address}/session`);
  const { capabilities } = await connection.ask('session.new', { capabilities: {} });
  const close = async () => {
    await connection.ask('browser.close', {}).catch(() => {}); // it may be gone before it answers
    await ended(child);
  };
  return { name: `Firefox ${capabilities.browserVersion}`, downloads, close, open: () => Tab.open(connection) };
}

/** Commands and their answers. */
class Connection {
  /** @type {Map<number, { resolve(value: any): void, reject(error: Error): void }>} */
  #asked = new Map();
  #last = 0;
  #socket;

  /** @param {WebSocket} socket */
  constructor(socket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(data)));
    socket.addEventListener('close', () => {
      for (const { reject } of this.#asked.values()) reject(new Error('Firefox is gone'));
      this.#asked.clear();
    });
  }

  /** @param {string} address  @returns {Promise<Connection>} */
  static open(address) {
    const socket = new WebSocket(address);
    return new Promise((resolve, reject) => {
      socket.addEventListener('open', () => resolve(new Connection(socket)));
      socket.addEventListener('error', () => reject(new Error(`no connection to ${address}`)));
    });
  }

  /**
   * @param {string} method
   * @param {object} params
   * @returns {Promise<any>}
   */
  ask(method, params) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${method}: no answer`)), PATIENCE_MS);
      const done = (/** @type {(value: any) => void} */ settle) => (/** @type {any} */ value) => {
        clearTimeout(timer);
        settle(value);
      };
      this.#asked.set(id, { resolve: done(resolve), reject: done(reject) });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  /** @param {any} message  Events have no id. */
  #receive({ id, type, result, error, message }) {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (type === 'error') asked?.reject(new Error(`${error}: ${message}`));
    else asked?.resolve(result);
  }
}

/** One tab. @implements {import('./page.mjs').Tab} */
class Tab {
  #connection;
  #context;

  /** @param {Connection} connection  @param {string} context */
  constructor(connection, context) {
    this.#connection = connection;
    this.#context = context;
  }

  /** @param {Connection} connection */
  static async open(connection) {
    const { context } = await connection.ask('browsingContext.create', { type: 'tab' });
    return new Tab(connection, context);
  }

  /** @param {string} method  @param {object} [params] */
  #ask(method, params = {}) {
    return this.#connection.ask(method, { context: this.#context, ...params });
  }

  /** @param {string} url */
  async goto(url) {
    await this.#ask('browsingContext.navigate', { url, wait: 'complete' });
  }

  /** @param {string} code  An expression; a promise is awaited. */
  async #call(code) {
    const { type, result, exceptionDetails } = await this.#connection.ask('script.callFunction', {
      functionDeclaration: `async () => ${code}`,
      awaitPromise: true,
      target: { context: this.#context },
    });
    if (type === 'exception') throw new Error(exceptionDetails.text);
    return result;
  }

  /** @param {string} code */
  async evaluate(code) {
    return (await this.#call(code)).value;
  }

  /** @param {string} code */
  async #element(code) {
    const { sharedId } = await this.#call(code);
    if (!sharedId) throw new Error(`there is no element ${code}`);
    return { sharedId };
  }

  /** @param {string} code */
  async click(code) {
    const element = await this.#element(code);
    const move = { type: 'pointerMove', x: 0, y: 0, origin: { type: 'element', element } };
    const actions = [move, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }];
    await this.#ask('input.performActions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  /** @param {string} code  @param {string[]} files */
  async choose(code, files) {
    await this.#ask('input.setFiles', { element: await this.#element(code), files });
  }

  /** @param {number} width  @param {number} height */
  async resize(width, height) {
    await this.#ask('browsingContext.setViewport', { viewport: { width, height } });
  }

  /** @returns {Promise<string>} a PNG in Base64 */
  async screenshot() {
    return (await this.#ask('browsingContext.captureScreenshot')).data;
  }

  async close() {
    await this.#ask('browsingContext.close');
  }
}

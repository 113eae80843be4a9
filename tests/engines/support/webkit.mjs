// WebKitGTK's MiniBrowser, driven over WebDriver, on a screen that nobody sees. It is not Safari, but
// reads, compiles and draws with the same code.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { temporary } from '../../browser/support/places.mjs';
import { ended, line, until } from './processes.mjs';

const EXECUTABLE = process.env.WEBKIT_BROWSER ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
const PATIENCE_MS = 60_000;
/** The key of an element in what is sent; the standard made it up. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Starts it with a home of its own. */
export async function webkit() {
  const home = temporary();
  const downloads = path.join(home, 'saved');
  for (const folder of ['saved', '.config']) fs.mkdirSync(path.join(home, folder));
  fs.writeFileSync(path.join(home, '.config/user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1400x3000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = await line(screen, screen.stdout, /\d+(?=\n)/);
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    // The browser's own sandbox does not start as root, who tests in a container.
    env: { ...process.env, HOME: home, DISPLAY: `:${number}`, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
    stdio: 'ignore',
  });
  const address = `http://127.0.0.1:${port}`;
  await until(
    () =>
      ask('GET', `${address}/status`).then(
        ({ ready }) => ready,
        () => false,
      ),
    'WebKitWebDriver',
  );
  const { sessionId, capabilities } = await ask('POST', `${address}/session`, {
    capabilities: {
      alwaysMatch: { 'webkitgtk:browserOptions': { binary: EXECUTABLE, args: ['--automation'] } },
    },
  });
  const session = `${address}/session/${sessionId}`;
  await ask('POST', `${session}/timeouts`, { script: PATIENCE_MS, pageLoad: PATIENCE_MS });
  const close = async () => {
    await ask('DELETE', session).catch(() => {}); // it may be gone before it answers
    await ended(driver, 'SIGTERM');
    await ended(screen, 'SIGTERM');
  };
  return {
    name: `${capabilities.browserName} ${capabilities.browserVersion}`,
    downloads,
    close,
    open: async () => new Tab(session),
  };
}

/** @returns {Promise<number>} that nobody listens at */
function freePort() {
  const server = net.createServer();
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    }),
  );
}

/**
 * @param {string} method
 * @param {string} url
 * @param {object} [body]
 * @returns {Promise<any>}
 */
async function ask(method, url, body) {
  const response = await fetch(url, {
    method,
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const { value } = /** @type {any} */ (await response.json());
  if (!response.ok) throw new Error(`${new URL(url).pathname.split('/').at(-1)}: ${value.error}: ${value.message}`);
  return value;
}

/** The one tab: each test goes to a page of its own in it. @implements {import('./page.mjs').Tab} */
class Tab {
  #session;

  /** @param {string} session */
  constructor(session) {
    this.#session = session;
  }

  /** @param {string} path  @param {object} body */
  #ask(path, body) {
    return ask('POST', `${this.#session}/${path}`, body);
  }

  /** @param {string} url */
  async goto(url) {
    await this.#ask('url', { url });
  }

  /** @param {string} code  An expression; a promise is awaited. */
  async evaluate(code) {
    const script = `const done = arguments[0];
      (async () => ${code})().then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = await this.#ask('execute/async', { script, args: [] });
    if (error) throw new Error(error);
    return value;
  }

  /** @param {string} code */
  async #element(code) {
    const element = await this.#ask('execute/sync', { script: `return ${code}`, args: [] });
    if (!element?.[ELEMENT]) throw new Error(`there is no element ${code}`);
    return element[ELEMENT];
  }

  /** @param {string} code */
  async click(code) {
    await this.#ask(`element/${await this.#element(code)}/click`, {});
  }

  /** @param {string} code  @param {string[]} files */
  async choose(code, files) {
    await this.#ask(`element/${await this.#element(code)}/value`, { text: files.join('\n') });
  }

  /** @param {number} width  @param {number} height */
  async resize(width, height) {
    await this.#ask('window/rect', { width, height });
  }

  /** @returns {Promise<string>} a PNG in Base64 */
  screenshot() {
    return ask('GET', `${this.#session}/screenshot`);
  }

  async close() {
    await this.goto('about:blank');
  }
}

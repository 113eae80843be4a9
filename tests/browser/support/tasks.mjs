// What a page's own thread does, from the browser's trace. Every page of the tests is watched.

/**
 * The longest a page may be busy, in milliseconds of the processor: beyond it a person feels that typing waits. What else a
 * busy machine does meanwhile does not count.
 */
export const TASK_MS = 50;

const CATEGORIES = ['disabled-by-default-devtools.timeline', 'mojom', 'blink.user_timing'];

/** What a page marks when it has loaded. */
export const LOADED = 'page of a test has loaded';

/**
 * @typedef {{ name: string, ph: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number, args: any }} Event
 */

/**
 * Who is watched, how many of its pages, and why one of them may be busy.
 * @type {{ browser: import('playwright-core').Browser, pages: number, reason: string | null } | null}
 */
let watched = null;

/** Before a page is opened. @param {import('playwright-core').Browser} browser */
export async function watch(browser) {
  if (watched) return void (watched.pages += 1);
  watched = { browser, pages: 1, reason: null };
  await browser.startTracing(undefined, { categories: CATEGORIES });
}

/**
 * When the work of a page is done: throws where it was busy for too long. Of pages side by side the last tells.
 * @param {{ all?: boolean }} [how]  `all`: pages that nobody closes too
 */
export async function unwatch({ all = false } = {}) {
  if (!watched) return;
  watched.pages -= 1;
  if (watched.pages > 0 && !all) return;
  const { browser, reason } = watched;
  watched = null;
  if (!browser.isConnected()) return;
  const long = tasks(await browser.stopTracing()).filter((one) => one > TASK_MS);
  if (long.length > 0 && reason === null)
    throw new Error(`the page was busy for ${long.map((one) => one.toFixed(0)).join(', ')} ms`);
}

/** A page may be busy for longer. @param {string} reason */
export function mayBeBusy(reason) {
  if (watched) watched.reason = reason;
}

/**
 * The longest tasks of a page's thread while something is done, in milliseconds of the processor.
 * @param {import('playwright-core').Page} page  The only one that is open.
 * @param {() => Promise<unknown>} act
 * @returns {Promise<number[]>} longest first
 */
export async function tasksOf(page, act) {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  await unwatch();
  await watch(browser);
  await page.evaluate((name) => performance.mark(name), LOADED);
  await act();
  watched = null;
  const found = tasks(await browser.stopTracing());
  await watch(browser);
  if (found.length === 0) throw new Error('the trace has no tasks of the page');
  return found;
}

/**
 * The tasks of pages that were opened by tests, longest first. Two kinds do not count: what comes before a page
 * has loaded, when there is nothing that a person could wait for (its size has a budget of its own), and
 * what a test itself runs in a page, which comes through the session of its tools. The clock of a thread may stand still and
 * catch up in a task that takes no time: no task is longer than it takes by the clock on the wall.
 * @param {Buffer} trace
 */
function tasks(trace) {
  /** @type {Event[]} */
  const events = JSON.parse(String(trace)).traceEvents;
  const thread = (/** @type {Event} */ { pid, tid }) => `${pid}/${tid}`;
  /** @type {Map<string, number>} thread -> when its page had loaded for the first time */
  const loaded = new Map();
  /** @type {Map<string, number[]>} thread -> when tests ran something */
  const tools = new Map();
  for (const event of events) {
    const of = thread(event);
    if (event.name === LOADED) loaded.set(of, Math.min(event.ts, loaded.get(of) ?? Infinity));
    if (event.args?.chrome_mojo_event_info?.mojo_interface_tag === 'blink.mojom.DevToolsSession')
      tools.set(of, [...(tools.get(of) ?? []), event.ts]);
  }
  const counts = (/** @type {Event} */ event) => {
    const { ts, dur = 0 } = event;
    const own = (tools.get(thread(event)) ?? []).some((at) => at >= ts && at <= ts + dur);
    return !own && ts > (loaded.get(thread(event)) ?? Infinity);
  };
  const all = events.filter((event) => event.name === 'RunTask' && event.ph === 'X');
  if (!all.some(({ tdur }) => tdur)) throw new Error('the trace has no tasks, or no times of the processor');
  return all
    .filter(counts)
    .map(({ dur = 0, tdur = 0 }) => Math.min(dur, tdur) / 1000)
    .sort((a, b) => b - a);
}

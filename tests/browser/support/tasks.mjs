// What the page's own thread does, from the browser's trace.

/**
 * The longest tasks of the page's thread while something is done, in milliseconds of the processor: what
 * else a busy machine does meanwhile does not count.
 * @param {import('playwright-core').Page} page
 * @param {() => Promise<unknown>} act
 * @returns {Promise<number[]>} longest first
 */
export async function tasksOf(page, act) {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  /** @type {Buffer | undefined} */
  let trace;
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  await act().finally(async () => (trace = await browser.stopTracing()));
  /** @type {{ name: string, ph: string, pid: number, tid: number, tdur?: number, args: any }[]} */
  const events = JSON.parse(String(trace)).traceEvents;
  const thread = (/** @type {{ pid: number, tid: number }} */ { pid, tid }) => `${pid}/${tid}`;
  const main = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(thread),
  );
  const tasks = events.filter((event) => event.name === 'RunTask' && event.ph === 'X' && main.has(thread(event)));
  if (tasks.length === 0) throw new Error('the trace has no tasks of the page');
  return tasks.map(({ tdur = 0 }) => tdur / 1000).sort((a, b) => b - a);
}

// The same package on any machine: one core, many, none that is known, a low battery, a tab that nobody looks at.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open } from './support/page.mjs';
import { WSGI, project } from './support/projects.mjs';
import { serve } from './support/server.mjs';

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
let folder = '';
before(async () => {
  server = await serve();
  const modules = Array.from({ length: 900 }, (_, index) => [
    `part${index % 9}/m${index}.py`,
    `def answer_${index}(request):\n    return ${index}\n`.repeat(300),
  ]);
  folder = project('shop', {
    ...WSGI,
    ...Object.fromEntries(modules),
    'data/large.txt': 'a large file\n'.repeat(900_000),
  });
});
after(() => server.close());

/**
 * The page on a machine of a kind.
 * @param {{ cores?: unknown, battery?: { charging: boolean, level: number }, hidden?: boolean }} kind
 */
async function on({ cores = 2, battery, hidden = false }) {
  const packager = await open('about:blank');
  await packager.page.addInitScript(
    ({ cores, battery, hidden }) => {
      Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => (cores === 'unknown' ? undefined : cores) });
      Object.defineProperty(navigator, 'getBattery', { value: async () => battery });
      if (!hidden) return;
      Object.defineProperties(document, {
        visibilityState: { get: () => 'hidden' },
        hidden: { get: () => true },
      });
      // As browsers have it there: no frames, and timers once in a while. Workers have the same timers.
      globalThis.requestAnimationFrame = () => 0;
      const slow = () => {
        const timer = globalThis.setTimeout;
        globalThis.timers = 0;
        globalThis.setTimeout = (act, delay = 0, ...more) => {
          const late = () => {
            globalThis.timers += 1;
            act(...more);
          };
          return timer(late, Math.max(delay, 1000));
        };
      };
      slow();
      const original = URL.createObjectURL;
      URL.createObjectURL = (blob) =>
        original(blob.type === 'text/javascript' ? new Blob([`(${slow})();`, blob], { type: blob.type }) : blob);
    },
    { cores, battery, hidden },
  );
  await packager.page.goto(server.origin);
  return packager;
}

/**
 * How many jobs each worker is given from now on.
 * @param {import('./support/page.mjs').PackagerPage} packager
 */
async function countJobs({ page }) {
  await page.evaluate(() => document.querySelector('gallery-packager').prepare());
  await page.getByRole('button', { name: 'Try a sample' }).waitFor();
  for (let seen = -1; seen !== page.workers().length || seen < 2;) {
    seen = page.workers().length;
    await page.waitForTimeout(500);
  }
  const workers = page.workers();
  for (const worker of workers)
    await worker.evaluate(() => {
      Object.assign(globalThis, { jobs: 0 });
      addEventListener('message', ({ data }) => (globalThis.jobs += data.kind === 'pack' || data.kind === 'large'));
    });
  return async () => {
    const counts = await Promise.all(workers.map((worker) => worker.evaluate(() => globalThis.jobs)));
    return { workers: page.workers().length - 1, busy: counts.filter((count) => count > 0).length };
  };
}

/** @param {import('./support/page.mjs').PackagerPage} packager */
const built = (packager) =>
  packager.page.evaluate(() =>
    document
      .querySelector('gallery-packager')
      .build({ reproducible: true })
      .then(({ sha256 }) => sha256),
  );

test('As many compressors as cores, one where there is one or none is known, and the same bytes', async () => {
  const sums = [];
  for (const [cores, compressors] of [
    [1, 1],
    ['unknown', 1],
    [0, 1],
    [NaN, 1],
    [3, 3],
    [64, 8],
  ]) {
    const packager = await on({ cores });
    const jobs = await countJobs(packager);
    await packager.report(() => packager.drop(folder));
    sums.push(await built(packager));
    const { workers, busy } = await jobs();
    assert.equal(workers, compressors, `${cores} cores`);
    assert.ok(busy > 0 && busy <= compressors, `${busy} of ${compressors} worked`);
    await packager.close();
  }
  assert.equal(new Set(sums).size, 1);
});

test('On a low battery one works ahead of Save, and all of them for it', async () => {
  for (const [battery, ahead] of [
    [{ charging: false, level: 0.2 }, 1],
    [{ charging: true, level: 0.1 }, 3],
    [{ charging: false, level: 0.9 }, 3],
  ]) {
    const packager = await on({ cores: 4, battery });
    const jobs = await countJobs(packager);
    await packager.report(() => packager.drop(folder));
    await packager.page.waitForTimeout(1500);
    const { busy } = await jobs();
    assert.ok(ahead === 1 ? busy === 1 : busy > 1 && busy <= ahead, `${busy} worked at ${JSON.stringify(battery)}`);
    await packager.close();
  }
});

test('Work goes on in a tab that nobody looks at, and waits for no timer', async () => {
  const packager = await on({ hidden: true });
  const { page } = packager;
  await page.evaluate(() => document.querySelector('gallery-packager').prepare());
  await packager.report(() => packager.drop(folder));
  const sum = await built(packager);
  const timers = await Promise.all([page, ...page.workers()].map((one) => one.evaluate(() => globalThis.timers ?? 0)));
  assert.ok(
    timers.every((count) => count <= 3),
    `timers: ${timers.join()}`,
  );
  await packager.close();
  const seen = await on({});
  await seen.report(() => seen.drop(folder));
  assert.equal(await built(seen), sum);
  await seen.close();
});

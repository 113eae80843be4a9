// Cancel: the page says so in the same moment, and nothing of what was stopped comes after it. What is compared is the
// order of things, not a clock. (Whether the page is busy for too long meanwhile, every test looks: support/tasks.mjs.)

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { testWithUnzip } from './support/packages.mjs';
import { open } from './support/page.mjs';
import { temporary } from './support/places.mjs';
import { WSGI, project, zip } from './support/projects.mjs';
import { serve } from './support/server.mjs';

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {import('./support/page.mjs').PackagerPage} */
let packager;
/** Many files: the walk takes a while. */
let many = '';
/** A file that takes seconds to compress. */
let heavy = '';
/** A ZIP that takes seconds to unpack. */
let packed = '';

before(async () => {
  server = await serve();
  const names = Array.from({ length: 3000 }, (_, index) => [`pkg${index % 30}/module${index}.py`, `x = ${index}\n`]);
  many = project('many', { ...WSGI, ...Object.fromEntries(names) });
  heavy = project('heavy', { ...WSGI, 'media/large.txt': 'large' });
  fs.truncateSync(path.join(heavy, 'media/large.txt'), 600_000_000);
  const entries = Array.from({ length: 20 }, (_, index) => [`data/${index}.txt`, `${index} `.repeat(2_000_000)]);
  packed = zip(
    'shop.zip',
    [...Object.entries(WSGI), ...entries].map(([name = '', text = '']) => [name, text]),
  );
});
after(() => server.close());
beforeEach(async () => (packager = await open(server.origin)));
afterEach(() => packager.close());

/** The two ways to stop. */
const WAYS = ['the button', 'Escape'];

/**
 * Stops in the moment in which a progress is told, and notes in `seen` where that was, and every state of the page.
 * @param {string} phase
 * @param {string} way
 * @param {number} [bytes]  How far it must be.
 */
const stopWhile = (phase, way, bytes) =>
  packager.page.evaluate(
    ({ phase, way, bytes }) => {
      const root = document.querySelector('gallery-packager')?.shadowRoot;
      const packager = root?.querySelector('.packager');
      const { events } = Reflect.get(globalThis, 'seen');
      const state = () => packager.dataset.state;
      new MutationObserver(() => events.push({ type: 'state', detail: state() })).observe(packager, {
        attributeFilter: ['data-state'],
      });
      document.addEventListener('gallery-progress', function stop({ detail }) {
        const button = root?.querySelector('.progress button');
        if (detail.phase !== phase || detail.bytes < bytes) return;
        if (!button?.checkVisibility()) return;
        document.removeEventListener('gallery-progress', stop);
        events.push({ type: 'pressed', detail: state() });
        const key = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true });
        if (way === 'Escape') (root.activeElement ?? document.body).dispatchEvent(key);
        else button.click();
        events.push({ type: 'returned', detail: state() });
      });
    },
    { phase, way, bytes },
  );

/** What came after Cancel was pressed, once nothing has come for a while. */
async function afterwards() {
  const { page } = packager;
  await page.waitForFunction(() => Reflect.get(globalThis, 'seen').events.some(({ type }) => type === 'returned'));
  await packager.settled('empty', 'checked');
  await page.waitForTimeout(500);
  const { events } = await packager.seen();
  return events.slice(events.findIndex(({ type }) => type === 'pressed'));
}

/** The page is as good as new. */
async function goesOn() {
  const report = await packager.report(() => packager.drop(project('next')));
  assert.equal(report.input.name, 'next');
  testWithUnzip(await packager.save(temporary()));
}

for (const way of WAYS) {
  test(`${way} while a folder is listed leads back at once`, async () => {
    await packager.page.locator('input[type=file]').first().waitFor({ state: 'attached' });
    await stopWhile('reading', way, 1);
    await packager.drop(many);
    const events = await afterwards();
    assert.deepEqual(
      events.map(({ type, detail }) => `${type} ${detail}`),
      ['pressed reading', 'returned empty', 'state empty'],
      'the page is back before the press has returned, and nothing is told after it',
    );
    await packager.page.getByText('Stopped. Nothing was kept.').waitFor({ state: 'attached' });
    await goesOn();
  });

  test(`${way} while a large file is compressed does not wait for it`, async () => {
    await packager.report(() => packager.drop(heavy));
    let downloads = 0;
    packager.page.on('download', () => (downloads += 1));
    await stopWhile('writing', way, 1);
    await packager.saveButton.click();
    const events = await afterwards();
    const [pressed, returned, ...rest] = events.map(({ type, detail }) => `${type} ${detail}`);
    assert.deepEqual([pressed, returned], ['pressed writing', 'returned writing']);
    assert.deepEqual(rest, ['state checked'], 'nothing is told any more');
    assert.equal(downloads, 0);
    // The file was not done with: the next Save still has to wait for the rest of it.
    const unfinished = packager.page.evaluate(
      () =>
        new Promise((resolve) =>
          document.addEventListener('gallery-progress', ({ detail }) => resolve(detail.files), { once: true }),
        ),
    );
    await packager.saveButton.click();
    assert.ok((await unfinished) < Object.keys(WSGI).length + 1);
    await packager.page.keyboard.press('Escape');
    await packager.settled('checked', 'done');
    await goesOn();
  });

  test(`${way} while every byte of a package is checked before it is saved`, async () => {
    await packager.report(() => packager.drop(packed));
    let downloads = 0;
    packager.page.on('download', () => (downloads += 1));
    await stopWhile('writing', way, 0);
    await packager.saveButton.click();
    const events = await afterwards();
    assert.deepEqual(
      events.map(({ type, detail }) => `${type} ${detail}`),
      ['pressed writing', 'returned writing', 'state checked'],
    );
    assert.equal(downloads, 0);
    // The check that the page asked for itself goes on, and says so at its end.
    await packager.page.getByText('Every file is whole').waitFor();
    await goesOn();
  });
}

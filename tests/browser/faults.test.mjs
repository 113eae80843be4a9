// What goes wrong on a person's machine: a plain message, no half of a package, and the page goes on.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { tamper } from './support/drop.mjs';
import { testWithUnzip } from './support/packages.mjs';
import { open } from './support/page.mjs';
import { temporary, write } from './support/places.mjs';
import { WSGI, project } from './support/projects.mjs';
import { serve } from './support/server.mjs';

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {import('./support/page.mjs').PackagerPage} */
let packager;
/** @type {string} */
let many;
/** @type {string} */
let heavy;

before(async () => {
  server = await serve();
  const names = Array.from({ length: 1500 }, (_, index) => [`pkg${index % 30}/module${index}.py`, `x = ${index}\n`]);
  many = project('many', { ...WSGI, ...Object.fromEntries(names) });
  const noise = Array.from({ length: 40 }, (_, index) => [
    `media/${index}.bin`,
    crypto.getRandomValues(new Uint8Array(65536)),
  ]);
  heavy = project('heavy', { ...WSGI, ...Object.fromEntries(noise), 'media/large.txt': 'large' });
  // Compressing begins with the report: this is large enough to be still under way when Save is pressed.
  fs.truncateSync(path.join(heavy, 'media/large.txt'), 400_000_000);
});
after(() => server.close());
beforeEach(async () => (packager = await open(server.origin)));
afterEach(() => packager.close());

/**
 * Presses Cancel in the moment in which the progress is told.
 * @param {string} phase
 */
const cancelWhile = (phase) =>
  packager.page.evaluate((phase) => {
    const root = document.querySelector('gallery-packager')?.shadowRoot;
    document.addEventListener('gallery-progress', function press({ detail }) {
      const button = root?.querySelector('.progress button');
      // The first word of progress comes before a person sees it.
      if (detail.phase !== phase || detail.files + detail.bytes === 0 || !button?.checkVisibility()) return;
      document.removeEventListener('gallery-progress', press);
      button.click();
    });
  }, phase);

/** The page is as good as new. */
async function goesOn() {
  const report = await packager.report(() => packager.drop(project('next')));
  assert.equal(report.input.name, 'next');
  await packager.settled('checked');
  assert.equal(await packager.alert(), '');
  testWithUnzip(await packager.save(temporary()));
}

test('Cancelling while a folder is read keeps nothing and leads back to the start', async () => {
  await cancelWhile('reading');
  await packager.drop(many);
  await packager.settled('empty');
  await packager.page.getByText('Stopped. Nothing was kept.').waitFor({ state: 'attached' });
  const { events } = await packager.seen();
  assert.ok(events.some(({ type }) => type === 'gallery-progress'));
  assert.ok(!events.some(({ type }) => type === 'gallery-report' || type === 'gallery-error'));
  assert.equal(await packager.page.evaluate(focused), 'Choose folder…');
  await goesOn();
});

test('Cancelling while a package is written saves nothing, and saving again works', async () => {
  await packager.report(() => packager.drop(heavy));
  let downloads = 0;
  packager.page.on('download', () => (downloads += 1));
  await cancelWhile('writing');
  await packager.saveButton.click();
  await packager.page.getByText('Stopped. No file was saved.').waitFor({ state: 'attached' });
  await packager.settled('checked');
  assert.equal(downloads, 0);
  assert.match(await packager.page.evaluate(focused), /^Save heavy\.zip/);
  testWithUnzip(await packager.save(temporary()));
});

test('A second drop while the first is read wins, and nothing is mixed', async () => {
  const first = packager.page.evaluate(
    () =>
      new Promise((resolve) =>
        document.addEventListener('gallery-progress', ({ detail }) => detail.files > 0 && resolve(detail.phase)),
      ),
  );
  await packager.drop(many);
  assert.equal(await first, 'reading');
  const report = await packager.report(() => packager.drop(project('second')));
  assert.equal(report.input.name, 'second');
  assert.ok(!report.files.some(({ path }) => path.includes('pkg')));
  testWithUnzip(await packager.save(temporary()));
  const { events } = await packager.seen();
  const told = events.filter(({ type }) => type === 'gallery-report' || type === 'gallery-error');
  assert.deepEqual(
    told.map(({ type, detail }) => [type, detail.report?.input.name]),
    [['gallery-report', 'second']],
  );
});

test('A second drop while a package is written wins, and nothing is saved of the first', async () => {
  await packager.report(() => packager.drop(heavy));
  let downloads = 0;
  packager.page.on('download', () => (downloads += 1));
  const writing = packager.page.evaluate(
    () =>
      new Promise((resolve) =>
        document.addEventListener('gallery-progress', ({ detail }) => detail.phase === 'writing' && resolve(true)),
      ),
  );
  await packager.saveButton.click();
  await writing;
  const report = await packager.report(() => packager.drop(project('second')));
  assert.equal(report.input.name, 'second');
  await packager.settled('checked');
  assert.equal(downloads, 0);
  const file = await packager.save(temporary());
  assert.equal(path.basename(file), 'second.zip');
});

const faults = {
  deleted: { code: 'missing', harm: (/** @type {string} */ file) => fs.rmSync(file) },
  lengthened: { code: 'changed', harm: (/** @type {string} */ file) => fs.appendFileSync(file, 'more') },
  'cut short': { code: 'changed', harm: (/** @type {string} */ file) => fs.truncateSync(file, 3) },
  touched: { code: 'changed', harm: (/** @type {string} */ file) => fs.utimesSync(file, 1e9, 1e9) },
};
for (const [what, { code, harm }] of Object.entries(faults)) {
  test(`A file that is ${what} between drop and save is named, and the next drop works`, async () => {
    const folder = project('moving', { ...WSGI, 'static/picture.bin': 'x'.repeat(200_000), 'static/z.txt': 'z' });
    await packager.report(() => packager.drop(folder));
    harm(path.join(folder, 'static/picture.bin'));
    const error = await packager.failure(() => packager.saveButton.click());
    assert.equal(error.path, 'static/picture.bin');
    assert.equal(error.code, code, error.message);
    assert.match(await packager.alert(), /static\/picture\.bin/);
    await goesOn();
  });
}

test('A folder that is gone before it is read is told, and the next drop works', async () => {
  const folder = project('gone');
  const list = await tamper(packager.page, { hold: true });
  await packager.drop(folder);
  fs.rmSync(folder, { recursive: true });
  const error = await packager.failure(list);
  assert.equal(error.path, 'gone');
  assert.match(await packager.alert(), /gone/);
  await goesOn();
});

test('A file that the browser may not read is told by its name, the rest is packed', async () => {
  await tamper(packager.page, { locked: 'locked.db' });
  const folder = project('partly', { ...WSGI, 'data/locked.db': 'secret' });
  const report = await packager.report(() => packager.drop(folder));
  assert.match(await packager.alert(), /data\/locked\.db/);
  const [leftOut] = report.leftOut.filter(({ path }) => path === 'data/locked.db');
  assert.match(leftOut?.reason, /could not be read/);
  testWithUnzip(await packager.save(temporary()));
  await goesOn();
});

const nothings = {
  'A folder without any file': { make: () => project('hollow', { 'a/b/': '' }), code: 'empty', says: /no files/ },
  'An empty folder': { make: () => project('hollow', { './': '' }), code: 'empty', says: /no files/ },
  'A ZIP that is none': { make: () => file('not.zip', 'this is text'), code: 'not-a-zip', says: /not\.zip/ },
  'A ZIP of 0 bytes': { make: () => file('empty.zip', ''), code: 'not-a-zip', says: /empty\.zip/ },
  'A file of 0 bytes': { make: () => file('nothing.txt', ''), code: 'not-a-zip', says: /nothing\.txt/ },
  'A picture': { make: () => file('cat.png', '\x89PNG\r\n\x1a\n'), code: 'not-a-zip', says: /cat\.png/ },
};
for (const [what, { make, code, says }] of Object.entries(nothings)) {
  test(`${what} is refused in words, and the next drop works`, async () => {
    const error = await packager.failure(() => packager.drop(make()));
    assert.equal(error.code, code, error.message);
    assert.match(await packager.alert(), says);
    assert.ok(await packager.page.getByRole('heading', { name: 'Check' }).isHidden());
    await goesOn();
  });
}

/**
 * @param {string} name
 * @param {string} content
 */
function file(name, content) {
  const folder = write(temporary(), { [name]: Buffer.from(content, 'latin1') });
  return path.join(folder, name);
}

/** Runs in the page. */
function focused() {
  const inner = document.activeElement?.shadowRoot?.activeElement;
  return inner?.textContent ?? '';
}

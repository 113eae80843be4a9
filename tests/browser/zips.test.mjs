// ZIP files as people have them: nested, from code hosts, from Macs, from attackers.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { contents, testWithUnzip } from './support/packages.mjs';
import { open } from './support/page.mjs';
import { SKIPPED, hasShared, inShared, temporary } from './support/places.mjs';
import { WSGI, zip } from './support/projects.mjs';
import { serve } from './support/server.mjs';

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {import('./support/page.mjs').PackagerPage} */
let packager;
before(async () => (server = await serve()));
after(() => server.close());
beforeEach(async () => (packager = await open(server.origin)));
afterEach(() => packager.close());

/** @param {string} folder */
const below = (folder) => Object.entries(WSGI).map(([name, text]) => [folder + name, text]);
/** @param {[string, string][]} entries */
const add = (name, entries) => packager.report(() => packager.drop(zip(name, entries)));
const codes = (report) => report.diagnostics.map(({ code }) => code);

/** @param {any} report */
async function saved(report) {
  const file = await packager.save(temporary());
  testWithUnzip(file);
  const names = [...contents(file).keys()];
  for (const name of ['Manifest.xml', 'Parameters.xml', `${report.package.appFolder}/web.config`])
    assert.ok(names.includes(name), names.join(' '));
  // Folders have entries of their own, the report names only those without files.
  const listed = report.files.filter((one) => !one.folder).map((one) => one.path);
  assert.deepEqual(names.filter((name) => !name.endsWith('/')).toSorted(), listed.toSorted());
  return names;
}

for (const [what, folder] of [
  ['at the top', ''],
  ['one folder down', 'shop/'],
  ['two folders down', 'work/shop/'],
]) {
  test(`An application ${what} of a ZIP is found and packed`, async () => {
    const report = await add('shop.zip', [...below(folder), [`${folder}static/a.txt`, 'a']]);
    assert.equal(report.input.kind, 'application');
    assert.equal(report.input.root, folder.replace(/\/$/, ''));
    assert.equal(report.detection.entryPoint, 'app:application');
    const names = await saved(report);
    const { appFolder } = report.package;
    assert.ok(names.includes(`${appFolder}/app.py`));
    assert.ok(names.includes(`${appFolder}/static/a.txt`));
  });
}

test('A source archive of a code host is packed from the folder inside it', async () => {
  const report = await add('shop-main.zip', [...below('shop-main/'), ['shop-main/README.md', 'read me']]);
  assert.equal(report.input.root, 'shop-main');
  assert.ok((await saved(report)).includes(`${report.package.appFolder}/app.py`));
});

test('A ZIP is taken without its name ending in .zip', async () => {
  const report = await add('download', below(''));
  assert.equal(report.input.container, 'zip');
  await saved(report);
});

test('A gallery package has no errors, and its saved copy has the same entries and bytes', async (t) => {
  if (!hasShared) return t.skip(SKIPPED);
  const original = inShared('corpora/packages/msdocs_VacationPicsWPIInstaller.zip');
  const report = await packager.report(() => packager.drop(original));
  assert.equal(report.input.kind, 'gallery-package');
  assert.deepEqual(
    report.diagnostics.filter(({ severity }) => severity === 'error'),
    [],
  );
  const copy = await packager.save(temporary());
  testWithUnzip(copy);
  assert.equal(path.basename(copy), report.package.name);
  const [before, after] = [contents(original), contents(copy)];
  const added = [...after.keys()].filter((name) => !before.has(name));
  assert.deepEqual(added, ['Vacation Pictures/'], 'an entry for the folder that has none');
  for (const [name, content] of before) assert.equal(after.get(name), content, name);
});

test('What a Mac adds is left out and said', async () => {
  const report = await add('shop.zip', [
    ...below('shop/'),
    ['__MACOSX/shop/._app.py', 'x'],
    ['shop/.DS_Store', 'x'],
    ['shop/._app.py', 'x'],
  ]);
  assert.equal(report.detection.entryPoint, 'app:application');
  const names = await saved(report);
  assert.ok(!names.some((name) => /__MACOSX|\.DS_Store|\._/.test(name)), names.join(' '));
  const told = report.leftOut.map(({ path }) => path).join(' ');
  for (const name of ['.DS_Store', '._app.py']) assert.ok(told.includes(name), told);
});

test('Backslashes in names are separators, and the package has slashes', async () => {
  const report = await add('windows.zip', [...below('shop\\'), ['shop\\static\\a.txt', 'a']]);
  const names = await saved(report);
  assert.ok(!names.some((name) => name.includes('\\')), names.join(' '));
  assert.ok(names.includes(`${report.package.appFolder}/static/a.txt`), names.join(' '));
  assert.ok(
    codes(report).some((code) => code.startsWith('ZIP')),
    codes(report).join(' '),
  );
});

test('A name that climbs out of the package is an error and never written', async () => {
  const report = await add('slip.zip', [...below('shop/'), ['../../evil.py', 'evil'], ['/etc/evil.py', 'evil']]);
  assert.ok(report.counts.errors > 0);
  const found = report.diagnostics.filter(({ message }) => message.includes('evil.py'));
  assert.ok(found.length > 0, JSON.stringify(report.diagnostics));
  const names = await saved(report);
  assert.ok(!names.some((name) => /evil|\.\./.test(name)), names.join(' '));
});

test('Two entries with one name are an error, and one of them is written', async () => {
  const report = await add('twice.zip', [...below('shop/'), ['shop/a.txt', 'first'], ['shop/a.txt', 'second']]);
  assert.ok(report.counts.errors > 0);
  assert.ok(
    report.diagnostics.some(({ message }) => message.includes('a.txt')),
    JSON.stringify(report.diagnostics),
  );
  const names = await saved(report);
  assert.equal(names.filter((name) => name.endsWith('/a.txt')).length, 1);
});

test('Names that Windows sees as one are told', async () => {
  const report = await add('cases.zip', [...below('shop/'), ['shop/Read.txt', '1'], ['shop/read.TXT', '2']]);
  assert.ok(
    report.diagnostics.some(({ message }) => /read\.txt/i.test(message)),
    JSON.stringify(report.diagnostics),
  );
});

test('Every byte of a ZIP is checked after the report', async () => {
  await add('shop.zip', below('shop/'));
  await packager.page.getByText('Every file is whole').waitFor();
});

test('A damaged file that nothing reads is found after the report', async () => {
  const file = zip('shop.zip', [...below('shop/'), ['shop/prices.csv', 'apple;1\n'.repeat(99)]]);
  const bytes = fs.readFileSync(file);
  bytes[bytes.lastIndexOf('shop/prices.csv') - 46 + 16] ^= 1; // its check sum in the directory
  fs.writeFileSync(file, bytes);
  const report = await packager.report(() => packager.drop(file));
  assert.ok(!codes(report).includes('ZIP002'), codes(report).join(' '));
  await packager.page.getByText('1 file is damaged').waitFor();
  await packager.page.locator('.card.error', { hasText: 'ZIP002' }).waitFor();
});

/** A ZIP of some megabytes in which one file in the middle is damaged, and nothing but its data says so. */
function damagedInTheMiddle() {
  const noise = (/** @type {number} */ number) => {
    let state = number + 1;
    return Array.from({ length: 40_000 }, () => (state = (state * 48_271) % 2_147_483_647).toString(36)).join('\n');
  };
  const data = Array.from({ length: 40 }, (_, number) => [`shop/data/${number}.txt`, noise(number)]);
  const file = zip('shop.zip', [...below('shop/'), .../** @type {[string, string][]} */ (data)]);
  const bytes = fs.readFileSync(file);
  bytes[bytes.indexOf('shop/data/20.txt') + 5000] ^= 0x55;
  fs.writeFileSync(file, bytes);
  return file;
}

test('One worker and four find the same damage, and a package with it is not saved', async () => {
  const file = damagedInTheMiddle();
  const found = [];
  for (const cores of [1, 4]) {
    await packager.page.addInitScript((cores) => {
      Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => cores });
    }, cores);
    await packager.page.reload();
    await packager.report(() => packager.drop(file));
    await packager.page.locator('.card.error', { hasText: 'ZIP002' }).waitFor();
    found.push(await packager.page.locator('.card.error').allInnerTexts());
  }
  assert.deepEqual(found[1], found[0]);
  assert.match(found[0]?.join(' ') ?? '', /data\/20\.txt/);
});

test('What a package is made of is checked first when nobody waited for it', async () => {
  const file = damagedInTheMiddle();
  await packager.page.locator('input[type=file]').first().waitFor({ state: 'attached' });
  const bytes = fs.readFileSync(file).toString('base64');
  const error = await packager.page.evaluate(async (encoded) => {
    const element = /** @type {any} */ (document.querySelector('gallery-packager'));
    const content = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    await element.add([new File([content], 'shop.zip')]);
    return element.build().then(
      () => null,
      (/** @type {any} */ { code, path }) => ({ code, path }),
    );
  }, bytes);
  assert.deepEqual(error, { code: 'damaged', path: 'shop/data/20.txt' });
});

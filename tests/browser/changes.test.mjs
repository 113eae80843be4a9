// What a person changes, one thing after another: answers, texts, fixes, single files.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { assertAccessible, assertNoSidewaysScroll } from './support/axe.mjs';
import { contents, extract } from './support/packages.mjs';
import { open } from './support/page.mjs';
import { temporary } from './support/places.mjs';
import { WSGI, project } from './support/projects.mjs';
import { serve } from './support/server.mjs';

const BROKEN = 'A package with mistakes';

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => (server = await serve()));
after(() => server.close());

/**
 * @param {(packager: import('./support/page.mjs').PackagerPage) => Promise<void>} work
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
async function onPage(work, options) {
  const packager = await open(server.origin, options);
  await work(packager);
  assert.deepEqual(packager.complaints, []);
  await packager.close();
}

/** @param {import('playwright-core').Locator} field @param {string} value */
const enter = async (field, value) => {
  await field.fill(value);
  await field.press('Enter');
};

const answersOf = (page) => page.evaluate(() => document.querySelector('gallery-packager').answers);

test('A refused answer does not stay: other answers pass, and a package can be saved', () =>
  onPage(async (packager) => {
    const { page } = packager;
    await packager.report(() => packager.drop(project('shop')));
    await page.getByText('Change what was found').click();
    await packager.failure(() => enter(page.getByLabel('Entry point'), 'not an entry point'));
    const report = await packager.report(() => enter(page.getByLabel('Folder in the package'), 'store'));
    assert.equal(report.package.appFolder, 'store');
    assert.equal(report.detection.entryPoint, 'app:application');
    assert.equal(await packager.alert(), '');
    await packager.failure(() => enter(page.getByLabel('Entry point'), 'not this one'));
    assert.ok(contents(await packager.save(temporary())).has('store/app.py'));
    await packager.settled('done');
    assert.equal(await packager.alert(), '');
  }));

test('What the last fix said goes with the next change', () =>
  onPage(async (packager) => {
    const { page } = packager;
    await packager.sample(BROKEN);
    const notice = page.locator('.notice');
    const fix = () =>
      packager.report(() =>
        page
          .getByRole('button', { name: /^Fix: / })
          .first()
          .click(),
      );
    await fix();
    await notice.getByText('Fixed: ').waitFor();
    await packager.report(() => page.getByLabel('Checked as').selectOption('webdeploy'));
    assert.ok(await notice.isHidden());
    await packager.report(() => page.getByLabel('Checked as').selectOption('gallery'));
    await fix();
    await notice.getByText('Fixed: ').waitFor();
    await page.getByRole('tab', { name: 'web.config' }).click();
    const panel = page.getByRole('tabpanel', { name: 'web.config' });
    await panel.getByRole('button', { name: 'Edit' }).click();
    await packager.report(() => panel.getByRole('textbox').pressSequentially('\n'));
    assert.ok(await notice.isHidden());
  }));

test('A file that is open for editing shows what a fix made of it', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const report = await packager.sample(BROKEN);
    const fixable = report.diagnostics.find(
      ({ file, fixes }) => file?.endsWith('web.config') && fixes.some(({ applicability }) => applicability === 'safe'),
    );
    assert.ok(fixable, 'the sample has a problem in web.config');
    await page.getByRole('tab', { name: 'web.config' }).click();
    const panel = page.getByRole('tabpanel', { name: 'web.config' });
    await panel.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('tab', { name: /Problems/ }).click();
    const area = page.locator('textarea');
    const before = await area.inputValue();
    const fixed = await packager.report(() => page.getByRole('button', { name: /^Fix \d+ automatically$/ }).click());
    const now = lines(fixed.shown.find(({ path }) => path.endsWith('web.config')).text);
    assert.notEqual(now, before);
    assert.equal(await area.inputValue(), now);
    await packager.report(() => page.getByRole('button', { name: 'Undo' }).click());
    assert.equal(await area.inputValue(), before);
  }));

test('What was typed last is saved, however soon', () =>
  onPage(async (packager) => {
    const { page } = packager;
    await packager.report(() => packager.drop(project('shop')));
    await page.getByRole('tab', { name: 'web.config' }).click();
    const panel = page.getByRole('tabpanel', { name: 'web.config' });
    await panel.getByRole('button', { name: 'Edit' }).click();
    const download = page.waitForEvent('download');
    await page.evaluate(() => {
      const { shadowRoot } = document.querySelector('gallery-packager');
      const area = shadowRoot.querySelector('textarea');
      area.value = `${area.value}<!-- the last words -->\n`;
      area.dispatchEvent(new Event('input'));
      shadowRoot.querySelector('.save button.primary').click();
    });
    const file = `${temporary()}/shop.zip`;
    await (await download).saveAs(file);
    assert.match(fs.readFileSync(extract(file, 'shop/web.config', temporary()), 'utf8'), /the last words/);
    await packager.settled('done');
  }));

test('Of several settings of one entry point, the chosen ones are marked', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const wsgi = 'from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n';
    const settings =
      "SECRET_KEY = 'x'\nINSTALLED_APPS = []\nROOT_URLCONF = 'shop.urls'\nWSGI_APPLICATION = 'shop.wsgi.application'\n";
    const report = await packager.report(() =>
      packager.drop(
        project('shop', {
          'shop/__init__.py': '',
          'shop/wsgi.py': wsgi,
          'shop/urls.py': 'urlpatterns = []\n',
          'shop/settings/__init__.py': '',
          'shop/settings/dev.py': settings,
          'shop/settings/prod.py': settings,
          'requirements.txt': 'django==1.8\n',
        }),
      ),
    );
    const { candidates } = report.detection;
    assert.ok(new Set(candidates.map(({ settings }) => settings)).size > 1, JSON.stringify(candidates));
    await page.getByText('Change what was found').click();
    const radios = page.locator('.choices input');
    const found = candidates.findIndex(({ settings }) => settings === report.detection.settings);
    assert.equal(await checkedAt(radios), found, 'what was found is marked');
    for (const [index, candidate] of candidates.entries()) {
      const chosen =
        index === (await checkedAt(radios)) ? null : await packager.report(() => radios.nth(index).check());
      if (chosen) assert.equal(chosen.detection.settings, candidate.settings);
      assert.equal(await checkedAt(radios), index);
    }
  }));

/** @param {import('playwright-core').Locator} radios */
const checkedAt = (radios) => radios.evaluateAll((all) => all.findIndex(({ checked }) => checked));

test('What came with a candidate goes when another entry point is typed', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const files = { ...WSGI, 'other.py': WSGI['app.py'] };
    await packager.report(() => packager.drop(project('shop', files)));
    await page.getByText('Change what was found').click();
    const other = page.locator('.choices input:not(:checked)').first();
    // Not check(): the list is made anew, and the locator would find the other choice in it.
    await packager.report(() => other.click());
    assert.ok((await answersOf(page)).pythonPath);
    await packager.report(() => enter(page.getByLabel('Entry point'), 'app:application'));
    const { pythonPath, settings, entryPoint } = await answersOf(page);
    assert.deepEqual([pythonPath, settings, entryPoint], [undefined, undefined, 'app:application']);
  }));

test('A single file is left out and taken in again, in a short list', () =>
  onPage(async (packager) => {
    const { page } = packager;
    await packager.report(() => packager.drop(project('shop', { ...WSGI, 'notes.txt': 'x' })));
    const names = await page
      .getByRole('button', { name: /^Leave out/ })
      .evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.getAttribute('aria-label')));
    assert.deepEqual(
      names,
      ['shop/app.py', 'shop/notes.txt', 'shop/requirements.txt'].map((name) => `Leave out ${name}`),
    );
    await assertAccessible(page, 'a short list');
    const left = await packager.report(() => page.getByRole('button', { name: 'Leave out shop/notes.txt' }).click());
    assert.deepEqual(
      left.leftOut.map(({ path }) => path),
      ['notes.txt'],
    );
    assert.equal(await page.evaluate(focusedLabel), 'Leave out shop/requirements.txt');
    await page.locator('.files summary').click();
    const back = await packager.report(() => page.getByRole('button', { name: 'Include notes.txt anyway' }).click());
    assert.deepEqual(back.leftOut, []);
    assert.deepEqual(await answersOf(page), { excludes: [] });
  }));

test('A file of the tree is left out by the keyboard', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`pages/page${index}.html`, 'x']));
    await packager.report(() => packager.drop(project('site', { ...WSGI, ...files })));
    await page.getByRole('treeitem', { name: /^pages/ }).focus();
    await page.keyboard.press('ArrowRight');
    const button = page.getByRole('button', { name: /^Leave out/ });
    await page.keyboard.type('manifest');
    assert.ok(await button.isHidden(), 'what the packager writes stays');
    await page.getByRole('treeitem', { name: /^page3/ }).click();
    assert.equal(await button.innerText(), 'Leave out site/pages/page3.html');
    await assertAccessible(page, 'a tree');
    await page.keyboard.press('Tab');
    const left = await packager.report(() => page.keyboard.press('Enter'));
    assert.deepEqual(
      left.leftOut.map(({ path }) => path),
      ['pages/page3.html'],
    );
    assert.match(await page.locator('[role=treeitem]:focus').innerText(), /^page4/, 'the next file has the focus');
    const more = await packager.report(() => page.keyboard.press('Delete'));
    assert.equal(more.leftOut.length, 2);
  }));

test('A folder of the tree is left out whole and taken in again, by the keyboard', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`site/docs/page${index}.html`, 'x']));
    const first = await packager.report(() =>
      packager.drop(project('shop', { ...WSGI, ...files, 'site/a.css': 'a {}', 'site/docs/old/b.txt': 'b' })),
    );
    await page.getByRole('treeitem', { name: /^site/ }).click();
    await page.getByRole('treeitem', { name: /^docs/ }).click();
    const button = page.getByRole('button', { name: /^Leave out/ });
    assert.equal(await button.innerText(), 'Leave out shop/site/docs/ with 13 files');
    const left = await packager.report(() => page.keyboard.press('Delete'));
    assert.deepEqual(
      left.leftOut.map(({ path, folder, files }) => [path, folder, files]),
      [['site/docs', true, 13]],
    );
    assert.ok(left.files.every(({ path }) => !path.startsWith('shop/site/docs')));
    assert.ok(left.files.some(({ path }) => path === 'shop/site/a.css'));
    assert.ok(await page.evaluate('document.activeElement.shadowRoot.activeElement !== null'));
    const again = page.getByRole('button', { name: 'Include site/docs/ again' });
    await assertAccessible(page, 'a folder that was left out');
    await again.focus();
    const back = await packager.report(() => page.keyboard.press('Enter'));
    assert.deepEqual(back.leftOut, []);
    assert.equal(back.files.length, first.files.length);
    assert.deepEqual(await answersOf(page), { excludes: [] });
    assert.ok(await again.isHidden());
    assert.ok(await page.evaluate('document.activeElement.shadowRoot.activeElement !== null'), 'the focus stays');
  }));

test('The marked part of a long line is in view on a narrow screen', () =>
  onPage(
    async (packager) => {
      const { page } = packager;
      await packager.sample(BROKEN);
      await page.locator('.frame mark').first().waitFor();
      await page.waitForFunction(() => new Promise((resolve) => requestAnimationFrame(() => resolve(true))));
      const hidden = await page.locator('.frame').evaluateAll((frames) =>
        frames
          .map((frame) => [
            frame.getBoundingClientRect(),
            frame.querySelector('mark').getBoundingClientRect(),
            frame.textContent,
          ])
          .filter(([frame, mark]) => mark.width > 0 && (mark.left < frame.left || mark.left + 8 > frame.right))
          .map(([, , line]) => line),
      );
      assert.deepEqual(hidden, []);
      const indented = await page
        .locator('.frame')
        .evaluateAll((frames) => frames.filter((frame) => /^\d+ \| \s/.test(frame.textContent)).length);
      assert.equal(indented, 0);
      await assertNoSidewaysScroll(page, 'narrow');
    },
    { viewport: { width: 320, height: 720 } },
  ));

test('The menu of samples answers to the arrow keys and to Escape', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const opener = page.getByRole('button', { name: 'Try a sample' });
    await opener.focus();
    await page.locator('.drop .menu-item').first().waitFor({ state: 'attached' });
    const items = await page.locator('.drop .menu-item').allTextContents();
    await page.keyboard.press('ArrowDown');
    const focused = () => page.evaluate(() => document.activeElement.shadowRoot.activeElement.textContent);
    assert.equal(await focused(), items[0]);
    await page.keyboard.press('ArrowUp');
    assert.equal(await focused(), items.at(-1));
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), items[1]);
    await page.keyboard.press('Escape');
    assert.equal(await focused(), 'Try a sample');
    assert.ok(await page.locator('.menu').first().isHidden());
  }));

test('Answers that are set before anything is added count, and a file in a pruned folder can be asked for', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const result = await page.evaluate(async (app) => {
      const packager = document.querySelector('gallery-packager');
      const file = (path, text) => ({ path, file: new File([text], path.split('/').at(-1)) });
      const input = [
        file('shop/app.py', app),
        file('shop/node_modules/x/y.js', '1'),
        file('shop/node_modules/x/z.js', '1'),
      ];
      packager.answers = { appFolder: 'store' };
      const first = await packager.add(input);
      packager.answers = { includes: ['node_modules/x/y.js'] };
      const second = await packager.check();
      const third = await packager.add(input);
      const refused = [];
      for (const wrong of [null, 'x', { sample: 5 }, { sample: 'none' }])
        refused.push(await packager.add(wrong).catch((error) => `${error.name} ${error.code}`));
      return { first, second, third, refused };
    }, WSGI['app.py']);
    assert.equal(result.first.package.appFolder, 'store');
    const names = result.second.files.filter(({ folder }) => !folder).map(({ path }) => path);
    assert.ok(names.includes('shop/node_modules/x/y.js') && !names.includes('shop/node_modules/x/z.js'), `${names}`);
    assert.equal(result.third.package.appFolder, 'shop');
    assert.deepEqual(result.refused, Array(4).fill('PackagerError unknown-input'));
  }));

/** A textarea knows one kind of line end. @param {string} text */
const lines = (text) => text.replaceAll('\r\n', '\n');

/** Runs in the page. */
function focusedLabel() {
  return document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label');
}

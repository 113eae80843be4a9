// The page as a person uses it: by eye, by keyboard, with odd names.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { assertAccessible, assertNoSidewaysScroll } from './support/axe.mjs';
import { tamper } from './support/drop.mjs';
import { contents, testWithUnzip } from './support/packages.mjs';
import { open } from './support/page.mjs';
import { root, temporary } from './support/places.mjs';
import { WSGI, project, zip } from './support/projects.mjs';
import { serve } from './support/server.mjs';

const BROKEN = 'A package with mistakes';
const SCREENS = path.join(root, 'target/screens');

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => {
  server = await serve();
  fs.mkdirSync(SCREENS, { recursive: true });
});
after(() => server.close());

/**
 * A page of its own for one test.
 * @param {(packager: import('./support/page.mjs').PackagerPage) => Promise<void>} work
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
async function onPage(work, options) {
  const packager = await open(server.origin, options);
  await work(packager);
  assert.deepEqual(packager.complaints, []);
  await packager.close();
}

describe('Every stage is accessible and fits', () => {
  const looks = {
    light: { colorScheme: 'light' },
    dark: { colorScheme: 'dark' },
    narrow: { colorScheme: 'light', viewport: { width: 320, height: 720 } },
  };
  for (const [look, options] of Object.entries(looks)) {
    test(`in the look "${look}"`, () =>
      onPage(async (packager) => {
        const { page } = packager;
        const stage = async (/** @type {string} */ name) => {
          await page.screenshot({ path: path.join(SCREENS, `${name}-${look}.png`), fullPage: true });
          await assertNoSidewaysScroll(page, name);
          await assertAccessible(page, name);
        };
        await stage('1-start');
        await page.getByRole('button', { name: 'Try a sample' }).click();
        await page.locator('.menu-item').first().waitFor();
        await stage('1-samples');
        await page.keyboard.press('Escape');

        const goOn = await tamper(page, { hold: true });
        await packager.drop(project('waiting', { ...WSGI, 'venv/pyvenv.cfg': '', 'venv/lib/a.py': '' }));
        await packager.settled('reading');
        await stage('2-reading');
        const report = await packager.report(goOn);
        assert.equal(report.input.name, 'waiting');
        await page.locator('.files summary').click();
        await page.getByText('Change what was found').click();
        await stage('3-clean');

        await page.getByRole('button', { name: 'Start over' }).click();
        await packager.sample(BROKEN);
        await stage('3-problems');
        for (const tab of await page.getByRole('tab').all()) {
          await tab.click();
          await stage(`3-${(await tab.innerText()).replaceAll(/\W+/g, '-')}`);
        }
        await page.getByRole('tab', { name: 'web.config' }).click();
        await page.getByRole('button', { name: 'Edit' }).click();
        await stage('3-editing');
        await page.getByRole('tab', { name: /Problems/ }).click();
        await packager.save(temporary());
        await packager.settled('done');
        await stage('4-saved');

        await packager.failure(() => packager.drop(project('hollow', { 'a/': '' })));
        await stage('7-failed');
      }, options));
  }
});

test('The whole journey needs a keyboard only', () =>
  onPage(async (packager) => {
    const { page } = packager;
    await tabTo(page, /^Try a sample/);
    await page.keyboard.press('Enter');
    await page.locator('.menu-item').first().waitFor(); // the engine, which knows them, may still be starting
    await tabTo(page, new RegExp(`^${BROKEN}`));
    const report = await packager.report(() => page.keyboard.press('Enter'));
    assert.ok(report.counts.errors > 0);
    await packager.page.waitForFunction(focusedIs, 'Check');
    await tabTo(page, /^Fix: /);
    const fixed = await packager.report(() => page.keyboard.press('Enter'));
    assert.ok(fixed.diagnostics.length < report.diagnostics.length);
    await tabTo(page, /^Save .*\.zip/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    const file = path.join(temporary(), download.suggestedFilename());
    await download.saveAs(file);
    testWithUnzip(file);
    await page.waitForFunction(focusedMatches, '^Save ');
  }));

test('The tabs and the tree of files answer to the arrow keys', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`pages/page${index}.html`, 'x']));
    await packager.report(() => packager.drop(project('site', { ...WSGI, ...files })));
    await page.getByRole('tab', { name: /Problems/ }).focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.getByRole('tab', { selected: true }).innerText(), 'Install form');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.getByRole('tab', { selected: true }).innerText(), 'Rights and questions');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.getByRole('tab', { selected: true }).innerText(), 'Manifest.xml');
    await page.keyboard.press('End');
    assert.equal(await page.getByRole('tab', { selected: true }).innerText(), 'handler.fcgi');
    await page.getByRole('treeitem').first().focus();
    await page.keyboard.type('para');
    await page.waitForFunction(focusedMatches, '^Parameters.xml');
    await page.keyboard.press('Enter');
    assert.equal(await page.getByRole('tab', { selected: true }).innerText(), 'Parameters.xml');
  }));

test('The focus goes to the result, to the next problem after a fix, and to the start after starting over', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const report = await packager.sample(BROKEN);
    await page.waitForFunction(focusedIs, 'Check');
    const fix = page.getByRole('button', { name: /^Fix: / }).first();
    const fixed = await packager.report(() => fix.click());
    const next = fixed.diagnostics.length > 0 ? '^(✖|▲|●) ' : '^✔ ';
    await page.waitForFunction(focusedMatches, next);
    assert.ok(fixed.diagnostics.length < report.diagnostics.length);
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.waitForFunction(focusedIs, 'Choose folder…');
  }));

test('A problem shows its line, a fix removes it, undo brings it back, and all safe fixes are made at once', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const report = await packager.sample(BROKEN);
    const cards = page.locator('.problems li.card');
    assert.equal(await cards.count(), report.diagnostics.length);
    const framed = report.diagnostics.find(({ excerpt }) => excerpt);
    const card = cards.filter({ hasText: framed.code }).first();
    assert.ok((await card.locator('.frame').innerText()).includes(framed.excerpt.text.trim()));
    const { text, start, length } = framed.excerpt;
    assert.equal(await card.locator('mark').innerText(), text.slice(start, start + length));

    const button = page.getByRole('button', { name: /^Fix: / }).first();
    const fixed = await packager.report(() => button.click());
    assert.ok(fixed.diagnostics.length < report.diagnostics.length);
    await page.locator('.notice', { hasText: 'Fixed: ' }).waitFor();
    const undone = await packager.report(() => page.getByRole('button', { name: 'Undo' }).click());
    assert.deepEqual(undone.diagnostics, report.diagnostics);

    const many = await packager.report(() => page.getByRole('button', { name: /^Fix \d+ automatically$/ }).click());
    assert.ok(!many.diagnostics.some(({ fixes }) => fixes.some(({ applicability }) => applicability === 'safe')));
    const back = await packager.report(() => page.getByRole('button', { name: 'Undo' }).click());
    assert.deepEqual(back.diagnostics, report.diagnostics);
  }));

test('Every problem leads to the page about its rule', () =>
  onPage(async (packager) => {
    const { page } = packager;
    await packager.sample(BROKEN);
    const links = await page.locator('.problems .row-link').evaluateAll((all) => all.map(({ href }) => href));
    assert.ok(links.length > 0);
    for (const link of links) {
      const response = await page.request.get(link);
      assert.equal(response.status(), 200, link);
      assert.match(await response.text(), /<h1/);
    }
  }));

test('An edit of web.config is checked while it is typed, saved, and taken back by Reset', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const first = await packager.report(() => packager.drop(project('shop')));
    await page.getByRole('tab', { name: 'web.config' }).click();
    const panel = page.getByRole('tabpanel', { name: 'web.config' });
    await panel.getByRole('button', { name: 'Edit' }).click();
    const area = panel.getByRole('textbox');
    const text = await area.inputValue();
    const edited = text.replace('</configuration>', '  <!-- mine -->\n</configuration>');
    const report = await packager.report(() => area.fill(edited));
    assert.equal(report.diagnostics.length, first.diagnostics.length);
    const broken = await packager.report(() => area.fill(edited.replace('</configuration>', '')));
    assert.ok(broken.counts.errors > 0);
    assert.equal(await area.inputValue(), edited.replace('</configuration>', ''), 'typing is left alone');
    await packager.report(() => area.fill(edited));
    const file = await packager.save(temporary());
    const before = contents(file).get('shop/web.config');
    const reset = await packager.report(() => panel.getByRole('button', { name: 'Reset' }).click());
    assert.equal(reset.shown.find(({ path }) => path === 'shop/web.config').text, text);
    assert.notEqual(contents(await packager.save(temporary())).get('shop/web.config'), before);
  }));

test('A folder that is left out is listed with its reason, and packed on request', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const files = { ...WSGI, 'venv/pyvenv.cfg': 'home = /usr\n', 'venv/lib/a.py': 'a = 1\n', '.git/config': '' };
    const report = await packager.report(() => packager.drop(project('shop', files)));
    assert.deepEqual(report.leftOut.map(({ path }) => path).sort(), ['.git', 'venv']);
    assert.ok(report.leftOut.every(({ reason }) => reason !== ''));
    await page.locator('.files summary').click();
    const included = await packager.report(() => page.getByRole('button', { name: 'Include venv anyway' }).click());
    assert.ok(
      included.files.some(({ path }) => path === 'shop/venv/lib/a.py'),
      'it is walked now',
    );
    assert.ok(contents(await packager.save(temporary())).has('shop/venv/lib/a.py'));
  }));

test('The buttons give what a drop gives', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const folder = project('shop', { ...WSGI, 'venv/pyvenv.cfg': '', 'static/größe.css': '' });
    const dropped = await packager.report(() => packager.drop(folder));
    const chosen = await packager.report(() => page.locator('input[webkitdirectory]').setInputFiles(folder));
    assert.deepEqual(chosen, dropped);
    const archive = zip('shop.zip', Object.entries(WSGI));
    const packed = await packager.report(() => packager.drop(archive));
    assert.deepEqual(await packager.report(() => page.locator('input[accept]').setInputFiles(archive)), packed);
  }));

test('"Choose where…" writes the package to the place that is chosen, and nothing when none is', () =>
  onPage(async (packager) => {
    const { page } = packager;
    // The browser's own dialog cannot be answered here; the file that it gives is of the same kind.
    await page.evaluate(() => {
      globalThis.asked = [];
      globalThis.showSaveFilePicker = async ({ suggestedName }) => {
        globalThis.asked.push(suggestedName);
        if (globalThis.asked.length === 1) throw new DOMException('The user aborted a request.', 'AbortError');
        return (await navigator.storage.getDirectory()).getFileHandle('chosen.zip', { create: true });
      };
    });
    await packager.report(() => packager.drop(project('shop')));
    const where = page.getByRole('button', { name: 'Choose where…' });
    await where.click();
    await page.waitForFunction(() => globalThis.asked.length === 1);
    assert.equal(await page.locator('.packager').getAttribute('data-state'), 'checked');
    await where.click();
    await page.getByText('Saved chosen.zip').first().waitFor();
    const bytes = await page.evaluate(async () => {
      const handle = await (await navigator.storage.getDirectory()).getFileHandle('chosen.zip');
      return [...new Uint8Array(await (await handle.getFile()).arrayBuffer())];
    });
    const file = path.join(temporary(), 'chosen.zip');
    fs.writeFileSync(file, Uint8Array.from(bytes));
    testWithUnzip(file);
    assert.ok(contents(file).has('shop/app.py'));
    assert.deepEqual(await page.evaluate(() => globalThis.asked), ['shop.zip', 'shop.zip']);
  }));

test('A folder of 12,000 files that is left out costs nothing', () =>
  onPage(async (packager) => {
    const names = Array.from({ length: 12_000 }, (_, index) => [`venv/lib/p${index % 40}/m${index}.py`, '']);
    const folder = project('shop', { ...WSGI, 'venv/pyvenv.cfg': '', ...Object.fromEntries(names) });
    const report = await packager.report(() => packager.drop(folder));
    assert.equal(report.input.files, 2);
    const read = (await packager.seen()).events.filter(({ type }) => type === 'gallery-progress');
    assert.ok(read.every(({ detail }) => detail.files <= 2));
  }));

test('Many left-out folders of one name are one row', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const caches = Array.from({ length: 9 }, (_, index) => [`pkg${index}/__pycache__/a.pyc`, 'x']);
    const report = await packager.report(() =>
      packager.drop(project('shop', { ...WSGI, ...Object.fromEntries(caches) })),
    );
    assert.equal(report.leftOut.length, 9);
    await page.locator('.files summary').first().click();
    const row = page.locator('.files summary', { hasText: '__pycache__/' });
    assert.match(await row.innerText(), /in 9 folders/);
    assert.ok(await page.getByText('pkg3/__pycache__/').isHidden());
    await row.click();
    assert.ok(await page.getByText('pkg3/__pycache__/').first().isVisible());
  }));

test('The entry point and the target can be said by hand', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const files = { ...WSGI, 'other.py': WSGI['app.py'] };
    const report = await packager.report(() => packager.drop(project('shop', files)));
    await page.getByText('Change what was found').click();
    const entry = page.getByLabel('Entry point');
    const changed = await packager.report(async () => {
      await entry.fill('other:application');
      await entry.press('Enter');
    });
    assert.equal(changed.detection.entryPoint, 'other:application');
    const config = changed.shown.find(({ path }) => path === 'shop/web.config');
    assert.match(config.text, /other\.application/);
    const select = page.getByLabel('Runs on');
    const { choices } = report.target;
    assert.deepEqual(
      await select.locator('option').allTextContents(),
      choices.map(({ name, retired }) => (retired === null ? name : `${name} (retired)`)),
    );
    for (const { id } of choices.filter(({ id }) => id !== report.target.id)) {
      const moved = await packager.report(() => select.selectOption(id));
      assert.equal(moved.target.id, id);
      assert.equal(moved.detection.entryPoint, 'other:application');
    }
  }));

test('What has to be on the server is listed with lines to copy, and its paths can be said', () =>
  onPage(
    async (packager) => {
      const { page } = packager;
      await packager.report(() => packager.drop(project('shop')));
      await page.getByText('Change what was found').click();
      assert.equal(await page.getByLabel('Server command').isVisible(), false);
      const moved = await packager.report(() => page.getByLabel('Runs on').selectOption('iis-httpplatform'));
      assert.equal(await page.getByLabel('Server command').inputValue(), moved.target.command);
      const list = page.getByText('On the server', { exact: true });
      await list.focus();
      await page.keyboard.press('Enter');
      await page.getByText('python.exe -m pip install waitress').waitFor();
      await assertNoSidewaysScroll(page, 'the list of the server');
      await assertAccessible(page, 'the list of the server');

      const python = page.getByLabel('Python on the server');
      await python.fill('3.11');
      const other = await packager.report(() => python.press('Enter'));
      assert.match(other.target.interpreter, /Python311/);
      const folder = page.getByLabel('Folder on the server');
      await folder.fill(String.raw`E:\sites\shop`);
      const placed = await packager.report(() => folder.press('Enter'));
      const config = placed.shown.find(({ path }) => path === 'shop/web.config');
      assert.match(config.text, /value="E:\\sites\\shop"/);
    },
    { viewport: { width: 320, height: 720 } },
  ));

test('An answer that means nothing is refused in words, and can be corrected', () =>
  onPage(async (packager) => {
    const { page } = packager;
    await packager.report(() => packager.drop(project('shop')));
    await page.getByText('Change what was found').click();
    const entry = page.getByLabel('Entry point');
    const error = await packager.failure(async () => {
      await entry.fill('not an entry point');
      await entry.press('Enter');
    });
    assert.equal(error.code, 'unknown-answer');
    assert.match(await packager.alert(), /entry point/i);
    const report = await packager.report(async () => {
      await entry.fill('app:application');
      await entry.press('Enter');
    });
    assert.equal(report.detection.entryPoint, 'app:application');
    assert.equal(await packager.alert(), '');
  }));

test('Names that look like markup or change the direction are only text', () =>
  onPage(async (packager) => {
    const { page } = packager;
    page.on('dialog', () => assert.fail('a script ran'));
    const names = ['<img src=x onerror=alert(1)>.py', 'evil\u202Egpj.py', '\'"&amp;.py'];
    const files = { ...WSGI, ...Object.fromEntries(names.map((name) => [name, 'x = 1\n'])) };
    const report = await packager.report(() => packager.drop(project('<b>bold<', files)));
    assert.equal(await page.locator('gallery-packager img, gallery-packager b').count(), 0);
    const shown = await page.locator('.files .name').allTextContents();
    for (const name of names) {
      assert.ok(
        report.files.some(({ path }) => path.endsWith(name)) || report.leftOut.some(({ path }) => path === name),
      );
      assert.ok(
        shown.some((text) => text.includes(name)),
        `${name} in ${shown}`,
      );
    }
    assert.ok((await page.locator('.facts').innerText()).includes('<b>bold<'));
    assert.deepEqual((await packager.seen()).violations, []);
  }));

/**
 * Presses Tab until something with this text has the focus.
 * @param {import('playwright-core').Page} page
 * @param {RegExp} text
 */
async function tabTo(page, text) {
  const passed = [];
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element?.textContent ?? '';
    });
    if (text.test(here)) return;
    passed.push(here.slice(0, 30));
  }
  assert.fail(`${text} is not reached by Tab: ${passed.join(' > ')}`);
}

/** Runs in the page. @param {string} text */
function focusedIs(text) {
  return document.activeElement?.shadowRoot?.activeElement?.textContent === text;
}

/** Runs in the page. @param {string} pattern */
function focusedMatches(pattern) {
  return new RegExp(pattern).test(document.activeElement?.shadowRoot?.activeElement?.textContent ?? '');
}

// What the page offers beside the package: reports, ignored rules, a corrected copy, files by themselves.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { testWithUnzip } from './support/packages.mjs';
import { open } from './support/page.mjs';
import { temporary, write } from './support/places.mjs';
import { serve } from './support/server.mjs';

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {import('./support/page.mjs').PackagerPage} */
let packager;
before(async () => {
  server = await serve();
  packager = await open(server.origin);
});
after(async () => {
  await packager.close();
  server.close();
});

const sample = () => packager.report(() => packager.sample('A package with mistakes'));

test('The report is saved in every format', async () => {
  await sample();
  for (const [title, beginning] of Object.entries({
    Text: 'broken: gallery package',
    HTML: '<!doctype html>',
    Markdown: '# Check of `broken`',
    SARIF: '{\n  "$schema"',
    JSON: '{\n  "version": 1',
  })) {
    await packager.page.getByRole('button', { name: 'Save report' }).click();
    const [download] = await Promise.all([
      packager.page.waitForEvent('download'),
      packager.page.getByRole('button', { name: new RegExp(`^${title} `) }).click(),
    ]);
    const text = fs.readFileSync(await download.path(), 'utf8');
    assert.equal(text.slice(0, beginning.length), beginning, download.suggestedFilename());
  }
});

test('A rule is ignored until it is shown again, over a new visit too', async () => {
  const { diagnostics } = await sample();
  const [{ rule, code }] = diagnostics;
  const ignoring = packager.page.getByRole('button', { name: `Ignore this: ${code}, everywhere and from now on` });
  const without = await packager.report(() => ignoring.first().click());
  assert.ok(without.diagnostics.every((one) => one.rule !== rule));
  await packager.page.reload();
  const again = await sample();
  assert.deepEqual(again.grades, [{ rule, code, grade: 'off' }]);
  await packager.page.getByText('Ignored: 1 rule').click();
  const shown = await packager.report(() => packager.page.getByRole('button', { name: `Show again: ${code}` }).click());
  assert.ok(shown.diagnostics.some((one) => one.rule === rule));
  assert.equal(await packager.page.evaluate(() => localStorage.getItem('gallery-packager-ignored')), null);
});

test('A corrected copy is one click', async () => {
  await sample();
  const [download] = await Promise.all([
    packager.page.waitForEvent('download'),
    packager.page.getByRole('button', { name: 'Make a corrected copy' }).click(),
  ]);
  const file = path.join(temporary(), download.suggestedFilename());
  await download.saveAs(file);
  testWithUnzip(file);
  await packager.settled('done');
  const report = await packager.report(() => packager.drop(file));
  assert.equal(report.counts.errors, 0);
});

test('A publish profile by itself is told, and its password is nowhere', async () => {
  const folder = write(temporary(), {
    'shop.PublishSettings':
      '<publishData><publishProfile publishMethod="MSDeploy" publishUrl="shop.scm.azurewebsites.net:443" ' +
      'msdeploySite="shop" userName="$shop" userPWD="TOPSECRET" /></publishData>',
  });
  const report = await packager.report(() => packager.drop(path.join(folder, 'shop.PublishSettings')));
  assert.equal(report.input.kind, 'publish-profile');
  assert.ok(!JSON.stringify(report).includes('TOPSECRET'));
  assert.match(await packager.page.locator('.facts').innerText(), /Publish profile/);
  await packager.page.getByRole('tab', { name: 'shop.PublishSettings' }).click();
  assert.ok(await packager.page.getByRole('button', { name: 'Edit' }).isHidden());
  assert.ok(!(await packager.page.locator('.packager').innerText()).includes('TOPSECRET'));
  assert.deepEqual(packager.complaints, []);
});

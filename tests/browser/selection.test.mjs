// What stays out of a package on request, and the secrets that are pointed out before it is saved.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { assertAccessible } from './support/axe.mjs';
import { contents } from './support/packages.mjs';
import { open } from './support/page.mjs';
import { temporary } from './support/places.mjs';
import { WSGI, project } from './support/projects.mjs';
import { serve } from './support/server.mjs';

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => (server = await serve()));
after(() => server.close());

/** @param {(packager: import('./support/page.mjs').PackagerPage) => Promise<void>} work */
async function onPage(work) {
  const packager = await open(server.origin);
  await work(packager);
  assert.deepEqual(packager.complaints, []);
  await packager.close();
}

const paths = ({ leftOut }) => leftOut.map(({ path }) => path);

test('What .gitignore names and the tests of bundled packages stay out when a box is checked', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const folder = project('shop', {
      ...WSGI,
      '.gitignore': '*.log\n!keep.log\n/local/\n',
      'a.log': '1',
      'keep.log': '2',
      'local/x.txt': '34',
      'pkg-1.0.dist-info/METADATA': 'Name: pkg\nVersion: 1.0\n',
      'pkg-1.0.dist-info/RECORD': 'pkg/__init__.py,,\npkg/tests/test_a.py,,\n',
      'pkg/__init__.py': '',
      'pkg/tests/test_a.py': 'assert True\n',
      'tests/test_shop.py': '',
    });
    const first = await packager.report(() => packager.drop(folder));
    assert.deepEqual(paths(first), []);
    assert.deepEqual(first.offers, { gitignore: true, leaveOutTests: true });
    const obeying = await packager.report(() => page.getByLabel('Leave out what .gitignore names').click());
    assert.deepEqual(paths(obeying), ['a.log', 'local']);
    assert.deepEqual(obeying.leftOut[1], {
      path: 'local',
      folder: true,
      size: 2,
      files: 1,
      reason: 'ignored by `/local/` in line 3 of `.gitignore`',
      canInclude: true,
    });
    const both = await packager.report(() => page.getByLabel('Leave out the tests of bundled packages').click());
    assert.deepEqual(paths(both), ['a.log', 'local', 'pkg/tests']);
    await page.getByText('Left out: 3 files and folders').click();
    await assertAccessible(page, 'what is left out');
    const back = await packager.report(() => page.getByRole('button', { name: 'Include a.log anyway' }).click());
    assert.deepEqual(paths(back), ['local', 'pkg/tests']);
    const saved = contents(await packager.save(temporary()));
    assert.ok(
      saved.has('shop/a.log') && saved.has('shop/tests/test_shop.py') && !saved.has('shop/pkg/tests/test_a.py'),
    );
    const free = await packager.report(() => page.getByLabel('Leave out what .gitignore names').click());
    assert.deepEqual(paths(free), ['pkg/tests']);
  }));

const SECRET = 'Tr0ub4dor&3';
const WITH_SECRETS = {
  ...WSGI,
  '.env': `DB_PASSWORD=${SECRET}\n`,
  'settings.py': `DB_PASSWORD = '${SECRET}'\n`,
};

test('Secrets are pointed out beside the button that saves, and nothing that is passed on has them', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const report = await packager.report(() => packager.drop(project('shop', WITH_SECRETS)));
    assert.ok(!JSON.stringify(report).includes(SECRET));
    assert.match(await page.locator('.save').innerText(), /2 files with secrets or data go into the package/);
    await assertAccessible(page, 'a package with secrets');
    await page.getByRole('tab', { name: 'web.config' }).click();
    await page.getByRole('button', { name: 'Look at them' }).click();
    const focused = await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent);
    assert.match(focused, /LAY0(12|30)/);
    assert.ok(!(await page.locator('.packager').innerText()).includes(SECRET));
    await page.getByRole('button', { name: 'Review: Leave out shop/.env' }).click();
    const without = await packager.report(() => page.getByRole('button', { name: 'Make this change' }).click());
    assert.ok(without.files.every(({ path }) => path !== 'shop/.env'));
    assert.match(await page.locator('.save').innerText(), /1 file with secrets or data goes into the package/);
  }));

test('A report that is passed on has no secret of a web.config either', () =>
  onPage(async (packager) => {
    const { page } = packager;
    const config = `<configuration>\n  <appSettings>\n    <add key="SECRET_KEY" value="${SECRET}" />\n  </appSettings>\n</configuration>\n`;
    const folder = project('shop', { ...WSGI, 'web.config': config });
    const report = await packager.report(() => packager.drop(folder));
    const shown = report.shown.find(({ path }) => path === 'shop/web.config');
    assert.ok(shown.text.includes(SECRET) && !shown.masked, 'it can be edited here');
    await page.getByRole('button', { name: 'Save report' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^JSON / }).click(),
    ]);
    const saved = fs.readFileSync(await download.path(), 'utf8');
    assert.ok(saved.includes('SECRET_KEY') && !saved.includes(SECRET));
    for (const format of ['text', 'json', 'sarif', 'markdown', 'html']) {
      const { stdout } = spawnSync(process.execPath, ['dist/node/cli.mjs', 'check', folder, '--format', format], {
        encoding: 'utf8',
      });
      assert.ok(stdout.includes('LAY030') && !stdout.includes(SECRET), format);
    }
  }));

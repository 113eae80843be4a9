// The main job: a real application dropped on the page becomes a package that other tools read and that starts.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import * as applications from './support/applications.mjs';
import {
  checkWebConfig,
  compareWithFolder,
  contents,
  extract,
  sha256,
  start,
  testWithUnzip,
  validateParameters,
} from './support/packages.mjs';
import { open } from './support/page.mjs';
import { SKIPPED, hasShared, root, temporary } from './support/places.mjs';
import { project } from './support/projects.mjs';
import { serve } from './support/server.mjs';

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => (server = await serve()));
after(() => server.close());

/** `rules`: what `django-admin startproject` and wheels made for Linux are rightly told. */
const cases = {
  Django: {
    make: applications.django,
    framework: 'Django',
    entryPoint: 'shop.wsgi:application',
    least: 3500,
    rules: [
      'layout/written-secret',
      'manifest/missing-access',
      'python/debug-mode',
      'web-config/unbundled-requirement',
      'web-config/uncollected-static',
    ],
  },
  Flask: {
    make: applications.flask,
    framework: 'Flask',
    entryPoint: 'app:app',
    least: 190,
    rules: ['layout/foreign-binary', 'manifest/missing-access', 'web-config/unbundled-requirement'],
  },
};

for (const [name, { make, framework, entryPoint, least, rules }] of Object.entries(cases)) {
  describe(`A dropped ${name} application`, () => {
    const folder = make();
    const target = temporary();
    /** @type {import('./support/page.mjs').PackagerPage} */
    let packager;
    /** @type {any} */
    let report;
    /** @type {string} */
    let file;

    before(async () => {
      packager = await open(server.origin);
      report = await packager.report(() => packager.drop(folder));
      await packager.settled('checked');
      file = await packager.save(target);
      await packager.settled('done');
      await packager.page.screenshot({ path: path.join(root, `target/screens/5-${name}.png`), fullPage: true });
    });
    after(() => packager.close());

    test('is recognised, and the page says why', async () => {
      assert.equal(report.detection.framework, framework);
      assert.equal(report.detection.entryPoint, entryPoint);
      const facts = await packager.page.locator('.facts').innerText();
      for (const fact of [name, entryPoint]) assert.ok(facts.includes(fact), facts);
      assert.ok((await packager.page.locator('.evidence li').count()) > 0);
    });

    test('gives a package with the name of its folder', () => {
      assert.equal(file.split('/').at(-1), report.package.name);
    });

    test('says what is wrong with the application, and nothing about what was written', () => {
      const found = report.diagnostics.map(({ rule }) => rule);
      assert.deepEqual(found.sort(), rules);
      assert.match(report.target.reason, /Python 3\.8 or later/);
    });

    test('is whole for unzip', () => testWithUnzip(file));

    test('comes back byte for byte, with its times and empty folders', () => {
      const { wrong, compared, emptyFolders, extra } = compareWithFolder(file, folder, report);
      assert.deepEqual(wrong, []);
      assert.ok(compared >= least, `${compared} files`);
      assert.ok(emptyFolders >= 1);
      const { appFolder } = report.package;
      const written = ['Manifest.xml', 'Parameters.xml', `${appFolder}/handler.fcgi`, `${appFolder}/web.config`];
      assert.deepEqual(extra.sort(), written);
      const total = report.input.files;
      assert.equal(compared, total, 'every file that was read is in the package');
    });

    test('has the SHA-256 that the page shows', async () => {
      assert.equal(await packager.page.locator('.save code').innerText(), sha256(file));
    });

    test('has parameters that follow the schema', async (t) => {
      if (!hasShared) return t.skip(SKIPPED);
      await validateParameters(extract(file, 'Parameters.xml', target));
    });

    test('has a web.config that IIS accepts', async (t) => {
      if (!hasShared) return t.skip(SKIPPED);
      const said = await checkWebConfig(extract(file, `${report.package.appFolder}/web.config`, target));
      // Outside Azure an administrator unlocks the handlers; the checker says so of every such file.
      const others = said.split('\n').filter((line) => !/handlers: locked by default|^OK$/.test(line));
      assert.deepEqual(others, [], said);
    });

    test('starts, and gets its query string intact', async (t) => {
      if (!hasShared) return t.skip(SKIPPED);
      const urls = ['/', '/deep/path/'].map((url) => `${url}?${applications.QUERY}`);
      for (const { url, status, body, error } of await start(file, urls)) {
        assert.equal(Number(status), 200, `${url}: ${error}`);
        assert.equal(body, applications.ANSWER);
      }
    });

    test('violates no policy and leaves nothing on the console', async () => {
      assert.deepEqual((await packager.seen()).violations, []);
      assert.deepEqual(packager.complaints, []);
    });
  });
}

test('Times are those of the clock on the wall, in whatever zone', async () => {
  const folder = project('shop');
  fs.utimesSync(`${folder}/app.py`, 1_780_000_000, 1_780_000_000); // 2026-05-28 20:26:40 UTC
  for (const [timezoneId, time] of [
    ['Asia/Kolkata', '2026-5-29-1-56-40'],
    ['America/New_York', '2026-5-28-16-26-40'],
  ]) {
    const packager = await open(server.origin, { timezoneId });
    await packager.report(() => packager.drop(folder));
    const [, saved] =
      contents(await packager.save(temporary()))
        .get('shop/app.py')
        ?.split(' ') ?? [];
    assert.equal(saved, time);
    await packager.close();
  }
});

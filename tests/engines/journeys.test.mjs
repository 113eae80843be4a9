// What a person does with the page, in Firefox and in WebKit: the ways of tests/browser that the
// engine under the page can break.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { compareWithFolder, contents, sha256, testWithUnzip } from '../browser/support/packages.mjs';
import { SKIPPED, cli, dist, hasShared, inShared, temporary } from '../browser/support/places.mjs';
import { WSGI, project } from '../browser/support/projects.mjs';
import { serve } from '../browser/support/server.mjs';
import { firefox } from './support/firefox.mjs';
import { Page, servePage, watch } from './support/page.mjs';
import { until } from './support/processes.mjs';
import { webkit } from './support/webkit.mjs';

const only = process.env.ENGINE;

/** Enough for several workers, with what takes a way of its own: large, empty, dense, oddly named. */
const many = project('many', {
  ...WSGI,
  ...Object.fromEntries(
    Array.from({ length: 600 }, (_, index) => [`pkg${index % 20}/module${index}.py`, `x = ${index}\n`.repeat(index)]),
  ),
  'pkg0/__init__.py': '',
  'static/grüße ☃.txt': 'Grüße',
  'static/dense.bin': crypto.getRandomValues(new Uint8Array(65_536)),
  'static/large.txt': 'A line that comes again and again.\n'.repeat(900_000),
});
for (let at = 0; at < 40; at++) fs.appendFileSync(path.join(many, 'static/large.bin'), noise(500_000));

function noise(/** @type {number} */ size) {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 50_000) crypto.getRandomValues(bytes.subarray(at, at + 50_000));
  return bytes;
}

/** @param {string} folder  @returns {string} the sum of what the command makes of it */
function byCommand(folder) {
  const out = path.join(temporary(), 'out.zip');
  execFileSync('node', [cli, 'build', folder, '-o', out, '--reproducible'], { stdio: 'ignore' });
  return sha256(out);
}

for (const [engine, start] of Object.entries({ firefox, webkit })) {
  if (only && only !== engine) continue;
  describe(engine, () => {
    /** @type {import('./support/page.mjs').Browser} */
    let browser;
    /** @type {Awaited<ReturnType<typeof serve>>} */
    let server;
    /** @type {Page} */
    let page;
    before(async () => {
      browser = await start();
      server = await servePage();
    });
    after(async () => {
      await browser?.close();
      await server?.close();
    });
    afterEach(() => page?.close());

    const open = async (address = '/') => (page = await Page.open(browser, server.origin + address));
    const whole = async () => assert.deepEqual(await page.seen(), { violations: [], errors: [] });
    async function goesOn() {
      const report = await page.report(() => page.addFolder(project('next')));
      assert.equal(report.input.name, 'next');
      testWithUnzip(await page.save());
      await whole();
    }

    test('The page loads under its policy, and the module unpacks and compiles', async (t) => {
      t.diagnostic(browser.name);
      await open();
      await page.click('button', 'Try a sample');
      await page.shown('.menu-item', 'A Django project');
      await whole();
      assert.deepEqual(server.hits.toSorted(), ['GET /', 'GET /page.css', 'GET /page.js', 'GET /watch.js']);
    });

    test('A request is refused, and the page says by what', async () => {
      await open();
      const hits = server.hits.length;
      await page.click('button', 'Send a test request');
      await page.shown('.privacy *', 'Your browser refused it: connect-src');
      assert.equal(server.hits.length, hits);
    });

    test('A folder becomes a package that is saved whole, with the bytes that the command makes', async () => {
      await open();
      const hits = server.hits.length;
      const report = await page.report(() => page.addFolder(many));
      assert.equal(report.detection.entryPoint, 'app:application');
      await page.shown('.facts', '');
      const file = await page.save();
      testWithUnzip(file);
      assert.equal(path.basename(file), 'many.zip');
      const { wrong, compared } = compareWithFolder(file, many, report);
      assert.deepEqual(wrong, []);
      assert.equal(compared, 607);
      await until(
        () => page.evaluate((sum) => inside('.save code').textContent === sum, sha256(file)),
        'its check sum',
      );
      const { sha256: told, own } = await page.build();
      assert.equal(told, own);
      assert.equal(own, byCommand(many));
      assert.equal(server.hits.length, hits);
      await whole();
    });

    test('A ZIP is chosen with the button, and every byte of it is checked', async (t) => {
      if (!hasShared) return t.skip(SKIPPED);
      const original = inShared('corpora/packages/msdocs_VacationPicsWPIInstaller.zip');
      await open();
      const report = await page.report(() => page.choose('input[accept]', [original]));
      assert.equal(report.input.kind, 'gallery-package');
      await page.shown('.packager *', 'Every file is whole');
      const copy = await page.save();
      testWithUnzip(copy);
      const after = contents(copy);
      for (const [name, content] of contents(original)) assert.equal(after.get(name), content, name);
      await whole();
    });

    test('A byte that changed in a ZIP is found', async () => {
      await open();
      const folder = project('hurt', { ...WSGI, 'static/noise.bin': noise(300_000) });
      await page.report(() => page.addFolder(folder));
      const file = path.join(temporary(), 'hurt.zip');
      const bytes = fs.readFileSync(await page.save());
      const middle = bytes.length >> 1; // within what fills the package
      bytes[middle] = 255 - (bytes[middle] ?? 0);
      fs.writeFileSync(file, bytes);
      await page.report(() => page.choose('input[accept]', [file]));
      await page.shown('.packager *', '1 file is damaged');
      await whole();
    });

    test('Files that are dropped are taken', async () => {
      await open();
      const report = await page.report(() =>
        page.evaluate((app) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([app], 'app.py'));
          transfer.items.add(new File(['x'], 'readme.txt'));
          const event = new DragEvent('drop', {
            dataTransfer: transfer,
            bubbles: true,
            composed: true,
            cancelable: true,
          });
          document.body.dispatchEvent(event);
        }, WSGI['app.py']),
      );
      assert.equal(report.detection.entryPoint, 'app:application');
      assert.equal(report.input.files, 2);
      testWithUnzip(await page.save());
      await whole();
    });

    test('A problem is mended with its button, and the copy that is saved has it', async () => {
      await open();
      await page.click('button', 'Try a sample');
      await page.shown('.menu-item', 'A package with mistakes');
      const { diagnostics } = await page.report(() => page.click('.menu-item', 'A package with mistakes'));
      const mended = await page.report(() => page.click('.problems button', 'Fix: '));
      assert.ok(mended.diagnostics.length < diagnostics.length);
      await page.shown('.notice', 'Fixed: ');
      testWithUnzip(await page.save());
      await whole();
    });

    const picture = 'static/picture.bin';
    const moving = () => {
      const folder = project('moving', { ...WSGI, [picture]: 'x'.repeat(200_000), 'static/z.txt': 'z' });
      for (const name of [picture, 'app.py']) fs.utimesSync(path.join(folder, name), 1_780_000_000, 1_780_000_000); // WebKit knows whole seconds
      return folder;
    };
    const faults = {
      deleted: (/** @type {string} */ file) => fs.rmSync(file),
      'cut short': (/** @type {string} */ file) => fs.truncateSync(file, 3),
      lengthened: (/** @type {string} */ file) => fs.appendFileSync(file, 'more'),
      rewritten: (/** @type {string} */ file) => fs.writeFileSync(file, 'y'.repeat(200_000)),
    };
    for (const [what, harm] of Object.entries(faults)) {
      // Firefox hands over a file as it is now and does not tell; what was read of it by then is not read again.
      const silent = engine === 'firefox' && (what === 'lengthened' || what === 'rewritten');
      test(`A file that is ${what} after it was added is ${silent ? 'packed as it was' : 'named'}`, async () => {
        await open();
        const folder = moving();
        await page.report(() => page.addFolder(folder));
        const before = silent && contents(await page.save()).get(`moving/${picture}`);
        harm(path.join(folder, picture));
        if (before) {
          const file = await page.save();
          testWithUnzip(file);
          assert.equal(contents(file).get(`moving/${picture}`), before);
        } else {
          const { error } = await page.outcome(() => page.click('.save button.primary'));
          assert.equal(error?.path, picture);
          assert.match(await page.shown('.failure'), /static\/picture\.bin/);
        }
        await goesOn();
      });
    }

    test('A file that grew before it was read is named, and none takes its bytes', async () => {
      await open();
      const folder = moving();
      const grow = () => fs.appendFileSync(path.join(folder, 'app.py'), '# more\n');
      let { error } = await page.outcome(() => page.addFolder(folder, grow));
      // Firefox reads as much of it as there was, until it is compressed.
      if (!error) ({ error } = await page.outcome(() => page.click('.save button.primary')));
      assert.equal(error?.path, 'app.py');
      await goesOn();
    });

    test('One folder after another is taken by the same page', async () => {
      await open();
      for (let time = 0; time < 15; time++) {
        const name = `shop${time}`;
        const report = await page.report(() => page.addFolder(project(name)));
        assert.equal(report.input.name, name);
        if (time % 3 === 0) testWithUnzip(await page.save());
      }
      await whole();
    });

    test('A site that allows no worker gets the same bytes', async () => {
      const folder = project('shop', { ...WSGI, 'static/a.txt': 'a'.repeat(100_000) });
      const cdn = await serve();
      const policies = { '/': 'blob:', '/none': "'none'" };
      const site = await serve({
        folder: path.join(dist, 'nowhere'),
        pages: Object.fromEntries(
          Object.entries(policies).map(([address, worker]) => [
            address,
            {
              body: `<!doctype html><html lang="en"><title>Docs</title><body><script nonce="a">(${watch})()</script><script src="${cdn.origin}/gallery-packager.js"></script><gallery-packager></gallery-packager>`,
              headers: {
                'content-security-policy': `default-src 'none'; img-src 'self'; script-src 'nonce-a' ${cdn.origin} 'wasm-unsafe-eval'; worker-src ${worker}; require-trusted-types-for 'script'`,
              },
            },
          ]),
        ),
      });
      const sums = [];
      for (const address of Object.keys(policies)) {
        page = await Page.open(browser, site.origin + address);
        await page.report(() => page.addFolder(folder));
        sums.push((await page.build()).own);
        const { violations, errors } = await page.seen();
        assert.deepEqual(errors, []);
        assert.deepEqual(violations, address === '/' ? [] : ['worker-src blob']);
        await page.close();
      }
      assert.deepEqual(sums, [byCommand(folder), byCommand(folder)]);
      await Promise.all([cdn.close(), site.close()]);
    });

    test('The page works from a disk', async () => {
      page = await Page.open(browser, pathToFileURL(`${dist}/index.html`).href);
      await page.tab.evaluate(`(${watch})()`);
      const report = await page.report(() => page.addFolder(project('offline')));
      assert.equal(report.detection.entryPoint, 'app:application');
      testWithUnzip(await page.save());
      await whole();
    });

    test('Light or dark, wide or 320 points, nothing runs out of the page', async () => {
      for (const [address, theme] of [
        ['/narrow', 'light'],
        ['/narrow', 'dark'],
        ['/', 'light'],
        ['/', 'dark'],
      ]) {
        await open(address);
        await page.tab.resize(1200, 2900);
        const shown = (/** @type {string} */ selector) =>
          until(() => page.evaluate((selector) => !!inside(selector)?.checkVisibility(), selector), selector);
        await shown('.drop');
        await page.evaluate((theme) => {
          const select = inside('#theme');
          select.value = theme;
          select.dispatchEvent(new Event('change', { bubbles: true }));
        }, theme);
        const where = `${address === '/' ? 'wide' : 'narrow'}-${theme}`;
        await page.picture(`${where}-empty`);
        assert.equal(await page.evaluate(sideways), 0);
        await page.evaluate(() => void inside('gallery-packager').add({ sample: 'broken' }));
        await shown('.problems');
        assert.equal(await page.evaluate(sideways), 0);
        await page.picture(`${where}-report`);
        await page.close();
      }
    });

    const sideways = () => {
      const page = inside('html');
      return page.scrollWidth - page.clientWidth;
    };
  });
}

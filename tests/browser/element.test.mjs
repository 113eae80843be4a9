// The element's public contract, on somebody else's site with a strict policy.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { drop } from './support/drop.mjs';
import { open } from './support/page.mjs';
import { dist } from './support/places.mjs';
import { project } from './support/projects.mjs';
import { serve } from './support/server.mjs';
import { mayBeBusy } from './support/tasks.mjs';

/** @type {Awaited<ReturnType<typeof serve>>} where the script lies */
let cdn;
/** @type {Awaited<ReturnType<typeof serve>>} whose page it is */
let site;

const APP = "def application(environ, start_response):\n    start_response('200 OK', [])\n    return [b'ok']\n";

/** @param {string} worker  What the site allows as workers. */
const policy = (worker) =>
  `default-src 'none'; script-src ${cdn.origin} 'wasm-unsafe-eval'; worker-src ${worker}; require-trusted-types-for 'script'`;

before(async () => {
  cdn = await serve();
  const script = `<script src="${cdn.origin}/gallery-packager.js"></script>`;
  const element = '<gallery-packager>The packager needs JavaScript.</gallery-packager>';
  const page = (scripts, worker = 'blob:') => ({
    body: `<!doctype html><html lang="en"><title>Docs</title>${scripts}${element}`,
    headers: { 'content-security-policy': policy(worker) },
  });
  site = await serve({
    folder: path.join(dist, 'nowhere'),
    pages: {
      '/': page(script),
      '/twice': page(script + script),
      '/no-worker': page(script, "'none'"),
      '/frame': { body: '<iframe sandbox="allow-scripts" src="/" width="700" height="500"></iframe>' },
      '/favicon.ico': { body: '' },
    },
  });
});
after(() => Promise.all([cdn.close(), site.close()]));

/**
 * Works on the site's page, then looks whether anything was asked for or forbidden meanwhile.
 * @param {string} address
 * @param {(page: import('playwright-core').Page) => Promise<void>} work
 * @param {string[]} [violations]
 */
async function onSite(address, work, violations = []) {
  const packager = await open(site.origin + address);
  const asked = [cdn.hits.length, site.hits.length];
  await work(packager.page);
  assert.deepEqual([cdn.hits.length, site.hits.length], asked, 'no request after loading');
  assert.deepEqual((await packager.seen()).violations, violations);
  await packager.close();
}

const adding = {
  'File[]': (app) => [new File([app], 'app.py'), new File(['x'], 'readme.txt')],
  FileList: (app) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([app], 'app.py'));
    transfer.items.add(new File(['x'], 'readme.txt'));
    return transfer.files;
  },
  '[{path, file}]': (app) => [
    { path: 'shop/app.py', file: new File([app], 'a') },
    { path: 'shop/sub/readme.txt', file: new File(['x'], 'b') },
  ],
  FileSystemDirectoryHandle: async (app) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('shop', { create: true });
    const file = await folder.getFileHandle('app.py', { create: true });
    const writable = await file.createWritable();
    await writable.write(app);
    await writable.close();
    return folder;
  },
};

for (const [what, make] of Object.entries(adding)) {
  test(`add() takes a ${what}`, () =>
    onSite('/', async (page) => {
      const report = await page.evaluate(
        async ([make, app]) => {
          const input = await make(app);
          return document.querySelector('gallery-packager')?.add(input);
        },
        /** @type {any} */ ([await page.evaluateHandle(`(${make})`), APP]),
      );
      assert.equal(report.version, 1);
      assert.equal(report.detection.entryPoint, 'app:application');
      const wanted = what.startsWith('[') || what.startsWith('FileSystem') ? 'shop' : 'application';
      assert.equal(report.input.name, wanted);
    }));
}

test('build() gives the package, its name and its SHA-256', () =>
  onSite('/', async (page) => {
    const built = await page.evaluate(async (app) => {
      const packager = document.querySelector('gallery-packager');
      await packager.add([{ path: 'shop/app.py', file: new File([app], 'app.py') }]);
      const { blob, name, sha256 } = await packager.build();
      const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
      const sum = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      return { size: blob.size, type: blob.type, name, sha256, sum };
    }, APP);
    assert.equal(built.name, 'shop.zip');
    assert.equal(built.type, 'application/zip');
    assert.equal(built.sha256, built.sum);
    assert.ok(built.size > 500);
  }));

test('The same input gives the same bytes when that is asked for', () =>
  onSite('/', async (page) => {
    const sums = await page.evaluate(async (app) => {
      const packager = document.querySelector('gallery-packager');
      const sums = [];
      for (let time = 0; time < 2; time += 1) {
        const file = new File([app], 'app.py', { lastModified: 1_700_000_000_000 });
        await packager.add([{ path: 'shop/app.py', file }]);
        sums.push((await packager.build({ reproducible: true })).sha256);
      }
      return sums;
    }, APP);
    assert.equal(sums[0], sums[1]);
  }));

test('answers are read and set, and count at the next check()', () =>
  onSite('/', async (page) => {
    const { before, answers, after, config } = await page.evaluate(async (app) => {
      const packager = document.querySelector('gallery-packager');
      const file = (name) => ({ path: `shop/${name}`, file: new File([app], name) });
      const before = await packager.add([file('app.py'), file('other.py')]);
      packager.answers = { entryPoint: 'other:application', appFolder: 'store', excludes: ['app.py'] };
      const after = await packager.check();
      const config = after.shown.find(({ path }) => path === 'store/web.config').text;
      return { before, answers: packager.answers, after, config };
    }, APP);
    assert.equal(before.detection.entryPoint, 'app:application');
    assert.deepEqual(answers, { entryPoint: 'other:application', appFolder: 'store', excludes: ['app.py'] });
    assert.equal(after.detection.entryPoint, 'other:application');
    assert.equal(after.package.appFolder, 'store');
    assert.ok(after.leftOut.some(({ path }) => path === 'app.py'));
    assert.match(config, /other\.application/);
  }));

test('reset() forgets everything, and check() and build() then say so', () =>
  onSite('/', async (page) => {
    const result = await page.evaluate(async (app) => {
      const packager = document.querySelector('gallery-packager');
      await packager.add([{ path: 'shop/app.py', file: new File([app], 'app.py') }]);
      packager.answers = { appFolder: 'store' };
      packager.reset();
      const refused = (promise) =>
        promise.then(
          () => 'nothing',
          (error) => error.code,
        );
      return {
        answers: packager.answers,
        report: packager.report,
        state: packager.state,
        check: await refused(packager.check()),
        build: await refused(packager.build()),
      };
    }, APP);
    assert.deepEqual(result, { answers: {}, report: null, state: 'empty', check: 'empty', build: 'empty' });
  }));

test('The four events bubble out with their details', () =>
  onSite('/', async (page) => {
    const events = await page.evaluate(async (app) => {
      const packager = document.querySelector('gallery-packager');
      const events = [];
      for (const type of ['progress', 'report', 'package', 'error'])
        document.body.addEventListener(`gallery-${type}`, (event) =>
          events.push({ type, detail: event.detail, bubbles: event.bubbles, composed: event.composed }),
        );
      await packager.add([{ path: 'shop/app.py', file: new File([app], 'app.py') }]);
      await packager.build();
      await packager.add([new File(['no'], 'no.zip')]).catch(() => {});
      return events.map(({ detail, ...event }) => ({
        ...event,
        keys: Object.keys(detail).sort().join(),
        code: detail.code,
        name: detail.name ?? detail.report?.input.name,
      }));
    }, APP);
    assert.ok(events.every(({ bubbles, composed }) => bubbles && composed));
    const progress = events.filter(({ type }) => type === 'progress');
    assert.ok(progress.length > 0);
    for (const { keys } of progress) assert.equal(keys, 'bytes,files,phase,totalFiles');
    const others = events
      .filter(({ type }) => type !== 'progress')
      .map(({ type, keys, code, name }) => ({ type, keys, code, name }));
    assert.deepEqual(JSON.parse(JSON.stringify(others)), [
      { type: 'report', keys: 'report', name: 'shop' },
      { type: 'package', keys: 'blob,name,sha256', name: 'shop.zip' },
      { type: 'error', keys: 'code,message,path', code: 'not-a-zip' },
    ]);
  }));

test('Two copies of the script do no harm', () =>
  onSite('/twice', async (page) => {
    const state = await page.evaluate(async (app) => {
      const packager = document.querySelector('gallery-packager');
      await packager.add([{ path: 'shop/app.py', file: new File([app], 'app.py') }]);
      return packager.state;
    }, APP);
    assert.equal(state, 'checked');
  }));

test('A site that allows no worker has the same package made on the page itself', () =>
  onSite(
    '/no-worker',
    async (page) => {
      mayBeBusy('the page does all of the work');
      const names = await page.evaluate(async (app) => {
        const packager = document.querySelector('gallery-packager');
        await packager.add([{ path: 'shop/app.py', file: new File([app], 'app.py') }]);
        const { blob, sha256 } = await packager.build();
        const text = new TextDecoder('latin1').decode(await blob.arrayBuffer());
        return { whole: text.includes('shop/web.config') && text.includes('PK\x05\x06'), sha256 };
      }, APP);
      assert.ok(names.whole);
      assert.match(names.sha256, /^[0-9a-f]{64}$/);
      assert.equal(page.workers().length, 0);
    },
    ['worker-src blob'],
  ));

test('In a sandboxed frame a drop that cannot be read is told, and the folder button works', async () => {
  const { page } = await open(`${site.origin}/frame`);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Choose folder…' }).waitFor();
  const folder = project('shop');
  await drop(page, [folder], { x: 300, y: 100 });
  await frame.locator('.failure', { hasText: 'Use the buttons' }).waitFor();
  await frame.locator('input[webkitdirectory]').setInputFiles(folder);
  await frame.locator('.facts', { hasText: 'app:application' }).waitFor();
  await page.context().close();
});

test('The module is importable where there is no DOM', () => {
  const script = `import(process.argv[1]).then(({ TAG, register, GalleryPackager }) => {
    register();
    console.log(TAG, typeof GalleryPackager);
  })`;
  const module = path.join(dist, 'gallery-packager.mjs');
  assert.equal(
    execFileSync(process.execPath, ['-e', script, module], { encoding: 'utf8' }),
    'gallery-packager function\n',
  );
});

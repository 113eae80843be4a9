// Wheels that are dropped on an application: they are in the package, byte for byte, and it starts.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import * as applications from './support/applications.mjs';
import { contents, start, testWithUnzip } from './support/packages.mjs';
import { open } from './support/page.mjs';
import { SKIPPED, hasShared, temporary, write } from './support/places.mjs';
import { serve } from './support/server.mjs';
import { makeWheel } from './support/wheels.mjs';

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => (server = await serve()));
after(() => server.close());

/** @param {string} file */
const sumOf = (file) => createHash('sha256').update(fs.readFileSync(file)).digest('hex');

/**
 * What is in a package: name -> SHA-256.
 * @param {string} file
 */
const sums = (file) => new Map([...contents(file)].map(([name, sum]) => [name, sum.split(' ')[0]]));

/**
 * The files of a folder: path below it -> SHA-256.
 * @param {string} folder
 */
function sumsOfFolder(folder) {
  const files = new Map();
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const place = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !place.includes('__pycache__')) files.set(path.relative(folder, place), sumOf(place));
  }
  return files;
}

describe('A project of 6,500 vendored files and the three wheels that it lacks', () => {
  const { folder, wheels } = applications.portal();
  const target = temporary();
  /** @type {import('./support/page.mjs').PackagerPage} */
  let packager;
  /** @type {any} */
  let bare;
  /** @type {any} */
  let report;
  /** @type {string} */
  let file;

  before(async () => {
    packager = await open(server.origin);
    bare = await packager.report(() => packager.drop(folder));
    await packager.settled('checked');
    report = await packager.report(() => packager.drop(...wheels));
    await packager.settled('checked');
    file = await packager.save(target);
    await packager.settled('done');
  });
  after(() => packager.close());

  test('is told what it lacks, and the line that gets it', () => {
    assert.ok(bare.input.files >= 6500, String(bare.input.files));
    const missing = bare.dependencies.list.filter(({ bundled }) => !bundled).map(({ project }) => project);
    for (const project of ['asgiref', 'sqlparse']) assert.ok(missing.includes(project), missing.join());
    assert.match(
      bare.dependencies.download,
      /^pip download --only-binary=:all: --platform win_amd64 --python-version 3\.\d+ --implementation cp -d wheels .*sqlparse/,
    );
  });

  test('takes the wheels', () => {
    assert.deepEqual(
      report.wheels.map(({ project, added, problem }) => [project, added, problem]),
      [
        ['asgiref', true, null],
        ['sqlparse', true, null],
        ['whitenoise', true, null],
      ],
    );
    const missing = report.dependencies.list.filter(({ bundled }) => !bundled).map(({ project }) => project);
    for (const project of ['asgiref', 'sqlparse']) assert.ok(!missing.includes(project), missing.join());
  });

  test('gives a package with every byte of both', () => {
    testWithUnzip(file);
    const packed = sums(file);
    const { appFolder } = report.package;
    const out = new Set(report.leftOut.map((item) => item.path));
    let compared = 0;
    for (const [name, sum] of sumsOfFolder(folder)) {
      if (out.has(name)) continue;
      assert.equal(packed.get(`${appFolder}/${name}`), sum, name);
      compared += 1;
    }
    assert.ok(compared >= 6500, String(compared));
    for (const wheel of wheels)
      for (const [name, sum] of sums(wheel)) assert.equal(packed.get(`${appFolder}/${name}`), sum, name);
  });

  test('starts', { skip: !hasShared && SKIPPED }, async () => {
    const [answer] = await start(file, [`/?${applications.QUERY}`]);
    assert.deepEqual([answer.status, answer.body], ['200', applications.ANSWER]);
  });

  test('shows nothing that went wrong', async () => {
    assert.deepEqual(packager.complaints, []);
    assert.deepEqual((await packager.seen()).violations, []);
  });
});

describe('Wheels on a small application', () => {
  const place = temporary();
  const folder = write(path.join(place, 'shop'), {
    'app.py':
      'import six\n\n\ndef application(environ, start_response):\n    start_response("200 OK", [])\n    return [six.word]\n',
    'requirements.txt': 'six==1.0\n',
  });
  const six = makeWheel(place, 'six-1.0-py2.py3-none-any.whl', { 'six.py': "word = b'six'\n" });
  const linux = makeWheel(place, 'fast-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', { 'fast.py': '' });
  /** @type {import('./support/page.mjs').PackagerPage} */
  let packager;

  before(async () => (packager = await open(server.origin)));
  after(() => packager.close());

  test('a wheel alone is no application', async () => {
    const error = await packager.failure(() => packager.drop(six));
    assert.equal(error.code, 'unknown-input');
    assert.match(await packager.alert(), /Add the application first/);
  });

  test('are added, and what does not fit is told with the tag that would', async () => {
    const bare = await packager.report(() => packager.drop(folder));
    assert.equal(bare.dependencies.list[0].bundled, false);
    const report = await packager.report(() => packager.drop(six, linux));
    assert.ok(report.files.some((one) => one.path === 'shop/six.py' && one.wheel === path.basename(six)));
    assert.equal(report.dependencies.list[0].bundled, true);
    const problem = report.diagnostics.find(({ rule }) => rule === 'layout/refused-wheel');
    assert.match(problem.message, /needs `cp\d+-win_amd64`, this is `cp312-cp312-manylinux_2_17_x86_64`/);
    const shown = await packager.page.locator('.dependencies').innerText();
    assert.match(shown, /six-1\.0-py2\.py3-none-any\.whl unpacked, 3 files/);
    assert.match(shown, /manylinux_2_17_x86_64\.whl not unpacked: /);
  });

  test('stay when something is dropped that is refused', async () => {
    const picture = path.join(place, 'pic.png');
    fs.writeFileSync(picture, 'PNG');
    assert.equal((await packager.failure(() => packager.drop(picture))).path, 'pic.png');
    assert.match(await packager.alert(), /pic\.png/);
    assert.match(await packager.page.locator('.dependencies').innerText(), /six-1\.0-py2\.py3-none-any\.whl unpacked/);
  });

  test('can be taken away again', async () => {
    const report = await packager.report(() =>
      packager.page.getByRole('button', { name: `Take away ${path.basename(six)}` }).click(),
    );
    assert.deepEqual(
      report.wheels.map((wheel) => wheel.project),
      ['fast'],
    );
    assert.ok(!report.files.some((one) => one.path === 'shop/six.py'));
  });
});

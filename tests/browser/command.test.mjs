// The command under Node: its words, its exit codes, and the same package as the browser makes.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { out, run } from './support/command.mjs';
import { contents, sha256, testWithUnzip } from './support/packages.mjs';
import { open } from './support/page.mjs';
import { root, temporary, write } from './support/places.mjs';
import { WSGI, project, zip } from './support/projects.mjs';
import { serve } from './support/server.mjs';
import { makeWheel } from './support/wheels.mjs';

const require = createRequire(import.meta.url);
const declarations = path.join(root, 'dist/core.d.ts');

/** @returns {string} a package that has errors */
function broken() {
  const folder = path.join(temporary(), 'broken');
  assert.equal(run('sample', 'broken', '-o', folder).status, 0);
  return folder;
}

describe('Exit status', () => {
  test('0 and a package from a folder without errors', () => {
    const file = out();
    const { status, stdout, stderr } = run('build', project('shop'), '-o', file);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    testWithUnzip(file);
    assert.match(stdout, /entry point app:application/);
    assert.ok(stdout.includes(`SHA-256 ${sha256(file)}`), stdout);
  });

  test('0 and a package from a ZIP', () => {
    const file = out();
    const input = zip('shop.zip', Object.entries(WSGI));
    assert.equal(run('build', input, '-o', file).status, 0);
    testWithUnzip(file);
    assert.equal(run('check', file).status, 0);
  });

  test('1 where errors are found, and the package is written all the same', () => {
    const file = out();
    const { status, stdout } = run('build', broken(), '-o', file);
    assert.equal(status, 1);
    assert.match(stdout, /^error\[/m);
    testWithUnzip(file);
    assert.equal(run('check', file).status, 1);
  });

  test('1 from check, which writes nothing', () => {
    const folder = broken();
    const files = fs.readdirSync(folder, { recursive: true }).sort();
    assert.equal(run('check', folder).status, 1);
    assert.deepEqual(fs.readdirSync(folder, { recursive: true }).sort(), files);
  });
});

describe('Wheels', () => {
  const folder = temporary();
  const fine = makeWheel(folder, 'six-1.0-py2.py3-none-any.whl', { 'six.py': "word = b'six'\n" });
  const foreign = makeWheel(folder, 'fast-1.0-cp312-cp312-macosx_11_0_arm64.whl', { 'fast.py': '' });

  test('are unpacked into the application, named by an option or after the input', () => {
    for (const words of [['--wheel', fine], [fine]]) {
      const file = out();
      const { status, stdout } = run('build', project('shop'), ...words, '-o', file);
      assert.equal(status, 0, stdout);
      testWithUnzip(file);
      assert.ok([...contents(file).keys()].includes('shop/six.py'));
      assert.match(stdout, /left out: six-1\.0-py2\.py3-none-any\.whl \(a wheel: it was unpacked/);
    }
  });

  test('that do not fit are told with the tag that would', () => {
    const { status, stdout } = run('check', project('shop'), '--wheel', fine, '--wheel', foreign);
    assert.equal(status, 0);
    assert.match(stdout, /layout\/refused-wheel.*needs `cp\d+-win_amd64`, this is `cp312-cp312-macosx_11_0_arm64`/);
  });

  test('are files that there are', () => {
    for (const wheel of ['gone.whl', 'shop.zip'])
      assert.equal(run('check', project('shop'), '--wheel', wheel).status, 2);
  });
});

describe('What cannot run says why in one line, and ends with 2', () => {
  const help = ' (--help shows how)';
  const folder = project('shop');
  const text = write(temporary(), {
    'note.txt': 'text',
    'bad.json': '{',
    'list.json': '[]',
    'odd.json': '{"target":"moon"}',
  });
  const at = (/** @type {string} */ name) => path.join(text, name);
  /** @type {[string[], string][]} */
  const cases = [
    [[], `say what to do: build, check or sample${help}`],
    [['pack'], `there is no command pack; there are build, check and sample${help}`],
    [['check'], `check needs a folder, a ZIP or a file${help}`],
    [['build', '-o', at('x.zip')], `build needs a folder or a ZIP${help}`],
    [['build', folder], `build needs -o OUT.zip${help}`],
    [['check', folder, '-o', at('x.zip')], `check takes no --output${help}`],
    [['sample', '--format', 'xml', '--target', 'nope'], `sample takes no --format${help}`],
    [['check', folder, 'more'], `one at a time: more is too much${help}`],
    [['check', at('nowhere')], `${at('nowhere')} does not exist.`],
    [['check', at('note.txt')], '`note.txt`: the file is a text file, not a ZIP'],
    [['check', project('hollow', { 'a/': '' })], 'there is no file in `hollow`'],
    [
      ['check', folder, '--format', 'yaml'],
      `there is no format yaml; there are text, json, sarif, markdown and html${help}`,
    ],
    [
      ['check', folder, '--profile', 'best'],
      `there is no profile best; there are gallery, webdeploy and strict${help}`,
    ],
    [['check', folder, '--answers', at('none.json')], `${at('none.json')} does not exist.`],
    [['check', folder, '--answers', at('list.json')], `${at('list.json')} does not hold a JSON object${help}`],
    [
      ['build', folder, '-o', path.join(folder, 'out.zip')],
      `the package may not be written into the folder that it is made from${help}`,
    ],
    [['build', folder, '-o', text], `${text} is a folder${help}`],
    [['build', folder, '-o', at('no/where.zip')], `${at('no')} does not exist.`],
    [
      ['sample', 'moon', '-o', at('moon')],
      `there is no sample moon; there are guestbook, polls, bookshelf, broken${help}`,
    ],
  ];
  for (const [args, message] of cases) {
    test(`${args.map((one) => path.basename(one)).join(' ') || 'nothing'}: ${message.replaceAll(/\/\S*\//g, '')}`, () => {
      assert.deepEqual(run(...args), { status: 2, stdout: '', stderr: `gallery-packager: ${message}\n` });
    });
  }

  test('answers that are not JSON', () => {
    const { status, stderr } = run('check', folder, '--answers', at('bad.json'));
    assert.equal(status, 2);
    assert.ok(stderr.startsWith(`gallery-packager: ${at('bad.json')} is not JSON: `), stderr);
  });

  test('an unknown target', () => {
    for (const args of [
      ['--target', 'moon'],
      ['--answers', at('odd.json')],
    ]) {
      const { status, stderr } = run('check', folder, ...args);
      assert.equal(status, 2);
      assert.match(stderr, /^gallery-packager: .*moon.*\n$/);
    }
  });

  test('an unknown option', () => {
    const { status, stderr } = run('check', folder, '--colour');
    assert.equal(status, 2);
    assert.match(stderr, /^gallery-packager: Unknown option '--colour'/);
  });

  test('a package over the one it is made from', () => {
    const input = zip('shop.zip', Object.entries(WSGI));
    const before = sha256(input);
    const { status, stderr } = run('build', input, '-o', input);
    assert.deepEqual(
      [status, stderr],
      [2, `gallery-packager: the package may not replace what it is made from${help}\n`],
    );
    assert.equal(sha256(input), before);
  });
});

test('--help tells the options, every answer and the exit status', () => {
  const { status, stdout } = run('--help');
  assert.equal(status, 0);
  const [, answers = ''] = /export interface Answers \{([^]*?)\n\}/.exec(fs.readFileSync(declarations, 'utf8')) ?? [];
  const names = [...answers.matchAll(/^ {4}(\w+)\?:/gm)].map(([, name = '']) => name);
  assert.ok(names.length >= 20, names.join());
  const words = ['build', 'check', '--target', '--answers', '--profile', '--format', 'strict', 'Exit status'];
  for (const word of [...words, ...names]) assert.match(stdout, new RegExp(`(?<!\\w)${word}\\b`));
});

test('A failed build leaves nothing behind', () => {
  const folder = temporary();
  const file = path.join(folder, 'out.zip');
  assert.equal(run('build', write(temporary(), { 'a.zip': 'no' }) + '/a.zip', '-o', file).status, 2);
  assert.deepEqual(fs.readdirSync(folder), []);
});

test('The JSON report follows its schema', (t) => {
  const schema = path.join(root, 'www/report.schema.json');
  if (!fs.existsSync(schema)) return t.skip('there is no www/report.schema.json; ./build.sh docs writes it');
  const Ajv = require('ajv');
  const validate = new Ajv({ allErrors: true, strict: false }).compile(JSON.parse(fs.readFileSync(schema, 'utf8')));
  for (const input of [
    project('shop', { ...WSGI, 'venv/pyvenv.cfg': '', '.env': 'A=1' }),
    broken(),
    zip('odd.zip', [
      ['../a', ''],
      ['b', ''],
    ]),
  ]) {
    const { stdout } = run('check', input, '--format', 'json');
    assert.ok(validate(JSON.parse(stdout)), JSON.stringify(validate.errors, null, 1));
  }
});

test('The same folder gives the same report and the same contents', () => {
  const folder = project('shop', { ...WSGI, 'b.py': '', 'a/c.py': '', 'empty/': '' });
  const files = [out(), out()];
  const [first, second] = files.map((file) => JSON.parse(run('build', folder, '-o', file, '--format', 'json').stdout));
  assert.deepEqual(first, second);
  const [one, other] = files.map((file) =>
    [...contents(file)].map(([name, content]) => `${name} ${content.split(' ')[0]}`),
  );
  assert.deepEqual(one, other);
});

test('--answers and --target decide what is not found', () => {
  const folder = project('shop', { ...WSGI, 'other.py': WSGI['app.py'] });
  const answers = path.join(
    write(temporary(), { 'a.json': '{"entryPoint":"other:application","excludes":["app.py"]}' }),
    'a.json',
  );
  const { stdout, status } = run(
    'check',
    folder,
    '--answers',
    answers,
    '--target',
    'azure-classic',
    '--format',
    'json',
  );
  const report = JSON.parse(stdout);
  assert.equal(status, 0);
  assert.equal(report.detection.entryPoint, 'other:application');
  assert.equal(report.target.id, 'azure-classic');
  assert.ok(!report.files.some(({ path }) => path.endsWith('/app.py')));
});

test('A file in a folder that is left out is packed when the answers ask for it', () => {
  const folder = project('shop', { ...WSGI, 'node_modules/x/y.js': '1', 'node_modules/x/z.js': '1' });
  const answers = path.join(write(temporary(), { 'a.json': '{"includes":["node_modules/x/y.js"]}' }), 'a.json');
  const file = out();
  assert.equal(run('build', folder, '-o', file, '--answers', answers).status, 0);
  const names = [...contents(file).keys()].filter((name) => name.endsWith('.js'));
  assert.deepEqual(names, ['shop/node_modules/x/y.js']);
});

describe('check --fix', () => {
  test('says what it fixed, writes a copy without errors, and replaces nothing unasked', () => {
    const folder = broken();
    const input = zip('site.zip', Object.entries(filesOf(folder)));
    const before = sha256(input);
    const copy = input.replace(/\.zip$/, '-corrected.zip');
    const { status, stdout } = run('check', input, '--fix');
    assert.equal(status, 0, stdout);
    assert.match(stdout, /^Fixed: .+$/m);
    assert.match(stdout, /^warning\[manifest\/missing-access-target\]/m);
    assert.match(stdout, /^1 warning$/m);
    testWithUnzip(copy);
    assert.equal(run('check', copy).status, 0);
    assert.equal(sha256(input), before);
    assert.match(run('check', input, '--fix').stderr, /is there already/);
    assert.match(run('check', input, '--fix', '-o', input).stderr, /may not replace/);
    assert.equal(run('check', input, '--fix', '-o', input, '--force').status, 0);
    assert.equal(run('check', input).status, 0);
  });

  test('corrects a script that calls msdeploy, and shows no password', () => {
    const folder = write(temporary(), {
      'deploy.cmd': 'msdeploy.exe –verb:sync -source:package=“a.zip” -dest:auto,password="TOPSECRET"\r\n',
    });
    const file = path.join(folder, 'fixed.cmd');
    const all = run('check', path.join(folder, 'deploy.cmd'), '--fix', '-o', file, '--format', 'json');
    assert.ok(!(all.stdout + all.stderr).includes('TOPSECRET'), all.stdout);
    assert.equal(
      fs.readFileSync(file, 'utf8'),
      'msdeploy.exe -verb:sync -source:package="a.zip" -dest:auto,password="TOPSECRET"\r\n',
    );
  });
});

test('--options turns rules off and grades them otherwise; an unknown rule is an error with a suggestion', () => {
  const folder = broken();
  const file = path.join(temporary(), 'options.json');
  const checked = (/** @type {object} */ given) => {
    fs.writeFileSync(file, JSON.stringify(given));
    return run('check', folder, '--options', file, '--format', 'json');
  };
  const all = JSON.parse(run('check', folder, '--format', 'json').stdout).diagnostics;
  const [{ rule, code }] = all;
  const off = JSON.parse(checked({ rules: { [code]: 'off' }, profile: 'webdeploy' }).stdout);
  assert.equal(off.profile, 'webdeploy');
  assert.ok(off.diagnostics.every((/** @type {any} */ one) => one.rule !== rule));
  assert.deepEqual(off.grades, [{ rule, code, grade: 'off' }]);
  const notes = Object.fromEntries(all.map((/** @type {any} */ one) => [one.rule, 'note']));
  assert.equal(checked({ rules: notes }).status, 0);
  const wrong = checked({ rules: { 'web-config/misspelt-modul': 'off' } });
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /no rule `web-config\/misspelt-modul`; `web-config\/misspelt-module` may be meant/);
});

test('--options has what goes into the form of the gallery, which is checked too', () => {
  const file = path.join(temporary(), 'options.json');
  const checked = (/** @type {object} */ form, /** @type {string[]} */ ...more) => {
    fs.writeFileSync(file, JSON.stringify({ form }));
    return run('check', broken(), '--options', file, ...more);
  };
  const urls = { support: 'www.example.com', site: 'https://example.com' };
  const { diagnostics } = JSON.parse(checked({ appId: 'my shop', urls }, '--format', 'json').stdout);
  const ours = diagnostics.filter((/** @type {any} */ one) => one.rule.startsWith('gallery/'));
  assert.deepEqual(
    ours.map((/** @type {any} */ { code, severity, file }) => [code, severity, file]),
    [
      ['GAL001', 'error', 'form: appId'],
      ['GAL003', 'warning', 'form: urls.support'],
    ],
  );
  assert.match(ours[0].help, /`myshop`/);
  assert.ok(!checked({ appId: 'shop2' }).stdout.includes('GAL0'));
  const wrong = checked({ appID: 'shop' });
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /no field `appID`; there is appId, description, briefDescription, urls/);
});

test('A report in every format', () => {
  const folder = broken();
  for (const [format, beginning] of Object.entries({
    text: 'broken: gallery package',
    json: '{\n  "version": 1',
    sarif: '{\n  "$schema"',
    markdown: '# Check of `broken`',
    html: '<!doctype html>',
  })) {
    const { status, stdout } = run('check', folder, '--format', format);
    assert.deepEqual([status, stdout.slice(0, beginning.length)], [1, beginning]);
  }
});

/** @param {string} folder @returns {Record<string, string>} */
const filesOf = (folder) =>
  Object.fromEntries(
    fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => fs.statSync(path.join(folder, name)).isFile())
      .map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]),
  );

describe('The browser and the command', () => {
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let server;
  before(async () => (server = await serve()));
  after(() => server.close());

  test('make packages of the same entries and contents from one folder, and say the same', async () => {
    const files = {
      ...WSGI,
      'static/größe.css': 'a {}',
      'static/~x.lnk': 'x',
      'desktop.ini': 'x',
      'empty/deep/': '',
      '.env': 'A=1',
      'venv/pyvenv.cfg': '',
    };
    const folder = project('shop', files);
    const file = out();
    const ours = JSON.parse(run('build', folder, '-o', file, '--format', 'json').stdout);
    const packager = await open(server.origin);
    const theirs = await packager.report(() => packager.drop(folder));
    const saved = await packager.save(temporary());
    await packager.close();
    assert.deepEqual(plain(theirs), plain(ours));
    const strip = ([name, content]) => [
      name,
      /Manifest|Parameters|web\.config|handler/.test(name) || name.endsWith('/') ? content.split(' ')[0] : content,
    ];
    assert.deepEqual([...contents(saved)].map(strip), [...contents(file)].map(strip));
  });
});

/** What crosses threads has no nulls lost and no canInclude, which says what the page can do. @param {any} report */
const plain = (report) =>
  JSON.parse(JSON.stringify({ ...report, leftOut: report.leftOut.map(({ canInclude, ...one }) => one) }));

// What a package does beyond copying the application: by the command, on the page, and once it is installed.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { assertAccessible } from './support/axe.mjs';
import { start, testWithUnzip } from './support/packages.mjs';
import { open } from './support/page.mjs';
import { SKIPPED, cli, hasShared, temporary, write } from './support/places.mjs';
import { project } from './support/projects.mjs';
import { serve } from './support/server.mjs';

const FILES = {
  'app.py': `import os

UPLOAD_FOLDER = "uploads"

def application(environ, start_response):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "conf", "server.ini")) as file:
        greeting = file.read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [(os.environ.get("SITE_TITLE", "no title") + "|" + greeting).encode()]
`,
  'conf/server.ini': "[server]\ngreeting = 'hello'\n",
  'requirements.txt': '',
  'install.sql': 'CREATE TABLE `items` (id INT AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;\n',
  'plain.sql': 'CREATE TABLE items (id INT);\n',
};

const ANSWERS = {
  writableFolders: ['uploads'],
  databases: [{ script: 'install.sql', setting: 'DATABASE_URL' }],
  aliases: [{ from: 'conf/server.ini', to: 'conf/copy.ini' }],
  parameters: [
    { name: 'Title', default: 'My shop', target: { appSetting: 'SITE_TITLE' } },
    { name: 'Greeting', password: true, target: { file: 'conf/server.ini', match: "(?<=greeting = ')[^'\\r\\n]*" } },
  ],
};

const SERVING = `from flask import Flask

app = Flask(__name__)
`;

/** @param {object} answers */
function build(answers) {
  const folder = temporary();
  const file = path.join(folder, 'out.zip');
  write(folder, { 'answers.json': JSON.stringify(answers) });
  const args = [cli, 'build', project('shop', FILES), '-o', file, '--answers', path.join(folder, 'answers.json')];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
  return { file, status, stdout, stderr };
}

describe('The command', () => {
  test('writes what the answers ask for', () => {
    const { file, status, stderr } = build(ANSWERS);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    testWithUnzip(file);
    const text = (/** @type {string} */ name) =>
      spawnSync('unzip', ['-p', file, name], { encoding: 'utf8', timeout: 20_000 }).stdout;
    const manifest = text('Manifest.xml');
    for (const line of [
      '<setAcl path="shop/uploads" setAclAccess="Modify" />',
      '<dbMySql path="install.sql" />',
      '<alias from="shop/conf/server.ini" to="shop/conf/copy.ini" />',
    ])
      assert.ok(manifest.includes(line), manifest);
    const parameters = text('Parameters.xml');
    for (const piece of ['{AppPath}/uploads', 'tags="Hidden,MySQLConnectionString,Validate"', 'name="MySqlSetting"'])
      assert.ok(parameters.includes(piece), parameters);
    assert.match(parameters, /name="Greeting" tags="Password,NoStore"/);
    assert.match(text('shop/web.config'), /key="SITE_TITLE" value="My shop"/);
    assert.match(text('install.sql'), /CREATE TABLE/);
  });

  test('suggests what the code says', () => {
    const { stdout } = build({});
    assert.match(stdout, /writes to `uploads` \(app\.py:3 sets `UPLOAD_FOLDER` to `uploads`\)/);
    assert.match(stdout, /SQL script: `install\.sql`, for MySQL by its words/);
    assert.match(stdout, /SQL script: `plain\.sql`$/m);
  });

  test('lays scripts that are named beside the application, and runs those that the answers say', () => {
    const folder = temporary();
    write(folder, {
      'data.sql': FILES['install.sql'],
      'other.sql': FILES['plain.sql'],
      'answers.json': JSON.stringify({ databases: [{ script: 'data.sql' }] }),
    });
    const file = path.join(folder, 'out.zip');
    const [data, other, answers] = ['data.sql', 'other.sql', 'answers.json'].map((name) => path.join(folder, name));
    const args = [cli, 'build', project('shop', FILES), data, '--wheel', other, '-o', file, '--answers', answers];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    assert.match(stdout, /SQL script: `data\.sql`, for MySQL by its words/);
    assert.match(stdout, /`other\.sql` is not installed/);
    assert.match(stdout, /^ {2}data\.sql {2}\d+$/m);
    const { stdout: manifest } = spawnSync('unzip', ['-p', file, 'Manifest.xml'], { encoding: 'utf8' });
    assert.match(manifest, /<dbMySql path="data\.sql" \/>/);
    assert.doesNotMatch(manifest, /other\.sql/);
  });

  test('says why runtime.txt is not written', () => {
    const interpreter = 'C:\\py\\python.exe';
    const { stdout } = build({ runtimeTxt: true, interpreter });
    assert.match(stdout, /`runtime\.txt` was not written: Nothing says which version/);
  });

  test('refuses answers that mean nothing, and says why', () => {
    for (const [answers, piece] of [
      [{ writableFolders: ['../up'] }, /cannot be made writable/],
      [{ databases: [{ script: 'plain.sql' }] }, /whether it is for SQL Server or MySQL/],
      [{ parameters: [{ name: 'A', target: {} }] }, /needs one target/],
      [{ parameters: [{ name: 'A', password: true, default: 'x', target: { appSetting: 'A' } }] }, /no default/],
    ]) {
      const { status, stderr } = build(answers);
      assert.equal(status, 2);
      assert.match(stderr, piece);
    }
  });
});

describe('Once it is installed', { skip: hasShared ? false : SKIPPED }, () => {
  test('the answers of the installer have replaced the values', async () => {
    const { file } = build(ANSWERS);
    const [page] = await start(file, ['/'], ['Title=Another title', 'Greeting=good day']);
    assert.equal(page.status, '200', JSON.stringify(page));
    assert.equal(page.body, "Another title|[server]\ngreeting = 'good day'\n");
    const [other] = await start(file, ['/'], ['Title=A third']);
    assert.equal(other.body, "A third|[server]\ngreeting = 'hello'\n");
  });
});

describe('The page', () => {
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let server;
  before(async () => (server = await serve()));
  after(() => server.close());

  /**
   * @param {(packager: import('./support/page.mjs').PackagerPage, text: (name: string) => Promise<string>) => Promise<void>} work
   * @param {import('playwright-core').BrowserContextOptions} [options]
   * @param {Record<string, string>} [files]
   */
  async function onPage(work, options = {}, files = FILES) {
    const packager = await open(server.origin, options);
    const { page } = packager;
    await packager.drop(project('shop', files));
    await packager.settled();
    await page.getByRole('tab', { name: 'Rights and questions' }).click();
    const text = (/** @type {string} */ name) =>
      page.evaluate((name) => {
        const events = globalThis['seen'].events.filter((/** @type {any} */ event) => event.type === 'gallery-report');
        return events.at(-1).detail.report.shown.find((/** @type {any} */ file) => file.path === name)?.text ?? '';
      }, name);
    await work(packager, text);
    assert.deepEqual(packager.complaints, []);
    await packager.close();
  }

  test('gives rights to a folder, and takes them back', () =>
    onPage(async (packager, text) => {
      const { page } = packager;
      const box = page.getByRole('checkbox', { name: /^uploads\// });
      await packager.report(() => box.check());
      assert.match(await text('Manifest.xml'), /setAcl path="shop\/uploads"/);
      await assertAccessible(page, 'rights and questions');
      await packager.report(() => box.uncheck());
      assert.doesNotMatch(await text('Manifest.xml'), /setAcl/);
      await page.getByLabel('Another folder').fill('var/cache');
      await packager.report(() => page.getByRole('button', { name: 'Add', exact: true }).click());
      assert.match(await text('Manifest.xml'), /setAcl path="shop\/var\/cache"/);
    }));

  test('runs a script with the engine that is chosen', () =>
    onPage(async (packager, text) => {
      const { page } = packager;
      await packager.report(() => page.getByLabel('plain.sql').selectOption('SQL'));
      await packager.report(() => page.getByLabel('install.sql').selectOption('MySQL'));
      const manifest = await text('Manifest.xml');
      assert.match(manifest, /dbFullSql path="plain.sql"[^]*dbMySql path="install.sql"/);
      await page.getByLabel('Setting that gets the address').fill('DATABASE_URL');
      await packager.report(() => page.getByLabel('Setting that gets the address').press('Enter'));
      assert.match(await text('shop/web.config'), /key="DATABASE_URL" value=""/);
      await packager.report(() => page.getByLabel('plain.sql').selectOption(''));
      assert.doesNotMatch(await text('Manifest.xml'), /dbFullSql/);
    }));

  test('asks for a setting, for text in a file, and for what is selected', () =>
    onPage(async (packager, text) => {
      const { page } = packager;
      const ask = () => page.getByRole('button', { name: 'Ask the installer', exact: true }).click();
      await page.getByText('Ask for something').click();
      await page.getByLabel('Key of the setting').fill('SITE_TITLE');
      await page.getByLabel('Default').fill('My shop');
      await packager.report(ask);
      assert.match(await text('Parameters.xml'), /name="SiteTitle" defaultValue="My shop" tags="NoStore"/);
      assert.match(await text('shop/web.config'), /key="SITE_TITLE" value="My shop"/);

      await page.getByText('Ask for something').click();
      await page.getByLabel('The answer replaces').selectOption('match');
      await page.getByLabel('Name of the parameter').fill('Greeting');
      await page.getByLabel('File, below').fill('conf/server.ini');
      await page.getByLabel('Expression or XPath').fill("(?<=greeting = ')[^']*");
      await packager.report(ask);
      assert.match(await text('Parameters.xml'), /scope="\\\\shop\\\\conf\\\\server\\.ini\$"/);

      await packager.report(() => page.getByRole('button', { name: 'Do not ask for Greeting' }).click());
      assert.doesNotMatch(await text('Parameters.xml'), /Greeting/);

      await page.getByRole('tab', { name: 'web.config' }).click();
      await page.getByRole('button', { name: 'Edit' }).click();
      const area = page.getByLabel('Text of shop/web.config');
      await area.evaluate((/** @type {HTMLTextAreaElement} */ area) => {
        const start = area.value.indexOf('My shop');
        area.setSelectionRange(start, start + 'My shop'.length);
      });
      await page.getByRole('button', { name: 'Ask the installer for the selection' }).click();
      assert.equal(await page.getByLabel('File, below').inputValue(), 'web.config');
      await page.getByLabel('Name of the parameter').fill('Chosen');
      const report = await packager.report(ask);
      const chosen = report.parameters.find((/** @type {any} */ parameter) => parameter.name === 'Chosen');
      assert.deepEqual(
        chosen.entries[0].hits.map((/** @type {any} */ hit) => hit.text),
        ['My shop'],
      );
    }));

  test('takes scripts on top, asks what runs them, and takes them away again', () =>
    onPage(async (packager, text) => {
      const { page } = packager;
      const folder = temporary();
      write(folder, { 'added.sql': FILES['install.sql'], 'blank.sql': 'CREATE TABLE <b>(id INT);' });
      await page.getByRole('tab', { name: 'Problems' }).click();
      const report = await packager.report(() =>
        packager.drop(path.join(folder, 'added.sql'), path.join(folder, 'blank.sql')),
      );
      const added = report.suggestions.scripts.filter((/** @type {any} */ own) => own.added);
      assert.deepEqual(added, [
        { script: 'added.sql', engine: 'MySQL', added: true },
        { script: 'blank.sql', engine: null, added: true },
      ]);
      assert.ok(report.files.some((/** @type {any} */ file) => file.path === 'added.sql'));
      const select = page.getByRole('combobox', { name: /^added\.sql/ });
      await page.waitForFunction(() => {
        const root = document.querySelector('gallery-packager')?.shadowRoot;
        return root?.activeElement instanceof HTMLSelectElement;
      });
      assert.equal(await select.evaluate((own) => own === own.getRootNode().activeElement), true);
      assert.doesNotMatch(await text('Manifest.xml'), /added\.sql/);
      await packager.report(() => select.selectOption('MySQL'));
      assert.match(await text('Manifest.xml'), /dbMySql path="added.sql"/);
      await packager.report(() => page.getByRole('button', { name: 'Take away added.sql' }).click());
      assert.doesNotMatch(await text('Manifest.xml'), /added\.sql/);
      assert.equal(await page.getByRole('combobox', { name: /^added\.sql/ }).count(), 0);
      assert.equal(await page.getByRole('combobox', { name: /^blank\.sql/ }).count(), 1);
    }));

  test('serves folders, makes copies and writes runtime.txt, with the keyboard and in 320 pixels', () =>
    onPage(
      async (packager, text) => {
        const { page } = packager;
        const found = page.getByRole('checkbox', { name: /^\/static\// });
        assert.equal(await found.isChecked(), true);
        await found.focus();
        await packager.report(() => page.keyboard.press('Space'));
        assert.doesNotMatch(await text('shop/web.config'), /\^static\//);
        assert.equal(await found.evaluate((own) => own === own.getRootNode().activeElement), true);

        await page.getByText('Serve another folder').focus();
        await page.keyboard.press('Enter');
        await page.getByLabel('Addresses begin with').fill('files');
        await page.getByLabel('Folder with the files').fill('.\\public\\');
        const { shown } = await packager.report(() => page.keyboard.press('Enter'));
        assert.match(shown.find((/** @type {any} */ own) => own.path === 'shop/web.config').text, /files/);
        await packager.report(() => page.getByRole('button', { name: 'Serve the folders that were found' }).click());
        assert.doesNotMatch(await text('shop/web.config'), /files\//);

        await page.getByText('Copy a file').focus();
        await page.keyboard.press('Enter');
        await page.getByLabel('File to copy').fill('conf/server.ini');
        await page.getByLabel('Name of the copy').fill('conf/copy.ini');
        await packager.report(() => page.keyboard.press('Enter'));
        assert.match(await text('Manifest.xml'), /alias from="shop\/conf\/server.ini" to="shop\/conf\/copy.ini"/);
        await assertAccessible(page, 'copies');
        await packager.report(() => page.getByRole('button', { name: 'Do not make the copy conf/copy.ini' }).click());
        assert.doesNotMatch(await text('Manifest.xml'), /alias/);

        await packager.report(() => page.getByRole('checkbox', { name: /^Write runtime\.txt/ }).check());
        assert.match(await text('shop/runtime.txt'), /^python-\d\.\d+\n$/);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= 320, String(wide));
      },
      { viewport: { width: 320, height: 800 } },
      { ...FILES, 'app.py': SERVING, 'static/site.css': 'a {}', 'public/a.css': 'b {}' },
    ));
});

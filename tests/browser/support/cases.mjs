// The applications of tests/applications: made ready once, packaged by the command, asked for pages.

import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { cli, inShared, root, temporary, write } from './places.mjs';

const run = promisify(execFile);
const sources = path.join(root, 'tests/applications');
const made = path.join(root, 'target/applications/cases');

/**
 * What is asked, and what it is answered with; a list of statuses where a server may follow a redirection by itself.
 * @typedef {{ url: string, post?: string, status?: number | number[], body?: string, contains?: string }} Ask
 */

/**
 * What `case.json` says of an application.
 * @typedef {object} Case
 * @property {string} name  Its folder.
 * @property {string} about  Why it is here.
 * @property {string} [todo]  Why it does not pass yet.
 * @property {string} framework  As the report names it.
 * @property {string} [handler]  WSGI_HANDLER; none where a module that is written leads to it.
 * @property {boolean} [loader]  A module is written that wfastcgi can import.
 * @property {string} [server]  What the httpPlatform arguments contain.
 * @property {string} [settings]  DJANGO_SETTINGS_MODULE.
 * @property {string} [pythonPath]  The folder that PYTHONPATH leads to, below the application's.
 * @property {string} target  The target that the tool takes by itself.
 * @property {string[]} [targets]  Others that it is packaged for.
 * @property {string} [unfit]  Why it cannot answer on the former.
 * @property {Record<string, Record<string, unknown>>} [answers]  By target: what no tool can know.
 * @property {Record<string, string[]>} [findings]  By target: the rules that rightly speak.
 * @property {string} [python]  The version that runs it, where it is not that of python3.
 * @property {string} [packages]  The folder that they are in, where it is not the application's own.
 * @property {boolean} [here]  They are those of this machine, not those of Windows.
 * @property {string[]} [fromSource]  Requirements of which there is no wheel.
 * @property {string[][]} [commands]  Run in the finished folder, as its author would before a release.
 * @property {string[]} [served]  Static files: URLs that are answered with `margin`.
 * @property {string} [webConfig]  One of Microsoft's, in the shared corpora, which lies in the folder.
 * @property {boolean} [mended]  Asked after the safe fixes were applied.
 * @property {string[]} [keeps]  What of it must still be there.
 * @property {boolean} [common]  False: it is an application of somebody else, and asked only what follows.
 * @property {boolean} [open]  Its own web.config lets everything be read, which is a finding.
 * @property {string} [interpreter]  What the path of the Python that is started has in it.
 * @property {number[]} [refusals]  The statuses that hide a file: 404 when absent.
 * @property {Ask[]} [asks]
 */

/** What the installer of Microsoft's test sites fills in.  @type {Record<string, string>} */
const PLACES = {
  SITEPATH: 'C:\\inetpub\\wwwroot\\site',
  PYTHONPATH: 'C:\\Python311\\python.exe',
  WFASTCGIPATH: 'C:\\Python311\\Lib\\site-packages\\wfastcgi.py',
};

/** @returns {Case[]} */
export const cases = () =>
  fs
    .readdirSync(sources, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map(({ name }) => ({ name, ...JSON.parse(fs.readFileSync(path.join(sources, name, 'case.json'), 'utf8')) }));

/** @param {string} folder */
const filesIn = (folder) =>
  fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => path.relative(folder, path.join(one.parentPath ?? one.path, one.name)));

/**
 * The application with its requirements beside it, for Windows as its author would fetch them.
 * @param {Case} one
 * @returns {Promise<string>} its folder
 */
export async function prepare({
  name,
  python = '3.11',
  fromSource = [],
  commands = [],
  packages = '',
  here,
  webConfig,
}) {
  const from = path.join(sources, name, 'app');
  const folder = path.join(made, name);
  const stamp = `${folder}.made`;
  const texts = filesIn(from).map((file) => `${file}\n${fs.readFileSync(path.join(from, file), 'utf8')}`);
  const key = JSON.stringify([texts, python, fromSource, commands, packages, here, webConfig]);
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === key) return folder;
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });

  const lists = filesIn(from).filter((file) => /^requirements/.test(file));
  const lines = lists.flatMap((file) => fs.readFileSync(path.join(from, file), 'utf8').split('\n'));
  const pins = lines.filter((line) => line.includes('=='));
  const isSource = (/** @type {string} */ pin) => fromSource.includes(pin.split('==')[0] ?? '');
  const wheels = ['--only-binary=:all:', '--platform', 'win_amd64', '--python-version', python];
  const place = path.join(folder, packages);
  await install(
    place,
    pins.filter((pin) => !isSource(pin)),
    here || python.startsWith('2') ? [] : [...wheels, '--implementation', 'cp'],
  );
  await install(place, pins.filter(isSource), []);
  fs.cpSync(from, folder, { recursive: true });
  const env = { ...process.env, PYTHONPATH: place, PYTHONDONTWRITEBYTECODE: '1' };
  for (const [script = '', ...args] of commands)
    await run('python3', [path.join(folder, script), ...args], { cwd: folder, env, timeout: 120_000 });
  if (webConfig) {
    const text = fs.readFileSync(inShared(`corpora/webconfig/${webConfig}`), 'utf8');
    fs.writeFileSync(
      path.join(folder, 'web.config'),
      text.replace(/\[(\w+)\]/g, (_, name) => PLACES[name] ?? ''),
    );
  }
  // What lies about in many a folder, and is nobody's business.
  write(folder, { 'notes.txt': 'margin', 'old/settings.json': '{}', 'old/dump.sql': 'SELECT 1;', 'old/page.html': '' });
  fs.writeFileSync(stamp, key);
  return folder;
}

/**
 * @param {string} folder
 * @param {string[]} pins
 * @param {string[]} options
 */
async function install(folder, pins, options) {
  if (!pins.length) return;
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--no-compile', '--disable-pip-version-check'];
  await run('python3', [...pip, ...options, '--upgrade', '--target', folder, ...pins], { timeout: 240_000 });
}

/**
 * The package for a target, made by the command.
 * @param {Case} one
 * @param {string} folder
 * @param {string} [target]  None: the one that the tool takes.
 */
export async function build(one, folder, target) {
  const out = path.join(temporary(), `${one.name}.zip`);
  const answers = one.answers?.[target ?? one.target];
  const options = [...(target ? ['--target', target] : []), '--format', 'json'];
  if (answers) {
    const file = path.join(write(temporary(), { 'answers.json': JSON.stringify(answers) }), 'answers.json');
    options.push('--answers', file);
  }
  const report = JSON.parse(await command('build', folder, '-o', out, ...options));
  if (one.mended) await command('check', out, '--fix', '--force', '-o', out);
  const config = `${report.package.appFolder}/web.config`;
  const { stdout: webConfig } = await run('unzip', ['-p', out, config]);
  return { out, report, webConfig };
}

/**
 * @param {...string} args
 * @returns {Promise<string>} what it prints, with errors found too
 */
async function command(...args) {
  const { stdout, stderr, code } = await run(process.execPath, [cli, ...args], {
    maxBuffer: 1e8,
    timeout: 120_000,
  }).then(
    (result) => ({ ...result, code: 0 }),
    (error) => error,
  );
  if (code !== 0 && code !== 1) throw new Error(`the command ends with ${code}: ${stderr}`);
  return stdout;
}

/**
 * @param {string} webConfig
 * @param {string} name
 * @returns {string | undefined} what the application finds in its environment
 */
export const variable = (webConfig, name) =>
  new RegExp(`(?:key|name)="\\s*${name}\\s*"\\s+value="([^"]*)"`).exec(webConfig)?.[1];

/**
 * The own files of an application that no visitor may read, and some of its packages.
 * @param {Case} one
 * @param {string} folder
 * @param {string[]} [served]
 */
export function secrets({ name }, folder, served = []) {
  const own = filesIn(path.join(sources, name, 'app'));
  const isOwn = new Set(own);
  const more = ['notes.txt', 'old/settings.json', 'old/dump.sql', 'old/page.html', 'db.sqlite3', 'web.config'];
  const foreign = filesIn(folder).filter((file) => !isOwn.has(file) && /\.(txt|json|js|css|html|svg|py)$/.test(file));
  const few = foreign.filter((_, index) => index % Math.ceil(foreign.length / 12) === 0);
  const statics = /(^|\/)(static|assets|staticfiles)\//;
  const all = [...own, ...more, ...few.filter((file) => !/^(static|staticfiles|src\/public)\//.test(file))];
  return all
    .filter((file) => !isOwn.has(file) || !statics.test(file))
    .map((file) => `/${file.split('/').map(encodeURIComponent).join('/')}`)
    .filter((url) => !served.includes(url));
}

/**
 * @typedef {object} Answer
 * @property {string} url
 * @property {string} method
 * @property {string} by
 * @property {string} status
 * @property {string} [body]
 * @property {string} [error]
 */

/**
 * Installs a package and asks it, through Microsoft's wfastcgi or its own server.
 * @param {string} file
 * @param {{ url: string, post?: string }[]} asks
 * @param {string} [python]
 * @returns {Promise<Answer[]>} in the order of the questions, but those that post come last
 */
export async function ask(file, asks, python) {
  const urls = asks.filter((one) => one.post === undefined).map((one) => one.url);
  const posts = asks.filter((one) => one.post !== undefined).map((one) => `${one.url}=${one.post}`);
  const options = python ? ['--python', python] : [];
  const { stdout } = await run(
    'python3',
    [inShared('tools/serve_package.py'), file, ...options, '--url', ...urls, '--post', ...posts],
    { maxBuffer: 1e8, timeout: 120_000 },
  ).catch((error) => error);
  return stdout
    .trim()
    .split('\n')
    .map((/** @type {string} */ line) => JSON.parse(line));
}

/**
 * A Python of that version, if there is one. That of the machine may have frameworks of its own, so an empty environment is made of it.
 * @param {string} [version]
 * @returns {Promise<string | undefined>}
 */
export async function interpreter(version) {
  await (fetched ??= fetchWfastcgi());
  return version ? older(version) : (empty ??= makeEmpty());
}

// Both are made once, however many packages ask at the same time.
/** @type {Promise<unknown> | undefined} */
let fetched;
/** @type {Promise<string> | undefined} */
let empty;

const fetchWfastcgi = () => {
  const program = 'import sys; sys.path.insert(0, sys.argv[1]); import serve_package; serve_package.wfastcgi_path()';
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  return run('python3', ['-c', program, inShared('tools')], { env, timeout: 120_000 });
};

async function makeEmpty() {
  const folder = path.join(root, 'target/applications/python');
  const python = path.join(folder, 'bin/python');
  if (!fs.existsSync(python)) await run('python3', ['-m', 'venv', '--without-pip', '--clear', folder]);
  return python;
}

/** @param {string} version */
async function older(version) {
  const home = path.join(process.env['HOME'] ?? '', '.pyenv/versions');
  const kept = fs.existsSync(home) ? fs.readdirSync(home).filter((name) => name.startsWith(`${version}.`)) : [];
  for (const place of [...kept.map((name) => path.join(home, name, 'bin/python')), `python${version}`]) {
    const works = await run(place, ['-c', 'print(1)']).then(
      () => true,
      () => false,
    );
    if (works) return place;
  }
  return undefined;
}

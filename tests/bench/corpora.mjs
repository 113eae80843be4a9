// @ts-check
// What is packed: the corpora of the shared material, made once, or Django alone where that is not there; and the
// package that is opened.

import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** @type {Record<string, string>} corpus -> its folder */
const FOLDERS = { a: 'a/mysite', b: 'b/portal', c: 'c/portal' };

/**
 * @param {string} work  Where they are made.
 * @param {string} shared  The shared material.
 * @param {string[]} wanted  Of a, b and c.
 * @returns {Record<string, string>} name -> folder
 */
export function corpora(work, shared, wanted) {
  const script = path.join(shared, 'corpora/make_performance_corpora.sh');
  const base = path.join(work, 'corpora');
  fs.mkdirSync(base, { recursive: true });
  if (!fs.existsSync(script)) {
    console.log('the shared material is not here: the input is Django alone, not a corpus');
    return { django: django(path.join(base, 'django')) };
  }
  const needed = wanted.includes('c') ? ['a', 'b', 'c'] : wanted.includes('b') ? ['a', 'b'] : ['a'];
  for (const other of Object.keys(FOLDERS).filter((name) => !needed.includes(name))) {
    // The script makes what is not marked as made.
    fs.mkdirSync(path.join(base, other), { recursive: true });
    fs.writeFileSync(path.join(base, other, '.done'), '');
  }
  for (const name of needed) {
    const mark = path.join(base, name, '.done');
    if (!fs.existsSync(path.join(base, FOLDERS[name] ?? name))) fs.rmSync(mark, { force: true });
  }
  execFileSync('bash', [script, base], { stdio: ['ignore', 'ignore', 'inherit'] });
  return Object.fromEntries(wanted.map((name) => [name, path.join(base, FOLDERS[name] ?? name)]));
}

/** @param {string} folder */
function django(folder) {
  if (!fs.existsSync(path.join(folder, 'manage.py'))) {
    const pip = ['-m', 'pip', 'install', '-q', '--no-compile', '--no-deps', '--disable-pip-version-check'];
    const vendor = path.join(folder, 'vendor');
    execFileSync('python3', [...pip, '--target', vendor, 'Django==5.2.8', 'asgiref==3.10.0', 'sqlparse==0.5.3']);
    const env = { ...process.env, PYTHONPATH: vendor, PYTHONDONTWRITEBYTECODE: '1' };
    execFileSync('python3', ['-m', 'django', 'startproject', 'mysite', folder], { env });
  }
  return folder;
}

/**
 * An application of so many small files in folders of 200, for what grows with their number.
 * @param {string} work  Where it is made.
 * @param {number} count
 */
export function smallFiles(work, count) {
  const folder = path.join(work, 'growth', String(count), 'many');
  if (fs.existsSync(path.join(folder, '.done'))) return folder;
  fs.rmSync(folder, { recursive: true, force: true });
  const text = 'def answer(request):\n    return request.path\n'.repeat(40);
  for (let index = 0; index < count - 1; index += 1) {
    const parent = path.join(folder, `part${Math.floor(index / 200)}`);
    if (index % 200 === 0) fs.mkdirSync(parent, { recursive: true });
    fs.writeFileSync(path.join(parent, `module${index}.py`), text + index);
  }
  fs.writeFileSync(path.join(folder, 'app.py'), 'def application(environ, start_response):\n    pass\n');
  fs.writeFileSync(path.join(folder, '.done'), '');
  return folder;
}

/**
 * A package of the gallery with a number of entries, the same each time.
 * @param {{ work: string, folder: string, root: string, entries: number }} wanted  The application in the folder is
 *   packed, and repeated.
 * @returns {string} its path
 */
export function existing({ work, folder, root, entries }) {
  const once = path.join(work, 'once.zip');
  const zip = path.join(work, 'input.zip');
  // Its status says whether there is something to report, too.
  const cli = path.join(root, 'dist/node/cli.mjs');
  spawnSync(process.execPath, [cli, 'build', folder, '-o', once, '--reproducible'], { stdio: 'ignore' });
  execFileSync('python3', [path.join(root, 'tests/bench/repeat.py'), once, String(entries), zip]);
  return zip;
}

/**
 * How large every file is; reading it also warms the disk's cache.
 * @param {string} folder
 */
export function sizesOf(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name)).length);
}

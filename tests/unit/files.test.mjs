import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { listFolder } from '../../www/node/files.mjs';
import { temporary, write } from '../browser/support/places.mjs';

const junk = {
  names: { node_modules: 'packages of Node' },
  markers: { 'pyvenv.cfg': 'virtual environment' },
};
const paths = ({ entries }) => entries.map(({ path, folder }) => (folder ? `${path}/` : path));

test('names compare as Windows compares them', () => {
  const root = write(temporary(), { 'Node_Modules/x.js': '', 'env/PyVenv.cfg': '', 'app.py': '' });
  const listing = listFolder(root, junk);
  assert.deepEqual(paths(listing), ['app.py']);
  assert.deepEqual(listing.skipped, [
    { path: 'Node_Modules', reason: 'packages of Node', folder: true },
    { path: 'env', reason: 'virtual environment', folder: true },
  ]);
});

test('what was asked for is reached in a folder that is left out', () => {
  const root = write(temporary(), {
    'node_modules/x/y.js': '',
    'node_modules/x/z.js': '',
    'node_modules/w/v.js': '',
    'env/pyvenv.cfg': '',
    'env/lib/a.py': '',
    'env/bin/b': '',
  });
  assert.deepEqual(paths(listFolder(root, junk, ['node_modules/x/y.js', 'env/lib/'])), [
    'env/',
    'env/lib/',
    'env/lib/a.py',
    'env/pyvenv.cfg',
    'node_modules/',
    'node_modules/x/',
    'node_modules/x/y.js',
  ]);
  assert.equal(listFolder(root, junk, ['node_modules', 'env']).files.filter(Boolean).length, 6);
});

test('what cannot be read is left out and told, and the rest is kept', (t) => {
  const root = write(temporary(), { 'app.py': '', 'locked/a.py': '', 'secret.py': '' });
  fs.symlinkSync('app.py', path.join(root, 'link.py'));
  execFileSync('mkfifo', [path.join(root, 'pipe')]);
  // The tests may run as root, whom nothing refuses.
  const denied = () => Object.assign(new Error('no'), { code: 'EACCES' });
  const { readdirSync, accessSync } = fs;
  t.mock.method(fs, 'readdirSync', (place, options) => {
    if (place.endsWith('locked')) throw denied();
    return readdirSync(place, options);
  });
  t.mock.method(fs, 'accessSync', (place, mode) => {
    if (place.endsWith('secret.py')) throw denied();
    return accessSync(place, mode);
  });
  const listing = listFolder(root, junk);
  assert.deepEqual(paths(listing), ['app.py']);
  assert.deepEqual(listing.skipped, [
    { path: 'link.py', reason: 'symbolic link', folder: false },
    { path: 'locked', reason: 'could not be read (EACCES)', folder: true },
    { path: 'pipe', reason: 'not a regular file', folder: false },
    { path: 'secret.py', reason: 'could not be read (EACCES)', folder: false },
  ]);
});

test('the folder itself has to be there', () => {
  assert.throws(() => listFolder(path.join(temporary(), 'nowhere'), junk), { code: 'missing' });
});

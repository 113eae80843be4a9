// What tools that are not ours say about a package.

import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { inShared } from './places.mjs';

const run = promisify(execFile);
const here = import.meta.dirname;

/** @param {string} file */
export const sha256 = (file) => createHash('sha256').update(fs.readFileSync(file)).digest('hex');

/** @param {string} file  Throws what `unzip -t` says when it is not content. */
export const testWithUnzip = (file) => execFileSync('unzip', ['-tqq', file], { encoding: 'utf8' });

/**
 * Compares every file, time and empty folder of an input with the package, by Python's zipfile.
 * @param {string} file
 * @param {string} folder
 * @param {any} report
 */
export function compareWithFolder(file, folder, { package: { appFolder }, leftOut, files }) {
  const changed = files.filter((one) => one.state === 'changed').map((one) => one.path.slice(appFolder.length + 1));
  const expected = { appFolder, changed, leftOut: leftOut.map((one) => one.path) };
  const script = path.join(here, 'zip.py');
  return JSON.parse(
    execFileSync('python3', [script, file, folder], { input: JSON.stringify(expected), encoding: 'utf8' }),
  );
}

/**
 * @param {string} file
 * @returns {Map<string, string>} what is in a ZIP: name -> SHA-256 and time
 */
export function contents(file) {
  const script = `
import hashlib, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    print(json.dumps([[i.filename, hashlib.sha256(archive.read(i)).hexdigest(), list(i.date_time)] for i in archive.infolist()]))
`;
  const entries = JSON.parse(execFileSync('python3', ['-c', script, file], { encoding: 'utf8', maxBuffer: 1e8 }));
  return new Map(entries.map(([name, sum, time]) => [name, `${sum} ${time.join('-')}`]));
}

/**
 * @param {string} file
 * @param {string} name
 * @param {string} folder  Where the entry is written.
 */
export function extract(file, name, folder) {
  execFileSync('unzip', ['-qqo', file, name, '-d', folder]);
  return path.join(folder, name);
}

/** @param {string} parameters  Microsoft's schema of the file. */
export const validateParameters = (parameters) =>
  run('xmllint', ['--noout', '--schema', inShared('corpora/sir/parameters_newer.xsd'), parameters]);

/**
 * Findings about a web.config, from the schemas of IIS itself.
 * @param {string} config
 */
export async function checkWebConfig(config) {
  const { stdout } = await run('python3', [inShared('tools/check_webconfig.py'), config]).catch((error) => error);
  return stdout.trim();
}

/**
 * Installs the package and asks it for pages through Microsoft's wfastcgi.
 * @param {string} file
 * @param {string[]} urls
 * @param {string[]} [values]  What the installer is told: `NAME=VALUE`.
 */
export async function start(file, urls, values = []) {
  const told = values.length > 0 ? ['--set', ...values] : [];
  const { stdout } = await run('python3', [inShared('tools/serve_package.py'), file, '--url', ...urls, ...told]).catch(
    (error) => error,
  );
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

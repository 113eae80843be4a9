// Small made-up inputs.

import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { temporary, write } from './places.mjs';

/** The least that is recognised. */
export const WSGI = {
  'app.py': "def application(environ, start_response):\n    start_response('200 OK', [])\n    return [b'ok']\n",
  'requirements.txt': '',
};

/**
 * @param {string} name
 * @param {Record<string, string | Uint8Array>} [files]
 * @returns {string} a folder with an application
 */
export const project = (name, files = WSGI) => write(path.join(temporary(), name), files);

/**
 * A ZIP as Python's zipfile writes it, whatever the names are.
 * @param {string} name
 * @param {[string, string][]} entries
 */
export function zip(name, entries) {
  const file = path.join(temporary(), name);
  const script = `
import json, sys, warnings, zipfile
warnings.simplefilter("ignore")
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:
    for name, text in json.load(sys.stdin):
        info = zipfile.ZipInfo("x", (2026, 1, 2, 3, 4, 6))
        info.filename = name
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, text.encode())
`;
  execFileSync('python3', ['-c', script, file], { input: JSON.stringify(entries) });
  return file;
}

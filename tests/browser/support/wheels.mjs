// Wheels made by Python's own zipfile.

import { execFileSync } from 'node:child_process';
import path from 'node:path';

/**
 * A small wheel.
 * @param {string} folder
 * @param {string} name  Of the file.
 * @param {Record<string, string>} files
 */
export function makeWheel(folder, name, files) {
  const [project, version] = name.split('-');
  const place = path.join(folder, name);
  const script = `
import json, sys, zipfile
info, files = sys.argv[2] + '.dist-info/', json.loads(sys.argv[3])
files[info + 'WHEEL'] = 'Wheel-Version: 1.0\\n'
record = ''.join('%s,,%d\\n' % (name, len(text.encode())) for name, text in files.items())
files[info + 'RECORD'] = record + info + 'RECORD,,\\n'
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as archive:
    for name, text in files.items():
        archive.writestr(name, text)
`;
  execFileSync('python3', ['-c', script, place, `${project}-${version}`, JSON.stringify(files)]);
  return place;
}

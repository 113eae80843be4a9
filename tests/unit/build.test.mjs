import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { root, temporary, write } from '../browser/support/places.mjs';

test('build.sh takes a path as it is meant where the command is given', () => {
  const repository = temporary();
  fs.copyFileSync(path.join(root, 'build.sh'), path.join(repository, 'build.sh'));
  fs.chmodSync(path.join(repository, 'build.sh'), 0o755);
  const elsewhere = write(temporary(), { 'app/app.py': '' });
  // Everything that would be built is left out: what remains is which folder is packaged.
  const script = fs.readFileSync(path.join(repository, 'build.sh'), 'utf8');
  const stubs = 'build() { :; }\nneed_npm() { :; }\nnode() { echo "node $*"; }\npython3() { :; }\n';
  fs.writeFileSync(path.join(repository, 'build.sh'), script.replace('\njob=${1:-help}', `\n${stubs}job=\${1:-help}`));
  const ran = (...args) =>
    execFileSync(path.join(repository, 'build.sh'), ['run', ...args, '--no-serve'], {
      cwd: elsewhere,
      encoding: 'utf8',
    });
  const real = fs.realpathSync(elsewhere);
  assert.match(ran('./app'), new RegExp(`^node dist/node/cli.mjs build ${real}/app -o target/app.zip$`, 'm'));
  assert.match(ran('/x/y.zip'), /^node dist\/node\/cli.mjs build \/x\/y.zip -o target\/y.zip$/m);
});

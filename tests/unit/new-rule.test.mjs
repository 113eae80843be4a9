import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A copy of what the command reads. */
function copy(t) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'new-rule-'));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  fs.mkdirSync(path.join(folder, 'tests'));
  fs.copyFileSync(path.join(root, 'tests/new-rule.mjs'), path.join(folder, 'tests/new-rule.mjs'));
  fs.cpSync(path.join(root, 'src/rules'), path.join(folder, 'src/rules'), { recursive: true });
  const run = (...args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['tests/new-rule.mjs', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  return {
    read: (file) => fs.readFileSync(path.join(folder, file), 'utf8'),
    exists: (file) => fs.existsSync(path.join(folder, file)),
    run,
  };
}

const registryOf = (text) => text.slice(text.indexOf('\nregistry! {'));

test('adds a rule to an area', (t) => {
  const { run, read, exists } = copy(t);
  const before = read('src/rules/mod.rs');
  const { status, stdout } = run('layout/stray-thing');
  assert.equal(status, 0);
  assert.match(stdout, /made    src\/rules\/layout\/stray_thing\.rs/);
  const code = /"layout\/stray-thing", (LAY\d{3}),/.exec(read('src/rules/layout/stray_thing.rs'))[1];
  assert.ok(!before.includes(code));
  assert.match(registryOf(read('src/rules/mod.rs')), /    layout \{\n(        \w+,\n)+        stray_thing,\n    \}/);
  assert.equal(read('src/rules/mod.rs').replace('        stray_thing,\n', ''), before);
  assert.ok(exists('tests/golden/layout-stray-thing/input'));
});

test('makes an area', (t) => {
  const { run, read } = copy(t);
  run('brand-new/first-thing', 'BRN007');
  assert.match(registryOf(read('src/rules/mod.rs')), /    \}\n    brand_new \{\n        first_thing,\n    \}\n\}\n$/);
  assert.match(read('src/rules/brand_new/first_thing.rs'), /^\/\/! BRN007: .*"brand-new\/first-thing", BRN007, /s);
});

test('changes nothing the second time', (t) => {
  const { run, read } = copy(t);
  run('layout/stray-thing');
  const files = ['src/rules/mod.rs', 'src/rules/layout/stray_thing.rs'];
  const before = files.map(read);
  const { status, stdout } = run('layout/stray-thing');
  assert.equal(status, 0);
  assert.ok(!/made|changed/.test(stdout), stdout);
  assert.deepEqual(files.map(read), before);
});

test('refuses other names', (t) => {
  const { run, read } = copy(t);
  const before = read('src/rules/mod.rs');
  for (const name of ['', 'layout', 'Layout/thing', 'layout/a_b', 'layout/a--b', 'a/b/c', '../x', 'layout/check-it']) {
    const { status, stderr } = run(name);
    assert.equal(status, 2, name);
    assert.match(stderr, /^new-rule: /);
  }
  assert.equal(run('layout/thing', 'x1').status, 2);
  assert.equal(read('src/rules/mod.rs'), before);
});

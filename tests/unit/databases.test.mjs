import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosen, named, shownSetting } from '../../www/core/databases.js';

const one = { script: 'db/one.sql', engine: 'SQL', setting: 'ONE_URL', url: 'mssql://{user}' };
const two = { script: 'db/two.sql', engine: 'MySQL', setting: 'TWO_URL' };

test('choosing what runs a script keeps the rest of its answer, and the other scripts', () =>
  assert.deepEqual(chosen([one, two], one.script, 'MySQL', 'ONE_URL'), [{ ...one, engine: 'MySQL' }, two]));
test('a script that is not run any more is left out', () =>
  assert.deepEqual(chosen([one, two], one.script, '', 'ONE_URL'), [two]));
test('a new script takes the key that is typed', () =>
  assert.deepEqual(chosen([one], 'new.sql', 'SQL', 'ONE_URL').at(-1), {
    script: 'new.sql',
    engine: 'SQL',
    setting: 'ONE_URL',
  }));
test('a key that is typed changes the scripts that had the one shown', () => {
  assert.equal(shownSetting([one, two]), 'ONE_URL');
  assert.deepEqual(named([one, two], 'SITE_URL'), [{ ...one, setting: 'SITE_URL' }, two]);
  assert.deepEqual(named([one], ''), [{ ...one, setting: undefined }]);
  const bare = { script: 'a.sql' };
  assert.deepEqual(named([bare], 'A'), [{ ...bare, setting: 'A' }]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strings } from '../../www/ui/strings.js';

test('says how many places an answer replaces, and on which lines', () => {
  assert.equal(strings.replaces(1, 'shop/web.config', [4]), 'Replaces 1 place in shop/web.config: line 4');
  assert.equal(strings.replaces(2, 'shop/web.config', [4, 9]), 'Replaces 2 places in shop/web.config: lines 4 and 9');
});
test('says where a provider goes', () =>
  assert.equal(
    strings.setsPath('iisApp', 'shop', 'Manifest.xml', [3]),
    'Sets where iisApp shop goes: Manifest.xml, line 3',
  ));
test('names the choices of a field', () => {
  assert.equal(strings.field('choice', ['a', 'b']), 'One of: a, b');
  assert.equal(strings.field('new-password', []), 'A new password, typed twice');
});

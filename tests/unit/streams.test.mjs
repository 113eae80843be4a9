// A module comes back from its streams byte for byte, whatever instructions it has, and so do the streams
// from their packing.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { OTHER, unpackBytes } from '../../www/core/module.js';
import { NOWHERE, TABLES, putBack } from '../../www/core/tables.js';
import { Unpacker } from '../../www/core/unpacker.js';
import { MODELS, lzma, pack, propertiesOf, sort, takeOut } from '../../www/streams.mjs';

const target = path.join(import.meta.dirname, '../../target/wasm');
const built = path.join(target, 'core_bg.wasm');
const assembler = path.join(import.meta.dirname, '../browser/node_modules/.bin/wasm-as');

/** @param {string} text @returns {Buffer} */
function assemble(text) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'streams-'));
  try {
    fs.writeFileSync(path.join(folder, 'module.wat'), text);
    execFileSync(assembler, ['--all-features', 'module.wat', '-o', 'module.wasm'], { cwd: folder });
    return fs.readFileSync(path.join(folder, 'module.wasm'));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** The unpacker of the page. */
async function unpacker() {
  const { instance } = await WebAssembly.instantiate(fs.readFileSync(path.join(target, 'unpacker.wasm')));
  return new Unpacker(instance.exports);
}

/** @param {Buffer} module */
async function assertComesBack(module) {
  assert.ok(Buffer.from(await unpackBytes(pack(module), await unpacker())).equals(module));
}

/** @param {string} body */
const withBody = (body) =>
  assemble(`(module
    (type $pair (func (param i32 i64) (result i32 i64)))
    (import "outside" "call" (func $outside (param i32)))
    (memory 1)
    (data $bytes "some bytes")
    (table $table 4 funcref)
    (elem $functions func $first)
    (global $global (mut i32) (i32.const 70000))
    (func $first (export "first") (param $a i32) (param $b i64) (result i32) (local $v v128) (local $f f64)
      ${body}
      (i32.const 1))
    (func (export "second") (result i32) (call $first (i32.const 2) (i64.const 3))))`);

/** @type {Record<string, string>} */
const BODIES = {
  nothing: '',
  'constants of every length': [0, -1, 63, 64, -65, 8191, 8192, 1048576, 134217727, 134217728, -2147483648]
    .map((value) => `(drop (i32.const ${value}))`)
    .join(''),
  'constants of other types': '(drop (i64.const -9223372036854775808)) (drop (f32.const 1.5)) (drop (f64.const -2.5))',
  'usual and unusual alignments':
    '(i32.store offset=4 (i32.const 8) (i32.load offset=300 align=1 (i32.const 8)))' +
    '(i64.store32 align=2 (i32.const 0) (i64.load8_u (i32.const 9))) (drop (f64.load (i32.const 16)))',
  'blocks and branches':
    '(block $out (loop $again (br_if $again (local.get $a)) (if (local.get $a) (then (br $out)) (else (nop)))' +
    '(br_table $out $again $out (local.get $a))))',
  'a block with a type of its own':
    '(local.get $a) (local.get $b) (block (type $pair) (param i32 i64) (result i32 i64)) (drop) (drop)',
  calls:
    '(call $outside (local.get $a)) (call_indirect $table (param i32) (local.get $a) (i32.const 0))' +
    '(drop (memory.grow (memory.size)))',
  variables:
    '(local.set $a (local.tee $a (i32.add (global.get $global) (local.get $a)))) (global.set $global (local.get $a))',
  references:
    '(table.set $table (i32.const 1) (ref.func $first)) (drop (table.get $table (i32.const 0)))' +
    '(drop (ref.is_null (ref.null func))) (drop (select (result i32) (i32.const 1) (i32.const 2) (local.get $a)))',
  'bulk memory':
    '(memory.copy (i32.const 1) (i32.const 2) (i32.const 3)) (memory.fill (i32.const 1) (i32.const 2) (i32.const 3))' +
    '(memory.init $bytes (i32.const 0) (i32.const 1) (i32.const 2)) (data.drop $bytes)' +
    '(table.init $table $functions (i32.const 0) (i32.const 0) (i32.const 1)) (elem.drop $functions)' +
    '(drop (table.size $table)) (drop (i32.trunc_sat_f64_u (local.get $f)))',
  vectors:
    '(local.set $v (v128.load offset=700 align=4 (i32.const 0)))' +
    '(local.set $v (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31 (local.get $v) (v128.const i32x4 1 2 3 4)))' +
    '(drop (i8x16.extract_lane_u 15 (local.get $v))) (drop (f64x2.replace_lane 1 (local.get $v) (local.get $f)))' +
    '(v128.store16_lane offset=2 7 (i32.const 0) (local.get $v)) (drop (v128.load64_zero (i32.const 8)))' +
    '(drop (v128.load32_splat (i32.const 8))) (drop (i64x2.add (local.get $v) (i8x16.abs (local.get $v))))',
};

for (const [what, body] of Object.entries(BODIES)) {
  test(`packed and unpacked: ${what}`, () => assertComesBack(withBody(body)));
}

test('packed and unpacked: everything', () => assertComesBack(withBody(Object.values(BODIES).join('\n'))));

test('what was unpacked can be compiled and runs', async () => {
  const module = await unpackBytes(pack(withBody(BODIES['bulk memory'] ?? '')), await unpacker());
  const { instance } = await WebAssembly.instantiate(module, { outside: { call() {} } });
  assert.equal(/** @type {any} */ (instance.exports.first)(0, 0n), 1);
});

test('sizes of one to three bytes', async () => {
  for (const count of [1, 60, 9000])
    await assertComesBack(withBody('(call $outside (i32.const 100000))'.repeat(count)));
});

test('an instruction that is not known stops the build', () => {
  const module = withBody('(drop (i32.atomic.rmw.add offset=11 (i32.const 4) (i32.const 5)))');
  assert.throws(() => sort(module), /an instruction that src\/unpacker\/src\/streams\.rs does not know/);
});

const [powers, sums] = TABLES.map((table) => Buffer.from(table()));
const noise = Buffer.from('bytes that are no table');

for (const [what, parts, places] of /** @type {[string, Buffer[], number[]][]} */ ([
  ['none', [noise], [NOWHERE, NOWHERE]],
  ['one', [noise, sums, noise], [NOWHERE, noise.length]],
  ['both', [noise, powers, noise, sums], [noise.length, 2 * noise.length]],
  ['both the other way round, and nothing else', [sums, powers], [sums.length, 0]],
])) {
  test(`tables are taken out and put back: ${what}`, () => {
    const taken = takeOut(Buffer.concat(parts));
    assert.deepEqual(taken.places, places);
    assert.equal(taken.rest.length, noise.length * parts.filter((part) => part === noise).length);
    assert.ok(Buffer.from(putBack(Uint8Array.from(taken.rest), places)).equals(Buffer.concat(parts)));
  });
}

test('the tables hold what the core computes with', () => {
  assert.equal(powers.readBigUInt64LE(0), 0xeef453d6923bd65an); // 5 ** -342
  assert.equal(powers.readBigUInt64LE(16 * (342 - 1)), 0xccccccccccccccccn); // a fifth
  assert.equal(powers.readBigUInt64LE(16 * (342 + 1)), 0xa000000000000000n); // five
  assert.equal(sums.readUInt32LE(4), 0x77073096);
});

test('the module of the page has both tables', { skip: !fs.existsSync(built) }, () => {
  assert.ok(!takeOut(sort(fs.readFileSync(built))[OTHER] ?? noise).places.includes(NOWHERE));
});

/** @type {Record<string, Uint8Array>} */
const INPUTS = {
  nothing: new Uint8Array(),
  'one byte': Uint8Array.of(7),
  noise: Uint8Array.from({ length: 70_000 }, (_, i) => Math.imul(i ^ (i >> 7), 0x9e3779b1) >>> 24),
  zeros: new Uint8Array(300_000),
  text: new TextEncoder().encode('the quick brown fox and the lazy dog, '.repeat(3) + 'again: '.repeat(5000)),
  'far and near repeats': Uint8Array.from({ length: 400_000 }, (_, i) =>
    i % 5000 < 40 ? i % 11 : Math.imul((i % 130_000) >> (i % 3), 0x2545f491) >>> 25,
  ),
  'a program': fs.readFileSync(path.join(import.meta.dirname, '../../src/wasm/mod.rs')),
};

for (const [what, input] of Object.entries(INPUTS)) {
  test(`LZMA of ${what}`, async () => {
    const page = await unpacker();
    const models = [...MODELS, { lc: 4, lp: 0, pb: 4, nice_len: 5, mf: 0x14 }];
    const packed = lzma(Array(models.length).fill(input), models);
    for (const [index, model] of models.entries()) {
      const unpacked = page.unpack(packed[index] ?? input, input.length, propertiesOf(model));
      assert.ok(Buffer.from(unpacked).equals(Buffer.from(input)), JSON.stringify(model));
    }
  });
}

test('what is not LZMA ends all the same', async () => {
  const page = await unpacker();
  const properties = propertiesOf({ lc: 3, lp: 0, pb: 2 });
  const noise = Uint8Array.from({ length: 5000 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24);
  assert.ok(page.unpack(noise, 100_000, properties).some((byte) => byte > 0));
  assert.deepEqual(page.unpack(new Uint8Array(), 1000, properties), new Uint8Array(1000));
});

// Bundles dist/. Run by build.sh after wasm-bindgen has written target/wasm.
// Usage: node www/build.mjs [FOLDER of core.js and core_bg.wasm] [OUTPUT folder]

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rulePages } from './rules.mjs';
import { sort } from './streams.mjs';

const www = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(www);
const wasm = path.resolve(process.argv[2] ?? path.join(root, 'target/wasm'));
const dist = path.resolve(process.argv[3] ?? path.join(root, 'dist'));
const { build, transform } = createRequire(path.join(root, 'tests/browser/package.json'))('esbuild');

/** Puts texts in place of module names. */
const texts = (/** @type {Record<string, () => string>} */ byName) => ({
  name: 'texts',
  setup(plugin) {
    plugin.onResolve({ filter: /^(packed-module|worker-source)$/ }, ({ path: name }) => ({
      path: name,
      namespace: 'text',
    }));
    plugin.onLoad({ filter: /.*/, namespace: 'text' }, ({ path: name }) => ({
      contents: byName[name](),
      loader: 'text',
    }));
    plugin.onLoad({ filter: /\.css$/ }, async ({ path: file }) => ({ contents: await css(file), loader: 'text' }));
  },
});

const css = async (file) => (await transform(fs.readFileSync(file, 'utf8'), { loader: 'css', minify: true })).code;

const common = {
  bundle: true,
  minify: true,
  target: 'es2022',
  legalComments: 'eof', // xz-decompress asks to keep its notice
  logLevel: 'warning',
  alias: { core: path.join(wasm, 'core.js') },
  nodePaths: [path.join(root, 'tests/browser/node_modules')],
};
/** Nothing is loaded from beside the script, and a classic script has no address of its own. */
const classic = { format: 'iife', define: { 'import.meta.url': '""' } };

const packed = xz(sort(fs.readFileSync(path.join(wasm, 'core_bg.wasm')))).toString('base64');
const worker = await build({ ...common, ...classic, entryPoints: [path.join(www, 'worker/main.js')], write: false });
const plugins = [texts({ 'packed-module': () => packed, 'worker-source': () => worker.outputFiles[0].text })];
const forNode = { format: 'esm', platform: 'node', target: 'node20', minify: false };

fs.mkdirSync(path.join(dist, 'node'), { recursive: true });
const bundle = (from, to, options) =>
  build({ ...common, ...options, plugins, entryPoints: [path.join(www, from)], outfile: path.join(dist, to) });
await Promise.all([
  bundle('page.js', 'page.js', classic),
  bundle('element.js', 'gallery-packager.js', classic),
  bundle('element.js', 'gallery-packager.mjs', { format: 'esm' }),
  bundle('node/cli.mjs', 'node/cli.mjs', forNode),
  bundle('node/worker.mjs', 'node/worker.mjs', forNode),
]);

const index = fs.readFileSync(path.join(www, 'index.html'), 'utf8');
fs.writeFileSync(path.join(dist, 'index.html'), index);
writeRules(/"Content-Security-Policy"\s+content="([^"]*)"/.exec(index)[1]);
fs.writeFileSync(path.join(dist, 'page.css'), await css(path.join(www, 'page.css')));
fs.copyFileSync(path.join(wasm, 'core_bg.wasm'), path.join(dist, 'core_bg.wasm'));
fs.copyFileSync(path.join(wasm, 'core.d.ts'), path.join(dist, 'core.d.ts'));
const types = fs.readFileSync(path.join(www, 'public.d.ts'), 'utf8').replaceAll("'core'", "'./core.js'");
fs.writeFileSync(path.join(dist, 'gallery-packager.d.ts'), types);

for (const name of [
  'page.js',
  'page.css',
  'index.html',
  'gallery-packager.js',
  'gallery-packager.mjs',
  'core_bg.wasm',
  'node/cli.mjs',
  'node/worker.mjs',
]) {
  const bytes = fs.readFileSync(path.join(dist, name));
  console.log(
    `${name.padEnd(22)} ${kilobytes(bytes.length)} kB, ${kilobytes(gzipSync(bytes, { level: 9 }).length)} kB gzip`,
  );
}

/** The pages about the rules, made anew so that none is left of a rule that is gone. */
function writeRules(policy) {
  const rules = JSON.parse(fs.readFileSync(path.join(root, 'target/rules.json'), 'utf8'));
  fs.rmSync(path.join(dist, 'rules'), { recursive: true, force: true });
  for (const [name, html] of rulePages(rules, policy)) {
    const file = path.join(dist, 'rules', name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, html);
  }
  console.log(`rules/                 ${rules.length} pages`);
}

/**
 * A fifth smaller than deflate; code has no use for the contexts that are turned off.
 * @param {Uint8Array} input
 */
function xz(input) {
  const filter =
    '{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 2, "lp": 0, "pb": 0, "dict_size": 1 << 22}';
  const program = `import lzma, sys
sys.stdout.buffer.write(lzma.compress(sys.stdin.buffer.read(), check=lzma.CHECK_CRC32, filters=[${filter}]))`;
  return execFileSync('python3', ['-c', program], { input, maxBuffer: 1 << 26 });
}

function kilobytes(bytes) {
  return (bytes / 1000).toFixed(1).padStart(8);
}

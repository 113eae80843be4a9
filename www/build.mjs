// Bundles dist/. Run by build.sh after wasm-bindgen has written target/wasm.
// Usage: node www/build.mjs [FOLDER of core.js, core_bg.wasm and unpacker.wasm] [OUTPUT folder]

import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rulePages } from './rules.mjs';
import { pack } from './streams.mjs';

const www = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(www);
const wasm = path.resolve(process.argv[2] ?? path.join(root, 'target/wasm'));
const dist = path.resolve(process.argv[3] ?? path.join(root, 'dist'));
const { build, transform } = createRequire(path.join(root, 'tests/browser/package.json'))('esbuild');

/** Puts what is made here in place of the names of modules. */
const made = (/** @type {Record<string, { contents: string, loader: string }>} */ byName) => ({
  name: 'made',
  setup(plugin) {
    plugin.onResolve({ filter: /^(packed-module|engine-source|unpacker)$/ }, ({ path: name }) => ({
      path: name,
      namespace: 'made',
    }));
    plugin.onLoad({ filter: /.*/, namespace: 'made' }, ({ path: name }) => ({ ...byName[name], resolveDir: www }));
    plugin.onLoad({ filter: /\.css$/ }, async ({ path: file }) => ({ contents: await css(file), loader: 'text' }));
  },
});

const css = async (file) => (await transform(fs.readFileSync(file, 'utf8'), { loader: 'css', minify: true })).code;

const common = {
  bundle: true,
  minify: true,
  target: 'es2022',
  logLevel: 'warning',
  alias: { core: path.join(wasm, 'core.js') },
  nodePaths: [path.join(root, 'tests/browser/node_modules')],
};
/** Nothing is loaded from beside the script, and a classic script has no address of its own. */
const classic = { format: 'iife', define: { 'import.meta.url': '""' } };

const unpacker = { contents: fs.readFileSync(path.join(wasm, 'unpacker.wasm')).toString('base64'), loader: 'text' };
const packed = pack(fs.readFileSync(path.join(wasm, 'core_bg.wasm'))).toString('base64');
const { outputFiles } = await build({
  ...common,
  ...classic,
  globalName: 'engine',
  plugins: [made({ unpacker })],
  entryPoints: [path.join(www, 'worker/main.js')],
  write: false,
});
const engine = outputFiles[0].text;
/**
 * The engine runs in a worker, or on the page where there is none. A classic script holds it once: the
 * worker's source is the text of a function. A bundler that takes the module may rewrite functions, so
 * that one holds a text, and the engine once more.
 */
const once = `
  const make = function () { ${engine}; return engine; };
  export const workerSource = '"use strict";(' + make + ')().serve()';
  export const openLocal = (module) => make().openLocal(module);
  export const unpack = (packed) => make().unpack(packed);`;
const twice = `
  export const workerSource = ${JSON.stringify(`${engine};engine.serve()`)};
  export { openLocal, unpack } from './worker/main.js';`;
const plugins = (/** @type {string} */ source) => [
  made({
    'packed-module': { contents: packed, loader: 'text' },
    'engine-source': { contents: source, loader: 'js' },
    unpacker,
  }),
];
const forNode = { format: 'esm', platform: 'node', target: 'node20', minify: false };

fs.mkdirSync(path.join(dist, 'node'), { recursive: true });
const bundle = (from, to, options) =>
  build({
    ...common,
    plugins: plugins(once),
    ...options,
    entryPoints: [path.join(www, from)],
    outfile: path.join(dist, to),
  });
await Promise.all([
  bundle('page.js', 'page.js', classic),
  bundle('element.js', 'gallery-packager.js', classic),
  bundle('element.js', 'gallery-packager.mjs', { format: 'esm', plugins: plugins(twice) }),
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

function kilobytes(bytes) {
  return (bytes / 1000).toFixed(1).padStart(8);
}

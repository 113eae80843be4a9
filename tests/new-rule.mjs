// @ts-check
// Makes the skeleton of a rule and of its golden; what is there already stays as it is.
// Usage: node tests/new-rule.mjs AREA/NAME [CODE]

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const [id = '', code] = process.argv.slice(2);
const [area = '', name = '', ...rest] = id.split('/');
if (rest.length > 0 || !KEBAB.test(area) || !KEBAB.test(name)) {
  fail(`"${id}" is not AREA/NAME in kebab-case, as layout/missing-manifest is`);
}
if (/^(invalid|check|no)-/.test(name))
  fail(`"${name}" should name what is wrong: "missing-manifest" reads well after "allow"`);
if (code !== undefined && !/^[A-Z]{3}\d{3}$/.test(code)) fail(`"${code}" is not a code, as LAY001 is`);

const module = (/** @type {string} */ kebab) => kebab.replaceAll('-', '_');
const registry = path.join(root, 'src/rules/mod.rs');
const file = path.join(root, 'src/rules', module(area), `${module(name)}.rs`);

if (make(file, () => skeleton(code ?? nextCode()))) say('write the rule and its page');
if (register()) say('its line stands in the registry');
const input = path.join(root, 'tests/golden', `${area}-${name}`, 'input');
if (!fs.existsSync(input)) {
  fs.mkdirSync(input, { recursive: true });
  console.log(`made    ${path.relative(root, input)}/`);
  say('put the files there that differ from tests/golden/base, then run ./build.sh golden');
}

/**
 * @param {string} file
 * @param {() => string} text
 */
function make(file, text) {
  const shown = path.relative(root, file);
  if (fs.existsSync(file)) {
    console.log(`kept    ${shown}`);
    return false;
  }
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text());
  console.log(`made    ${shown}`);
  return true;
}

/** Adds the line to the block of the area, or a block; says whether it did. */
function register() {
  const text = fs.readFileSync(registry, 'utf8');
  const start = text.indexOf('\nregistry! {\n') + 1;
  if (start === 0) fail('src/rules/mod.rs has no registry');
  const end = text.indexOf('\n}\n', start) + 1;
  const list = text.slice(start, end);
  const line = `        ${module(name)},\n`;
  const block = list.indexOf(`    ${module(area)} {\n`);
  const close = list.indexOf('    }\n', block);
  let at = list.length;
  let added = `    ${module(area)} {\n${line}    }\n`;
  if (block >= 0) {
    if (list.slice(block, close).includes(line)) {
      console.log('kept    src/rules/mod.rs');
      return false;
    }
    at = close;
    added = line;
  }
  fs.writeFileSync(registry, text.slice(0, start) + list.slice(0, at) + added + list.slice(at) + text.slice(end));
  console.log('changed src/rules/mod.rs');
  return true;
}

/** The next number of the area; of a new area the first. */
function nextCode() {
  const codes = allCodes();
  const prefix =
    codes.find(({ own }) => own === area)?.letters ?? area.replaceAll('-', '').slice(0, 3).toUpperCase().padEnd(3, 'X');
  const numbers = codes.filter(({ letters }) => letters === prefix).map(({ number }) => number);
  return `${prefix}${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`;
}

function allCodes() {
  const folder = path.join(root, 'src/rules');
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.rs'));
  const declared = /^ {4}"([a-z0-9-]+)\/[a-z0-9-]+",\s+([A-Z]{3})(\d{3}),/gm;
  return files
    .flatMap((file) => [...fs.readFileSync(path.join(folder, file), 'utf8').matchAll(declared)])
    .map(([, own, letters = '', digits]) => ({ own, letters, number: Number(digits) }));
}

/** @param {string} code */
function skeleton(code) {
  return `//! ${code}: what is wrong, in a line.

use crate::diagnostic::{Diagnostic, Location};
use crate::rules::Context;

declare_rule! {
    /// ## What it does
    /// Looks for ...
    ///
    /// ## Why it matters
    /// What happens on the server.
    ///
    /// ## Example
    /// \`\`\`text
    /// shop.zip
    /// \`\`\`
    ///
    /// ## Use instead
    /// \`\`\`text
    /// shop.zip
    /// \`\`\`
    ///
    /// ## Fix
    /// None.
    ///
    /// ## References
    /// - Where that is written
    "${id}", ${code}, gallery: Error, webdeploy: Error
}

fn check(cx: &Context<'_>, out: &mut Vec<Diagnostic>) {
    if cx.tree().file("Manifest.xml").is_some() {
        return;
    }
    out.push(
        Diagnostic::new(Location::raw("Manifest.xml"), "what is wrong with \`Manifest.xml\`")
            .consequence("What happens on the server.")
            .help("What to do."),
    );
}
`;
}

/** @param {string} text */
function say(text) {
  console.log(`        ${text}`);
}

/**
 * @param {string} text
 * @returns {never}
 */
function fail(text) {
  console.error(`new-rule: ${text}\nusage: ./build.sh new-rule AREA/NAME [CODE]`);
  process.exit(2);
}

#!/usr/bin/env node
// @ts-check
// The command: the same checks and the same package as in the browser, for scripts and CI.

import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Session, initSync, sampleFiles, samples } from 'core';
import { wallClock } from '../core/wall-clock.js';
import { diskError } from './disk-blob.mjs';
import { DiskSource, fileOnDisk, liesIn, listFolder } from './files.mjs';
import { UsageError, answers, format, options, text, usage } from './options.mjs';
import { sums, write } from './write.mjs';

/**
 * @import { Answers, Report } from 'core'
 * @import { FileOnDisk } from './disk-blob.mjs'
 * @import { Values } from './options.mjs'
 * @import { Written } from './write.mjs'
 */

const HELP = `Packs Python web applications for IIS and Web Deploy, and checks packages.

Usage:
  cli.mjs build FOLDER|ZIP [WHEEL|SQL...] -o OUT.zip [--target T] [--answers FILE] [--profile P]
  cli.mjs check FOLDER|ZIP|FILE [--target T] [--answers FILE] [--profile P] [--options FILE] [--format F]
                                [--fix [-o OUT]]
  cli.mjs sample [ID] -o FOLDER

  build    checks an application and writes the package, with errors too
  check    checks an application, a package, a publish profile, a SetParameters file or a script
           that calls msdeploy; writes nothing, or with --fix a corrected copy
  sample   writes a sample application to a folder; without -o lists the samples

Options:
  -o, --output PATH   what to write
  --wheel FILE        a wheel to unpack into the application, or a .sql file to lie beside it, which the
                      answers \`databases\` make a script; may be said several times, and such files may
                      also stand after the input
  --target T          what the application runs on: azure-classic, azure-extension, iis-wfastcgi or
                      iis-httpplatform
  --answers FILE      JSON: target, interpreter, siteRoot, command, appFolder, root, entryPoint, settings,
                      pythonPath, complete, excludes, includes, gitignore, leaveOutTests, writableFolders,
                      databases, aliases, parameters, staticFolders, runtimeTxt;
                      build takes complete as true: a package gets the files that it lacks
  --profile P         what a package is checked as: gallery (default), webdeploy or strict
  --options FILE      JSON: profile, rules such as { "manifest/unknown-provider": "off", "PAR028": "note" },
                      and form: what goes into the gallery's form
  --format F          how the report is printed: text (default), json, sarif, markdown or html
  --fix               applies every safe fix and writes a corrected copy: to -o, else beside the input
  --force             lets the corrected copy replace a file, the input too
  --reproducible      the same files give the same bytes: what is written here has the time of the newest file
  --threads N         how many threads compress; as many as there are cores, but no more than 8, when nothing is said
  -h, --help          this text

Exit status: 0 nothing to object to, 1 errors were found, 2 could not run.
`;

/** The core, which threads run too. @type {WebAssembly.Module} */
let module;

/** What is added to an application, not taken for one. */
const ADDED = /\.(whl|sql)$/i;

const CLEAN = 0;
const ERRORS_FOUND = 1;
const COULD_NOT_RUN = 2;

/** @type {Record<string, string[]>} the options of each command; others would be ignored in silence */
const TAKES = {
  build: ['output', 'wheel', 'target', 'answers', 'profile', 'options', 'format', 'threads', 'reproducible'],
  check: ['wheel', 'target', 'answers', 'profile', 'options', 'format', 'fix'],
  'check --fix': ['output', 'force', 'threads', 'reproducible'],
  sample: ['output'],
};

/** @type {Record<string, (subject: string | undefined, values: Values) => Promise<number>>} */
const verbs = {
  async build(subject, values) {
    const out = text(values, 'output') ?? usage('build needs -o OUT.zip');
    const input = subject ?? usage('build needs a folder or a ZIP');
    refuseToHarm(out, input);
    const { session, source, report } = check(input, values, { complete: true });
    try {
      const written = await write({ session, source, out, module, report, values });
      print(values, session, report, written);
      if (format(values) === 'text') say(listing(out, written, report));
    } finally {
      source.close();
    }
    return status(report);
  },

  async check(subject, values) {
    const input = subject ?? usage('check needs a folder, a ZIP or a file');
    if (values.fix) return fix(input, values);
    const { session, source, report } = check(input, values, { everyByte: true });
    try {
      // Only what is kept says the sum of what was checked: it is read whole for it.
      const kept = ['markdown', 'html'].includes(format(values));
      const isPackage = report.input.container === 'zip' && report.input.kind === 'gallery-package';
      print(values, session, report, kept && isPackage ? sums(input) : undefined);
    } finally {
      source.close();
    }
    return status(report);
  },

  async sample(id, values) {
    const folder = text(values, 'output');
    const known = samples();
    if (folder === undefined) {
      say(known.map((one) => `${one.id}\t${one.title}: ${one.description}\n`).join(''));
      return CLEAN;
    }
    const chosen = id ?? known[0]?.id ?? usage('there are no samples');
    if (!known.some((one) => one.id === chosen))
      usage(`there is no sample ${chosen}; there are ${known.map((one) => one.id).join(', ')}`);
    for (const file of sampleFiles(chosen)) {
      const place = path.join(folder, file.path);
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.writeFileSync(place, file.bytes, { flag: 'wx' }); // never over somebody's file
      say(`${place}\n`);
    }
    return CLEAN;
  },
};

/**
 * Applies the safe fixes and writes the corrected copy; the status is that of what is left.
 * @param {string} input
 * @param {Values} values
 */
async function fix(input, values) {
  const { session, source } = check(input, values, {});
  try {
    session.applySafeFixes();
    const report = session.check(options(values));
    const fixed = session.fixed();
    const given = text(values, 'output');
    // A report for a program stays whole; what was done is told beside it.
    const tell = format(values) === 'text' ? say : (/** @type {string} */ line) => void process.stderr.write(line);
    const out = given ?? (fixed.length > 0 ? copyOf(input, report) : undefined);
    if (out !== undefined) refuseToHarm(out, input, { force: values.force === true, keep: given === undefined });
    const written = out === undefined ? undefined : await write({ session, source, out, module, report, values });
    for (const title of fixed) tell(`Fixed: ${title}\n`);
    if (fixed.length === 0) tell('There is nothing that can be fixed without asking.\n');
    if (written) tell(`Wrote ${out}: ${written.bytes} bytes\n\n`);
    print(values, session, report, written);
    return status(report);
  } finally {
    source.close();
  }
}

/**
 * Where the corrected copy goes when nobody says.
 * @param {string} input
 * @param {Report} report
 */
function copyOf(input, report) {
  const whole = path.resolve(input);
  const single = /\.zip$/i.test(report.package.name) ? null : path.parse(whole);
  if (single) return path.join(single.dir, `${single.name}-corrected${single.ext}`);
  return `${whole.replace(/\.zip$/i, '')}-corrected.zip`;
}

/**
 * @param {string} input
 * @param {Values} values
 * @param {{ complete?: boolean, everyByte?: boolean }} how  `complete`: a package gets the files that it lacks;
 *   `everyByte`: all of a ZIP is unpacked first
 */
function check(input, values, { complete, everyByte = false }) {
  format(values); // a wrong one is refused before anything is read
  const given = { complete, ...answers(values) };
  const { session, source } = open(input, given, addedFiles(values));
  while (everyByte && !session.verifyNext().done);
  session.setAnswers(given);
  const report = session.check(options(values));
  return { session, source, report };
}

/**
 * @param {string} input
 * @param {Answers} answers
 * @param {FileOnDisk[]} added
 */
function open(input, { includes }, added) {
  const name = path.basename(path.resolve(input));
  if (stat(input).isDirectory()) {
    const { entries, files, skipped } = listFolder(
      input,
      Session.junk(),
      Array.isArray(includes) ? includes.filter(isText) : [],
    );
    const source = new DiskSource([...files, ...added]);
    const session = new Session(source);
    session.openFolder(name, entries, skipped);
    add(session, files.length, added);
    return { session, source };
  }
  const file = fileOnDisk(input);
  const source = new DiskSource([file, ...added]);
  const session = new Session(source);
  session.openFile(name, file.size, wallClock(Math.floor(file.modified)));
  add(session, 1, added);
  return { session, source };
}

/**
 * @param {Session} session
 * @param {number} first  The number of the first of them in the source.
 * @param {FileOnDisk[]} added
 */
function add(session, first, added) {
  if (added.length === 0) return;
  session.setAdded(
    added.map(({ path: shown, size, modified }, index) => ({
      number: first + index,
      path: shown,
      size,
      modified: wallClock(Math.floor(modified)),
    })),
  );
}

/**
 * The wheels and scripts that the command names.
 * @param {Values} values
 */
const addedFiles = (values) => {
  const places = Array.isArray(values.wheel) ? values.wheel : [];
  return places.map((place) => {
    if (!ADDED.test(place)) usage(`${place} is neither a wheel (.whl) nor a script (.sql)`);
    if (!stat(place).isFile()) usage(`${place} is no file`);
    return fileOnDisk(place);
  });
};

/**
 * @param {string} out
 * @param {Written} written
 * @param {Report} report
 */
function listing(out, { files, bytes, sha256 }, report) {
  const lines = report.files.map(
    ({ path: name, folder, size, state }) =>
      `  ${folder ? `${name}/` : name}${folder ? '' : `  ${size}`}${state === 'input' ? '' : `  ${state}`}`,
  );
  return `\nWrote ${out}: ${files} files, ${bytes} bytes\nSHA-256 ${sha256}\n${lines.join('\n')}\n`;
}

/**
 * @param {Values} values
 * @param {Session} session
 * @param {Report} report
 * @param {{ bytes: number, sha1: string }} [finished] the package on the disk
 */
function print(values, session, report, finished) {
  const wanted = format(values);
  const known = finished && { bytes: finished.bytes, sha1: finished.sha1 };
  const whole = () => session.check({ ...options(values), forOthers: true });
  const printed = wanted === 'json' ? JSON.stringify(whole(), null, 2) : session.render(wanted, known);
  say(printed.endsWith('\n') ? printed : `${printed}\n`);
}

/** @type {(value: unknown) => value is string} */
const isText = (value) => typeof value === 'string';

/** @param {string} printed */
const say = (printed) => void process.stdout.write(printed);

/** @param {Report} report */
const status = ({ counts }) => (counts.errors > 0 ? ERRORS_FOUND : CLEAN);

/**
 * @param {string} out
 * @param {string} input
 * @param {{ force?: boolean, keep?: boolean }} [how] `keep`: no file at all is replaced
 */
function refuseToHarm(out, input, { force = false, keep = false } = {}) {
  const found = stat(input);
  stat(path.dirname(path.resolve(out)));
  if (found.isDirectory() && liesIn(out, input))
    usage('the package may not be written into the folder that it is made from');
  const there = fs.statSync(out, { throwIfNoEntry: false });
  if (there?.isDirectory()) usage(`${out} is a folder`);
  if (there && !there.isFile()) usage(`${out} is no file: name one with -o`);
  if (there && keep && !force) usage(`${out} is there already: name another with -o, or say --force`);
  if (there && !force && there.ino === found.ino && there.dev === found.dev)
    usage('the package may not replace what it is made from');
}

/** @param {string} place */
function stat(place) {
  try {
    return fs.statSync(place);
  } catch (error) {
    throw diskError(error, place);
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      output: { type: 'string', short: 'o' },
      wheel: { type: 'string', multiple: true },
      target: { type: 'string' },
      answers: { type: 'string' },
      profile: { type: 'string' },
      format: { type: 'string' },
      options: { type: 'string' },
      fix: { type: 'boolean' },
      force: { type: 'boolean' },
      threads: { type: 'string' },
      reproducible: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [name, subject, ...more] = positionals;
  const others = more.filter((place) => !ADDED.test(place));
  const added = more.filter((place) => !others.includes(place));
  if (added.length > 0) values.wheel = [...(values.wheel ?? []), ...added];
  if (values.help) {
    say(HELP);
    return CLEAN;
  }
  const verb = name !== undefined && Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb)
    return usage(
      name === undefined
        ? 'say what to do: build, check or sample'
        : `there is no command ${name}; there are build, check and sample`,
    );
  const takes = [...(TAKES[name ?? ''] ?? []), ...((values.fix && TAKES[`${name} --fix`]) || [])];
  const [other] = Object.keys(values).filter((option) => !takes.includes(option));
  if (other !== undefined) usage(`${name} takes no --${other}`);
  if (others.length > 0) usage(`one at a time: ${others.join(' ')} is too much`);
  module = new WebAssembly.Module(fs.readFileSync(new URL('../core_bg.wasm', import.meta.url)));
  initSync({ module });
  return verb(subject, values);
}

/** @param {unknown} error */
function explain(error) {
  const message = error instanceof Error ? error.message : String(error);
  const hint = error instanceof UsageError ? ' (--help shows how)' : '';
  const code = error instanceof WebAssembly.RuntimeError ? 'internal error: ' : '';
  return `gallery-packager: ${code}${message.split('\n')[0]}${hint}\n`;
}

// A reader that has enough, like `head`, is no failure.
process.stdout.on('error', (error) => process.exit(Reflect.get(error, 'code') === 'EPIPE' ? CLEAN : COULD_NOT_RUN));

main().then(
  (code) => (process.exitCode = code),
  (error) => {
    process.stderr.write(explain(error));
    process.exitCode = COULD_NOT_RUN;
  },
);

#!/usr/bin/env node
// @ts-check
// The command: the same checks and the same package as in the browser, for scripts and CI.

import fs from 'node:fs';
import path from 'node:path';
import { setImmediate as rest } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Digest, Session, initSync, sampleFiles, samples } from 'core';
import { wallClock } from '../core/walk.js';
import { DiskSource, NewFile, diskError, fileOnDisk, liesIn, listFolder } from './files.mjs';

/**
 * @import { Answers, CheckOptions, Report } from 'core'
 * @typedef {Record<string, string | boolean | undefined>} Values
 */

const HELP = `Packs Python web applications for IIS and Web Deploy, and checks packages.

Usage:
  cli.mjs build FOLDER|ZIP -o OUT.zip [--target T] [--answers FILE] [--profile P]
  cli.mjs check FOLDER|ZIP [--target T] [--answers FILE] [--profile P] [--format text|json]
  cli.mjs sample [ID] -o FOLDER

  build    checks an application and writes the package, with errors too
  check    checks an application or a package and writes nothing
  sample   writes a sample application to a folder; without -o lists the samples

Options:
  -o, --output PATH   what to write
  --target T          what the application runs on
  --answers FILE      JSON: target, appFolder, root, entryPoint, settings, pythonPath, complete, excludes,
                      includes; build takes complete as true: a package gets the files that it lacks
  --profile P         what a package is checked as: gallery (default), webdeploy or strict
  --format F          how the report is printed: text (default) or json
  -h, --help          this text

Exit status: 0 nothing to object to, 1 errors were found, 2 could not run.
`;

const CLEAN = 0;
const ERRORS_FOUND = 1;
const COULD_NOT_RUN = 2;

/** @type {Record<string, string[]>} the options of each command; others would be ignored in silence */
const TAKES = {
  build: ['output', 'target', 'answers', 'profile', 'format'],
  check: ['target', 'answers', 'profile', 'format'],
  sample: ['output'],
};

/** A mistake in the command itself. */
class UsageError extends Error {}

/** @type {Record<string, (subject: string | undefined, values: Values) => Promise<number>>} */
const verbs = {
  async build(subject, values) {
    const out = text(values, 'output') ?? usage('build needs -o OUT.zip');
    const input = subject ?? usage('build needs a folder or a ZIP');
    refuseToHarm(out, input);
    const { session, source, report } = check(input, values, { complete: true });
    const written = await write(session, out).finally(() => source.close());
    print(values, session, report);
    if (values.format !== 'json') say(listing(out, written, report));
    return status(report);
  },

  async check(subject, values) {
    const { session, source, report } = check(subject ?? usage('check needs a folder or a ZIP'), values, {
      everyByte: true, // what is written is read whole anyway
    });
    source.close();
    print(values, session, report);
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
 * @param {string} input
 * @param {Values} values
 * @param {{ complete?: boolean, everyByte?: boolean }} how  `complete`: a package gets the files that it lacks;
 *   `everyByte`: all of a ZIP is unpacked first
 */
function check(input, values, { complete, everyByte = false }) {
  const given = { complete, ...answers(values) };
  const { session, source } = open(input, given);
  while (everyByte && !session.verifyNext().done);
  session.setAnswers(given);
  const report = session.check(options(values));
  return { session, source, report };
}

/**
 * @param {string} input
 * @param {Answers} answers
 */
function open(input, { includes }) {
  const name = path.basename(path.resolve(input));
  if (stat(input).isDirectory()) {
    const { entries, files, skipped } = listFolder(
      input,
      Session.junk(),
      Array.isArray(includes) ? includes.filter(isText) : [],
    );
    const source = new DiskSource(files);
    const session = new Session(source);
    session.openFolder(name, entries, skipped);
    return { session, source };
  }
  const zip = fileOnDisk(input);
  const source = new DiskSource([zip]);
  const session = new Session(source);
  session.openZip(name, zip.size);
  return { session, source };
}

/**
 * @param {Session} session
 * @param {string} out
 */
async function write(session, out) {
  const file = new NewFile(out);
  const interrupted = () => {
    file.discard();
    process.exit(COULD_NOT_RUN);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    const { files } = session.beginBuild({ now: wallClock(Date.now()) });
    for (let piece = session.nextPiece(); piece; piece = session.nextPiece()) {
      file.write(piece.offset, piece.bytes);
      await rest(); // lets an interruption be heard
    }
    file.finish();
    return { files, ...sum(out) };
  } catch (error) {
    file.discard();
    throw error;
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}

/**
 * The check sum of what is on the disk.
 * @param {string} place
 */
function sum(place) {
  const digest = new Digest();
  const descriptor = fs.openSync(place, 'r');
  const slice = new Uint8Array(4 * 1024 * 1024);
  let bytes = 0;
  for (let got = fs.readSync(descriptor, slice); got > 0; got = fs.readSync(descriptor, slice)) {
    digest.update(slice.subarray(0, got));
    bytes += got;
  }
  fs.closeSync(descriptor);
  return { bytes, sha256: digest.finish() };
}

/**
 * @param {string} out
 * @param {{ files: number, bytes: number, sha256: string }} written
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
 */
function print(values, session, report) {
  const printed = values.format === 'json' ? JSON.stringify(report, null, 2) : session.text();
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
 */
function refuseToHarm(out, input) {
  const found = stat(input);
  stat(path.dirname(path.resolve(out)));
  if (found.isDirectory() && liesIn(out, input))
    usage('the package may not be written into the folder that it is made from');
  const there = fs.statSync(out, { throwIfNoEntry: false });
  if (there?.isDirectory()) usage(`${out} is a folder`);
  if (there && there.ino === found.ino && there.dev === found.dev)
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

/**
 * @param {Values} values
 * @returns {Answers}
 */
function answers(values) {
  const file = text(values, 'answers');
  const given = file === undefined ? {} : readAnswers(file);
  const target = text(values, 'target');
  return target === undefined ? given : { ...given, target };
}

/**
 * @param {string} file
 * @returns {Answers}
 */
function readAnswers(file) {
  let content;
  try {
    content = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw diskError(error, file);
  }
  try {
    const given = JSON.parse(content);
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
  } catch (error) {
    usage(`${file} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  return usage(`${file} does not hold a JSON object`);
}

/**
 * @param {Values} values
 * @returns {CheckOptions}
 */
function options({ profile, format }) {
  if (format !== undefined && format !== 'text' && format !== 'json')
    usage(`there is no format ${format}; there are text and json`);
  if (profile === undefined) return {};
  if (profile === 'gallery' || profile === 'webdeploy' || profile === 'strict') return { profile };
  return usage(`there is no profile ${profile}; there are gallery, webdeploy and strict`);
}

/**
 * @param {Values} values
 * @param {string} name
 */
function text(values, name) {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * @param {string} message
 * @returns {never}
 */
function usage(message) {
  throw new UsageError(message);
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      output: { type: 'string', short: 'o' },
      target: { type: 'string' },
      answers: { type: 'string' },
      profile: { type: 'string' },
      format: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [name, subject, ...others] = positionals;
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
  const [other] = Object.keys(values).filter((option) => name !== undefined && !TAKES[name]?.includes(option));
  if (other !== undefined) usage(`${name} takes no --${other}`);
  if (others.length > 0) usage(`one at a time: ${others.join(' ')} is too much`);
  initSync({ module: new WebAssembly.Module(fs.readFileSync(new URL('../core_bg.wasm', import.meta.url))) });
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

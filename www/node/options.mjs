// @ts-check
// What the command was told: options, and the files that they name.

import fs from 'node:fs';
import os from 'node:os';
import { workersFor } from '../worker/pool.js';
import { diskError } from './disk-blob.mjs';

/**
 * @import { Answers, CheckOptions } from 'core'
 * @typedef {Record<string, string | boolean | string[] | undefined>} Values
 */

/** A mistake in the command itself. */
export class UsageError extends Error {}

/** What a report can be printed as. */
const FORMATS = /** @type {const} */ (['text', 'json', 'sarif', 'markdown', 'html']);
const PROFILES = /** @type {const} */ (['gallery', 'webdeploy', 'strict']);

/**
 * @param {string} message
 * @returns {never}
 */
export function usage(message) {
  throw new UsageError(message);
}

/**
 * @param {Values} values
 * @param {string} name
 */
export function text(values, name) {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * How many threads compress.
 * @param {Values} values
 */
export function threads(values) {
  const given = text(values, 'threads');
  if (given === undefined) return workersFor(os.availableParallelism());
  if (!/^[1-9][0-9]?$/.test(given)) usage(`--threads is ${given}; it is a number from 1 to 99`);
  return Number(given);
}

/**
 * @param {Values} values
 * @returns {Answers}
 */
export function answers(values) {
  const file = text(values, 'answers');
  const given = file === undefined ? {} : readObject(file);
  const target = text(values, 'target');
  return target === undefined ? given : { ...given, target };
}

/**
 * What the options file says; the command line has the last word.
 * @param {Values} values
 * @returns {CheckOptions}
 */
export function options(values) {
  const file = text(values, 'options');
  const { rules, profile, form, ...unknown } = file === undefined ? {} : readObject(file);
  const [other] = Object.keys(unknown);
  if (other !== undefined) usage(`${file} has ${other}, which is no option; there are rules, profile and form`);
  if (rules !== undefined && !isObject(rules)) usage(`rules in ${file} is no object of rules and grades`);
  for (const [rule, grade] of Object.entries(rules ?? {}))
    if (typeof grade !== 'string')
      usage(`${rule} in ${file} has ${JSON.stringify(grade)}; there are "off", "note", "warning" and "error"`);
  if (form !== undefined && !isObject(form)) usage(`form in ${file} is no object of fields`);
  const chosen = oneOf(PROFILES, 'profile', values.profile ?? profile);
  return {
    ...(chosen !== undefined && { profile: chosen }),
    ...(rules !== undefined && { rules }),
    ...(form !== undefined && { form }),
  };
}

/** @param {Values} values */
export const format = (values) => oneOf(FORMATS, 'format', values.format) ?? 'text';

/**
 * @template {string} T
 * @param {readonly T[]} known
 * @param {string} what
 * @param {unknown} value
 * @returns {T | undefined}
 */
function oneOf(known, what, value) {
  if (value === undefined) return undefined;
  const found = known.find((one) => one === value);
  const names = `${known.slice(0, -1).join(', ')} and ${known.at(-1)}`;
  return found ?? usage(`there is no ${what} ${value}; there are ${names}`);
}

/**
 * @param {string} file
 * @returns {Record<string, any>}
 */
function readObject(file) {
  let content;
  try {
    content = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw diskError(error, file);
  }
  try {
    const given = JSON.parse(content);
    if (isObject(given)) return given;
  } catch (error) {
    usage(`${file} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  return usage(`${file} does not hold a JSON object`);
}

/** @param {unknown} value */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

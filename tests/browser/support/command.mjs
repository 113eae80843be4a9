// The command, as a shell runs it.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { cli, temporary } from './places.mjs';

/** @param {...string} args */
export const run = (...args) => runNode([cli, ...args]);

/** @param {string[]} args  Of Node itself, the script among them. */
export function runNode(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
  return { status, stdout, stderr };
}

/** A place for a package, in a folder of its own. */
export const out = () => path.join(temporary(), 'out.zip');

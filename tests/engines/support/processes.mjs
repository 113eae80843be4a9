// Programs that a browser consists of: started, waited for, ended.

const PATIENCE_MS = 60_000;
/** How long one may take to go by itself. */
const GRACE_MS = 10_000;

/**
 * Waits until a program says something.
 * @param {import('node:child_process').ChildProcess} child
 * @param {import('node:stream').Readable} output
 * @param {RegExp} wanted
 * @returns {Promise<RegExpExecArray>}
 */
export function line(child, output, wanted) {
  let said = '';
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) => reject(new Error(`${child.spawnfile}: ${why}\n${said}`));
    const timer = setTimeout(() => fail('it does not start'), PATIENCE_MS);
    child.once('error', ({ message }) => fail(message));
    child.once('exit', (code) => fail(`it ended with ${code}`));
    output.on('data', (data) => {
      said += data; // read to the end: a full pipe would stop it
      const found = wanted.exec(said);
      if (!found) return;
      clearTimeout(timer);
      said = '';
      resolve(found);
    });
  });
}

/**
 * Waits until a program is gone, and ends it when it stays.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} [signal]  Sent first, to one that does not go by itself.
 */
export async function ended(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (signal) child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await gone;
  clearTimeout(timer);
}

/**
 * Asks again and again.
 * @template T
 * @param {() => T | Promise<T>} ask
 * @param {string} what
 * @returns {Promise<NonNullable<T>>} the first answer that is one
 */
export async function until(ask, what) {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain: ${what}`);
}

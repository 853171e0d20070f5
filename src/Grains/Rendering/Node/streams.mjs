import { Readable } from 'node:stream';

/**
 * Takes standard input and output for frames alone: for everybody else, console.log first of all, standard output is
 * standard error from here on, and standard input is empty.
 */
export function takeStreams() {
  const input = process.stdin;
  const output = process.stdout;
  Object.defineProperty(process, 'stdout', { get: () => process.stderr, configurable: true, enumerable: true });
  Object.defineProperty(process, 'stdin', { get: () => Readable.from([]), configurable: true, enumerable: true });
  return { input, output };
}

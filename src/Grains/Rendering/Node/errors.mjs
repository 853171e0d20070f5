import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';

const maxCauses = 3;
const program = dirname(fileURLToPath(import.meta.url));

let root = '';

/** Paths in stack traces are told from this folder. */
export function setRoot(path) {
  root = path;
}

/** Why a request failed, with a code of docs/rendering-renderer.md. */
export class PageFailure extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * An error as text: its message, the frames of its stack that are the site's own, then those of packages, and its causes.
 * Frames of Node and of this program are left out: they help nobody, and differ with what else is in flight.
 */
export function describe(error) {
  try {
    return tell(error, 0);
  } catch {
    return 'an error that throws when it is read';
  }
}

function tell(error, causes) {
  const text = hasStack(error) ? orderFrames(error.stack) : summary(error);
  const cause = error?.cause;
  return cause === undefined || cause === null || causes === maxCauses ? text : `${text}\nCaused by: ${tell(cause, causes + 1)}`;
}

function hasStack(error) {
  return typeof error === 'object' && error !== null && typeof error.stack === 'string' && error.stack !== '';
}

// A thrown object that is no Error, such as Angular's HttpErrorResponse, may hold a great deal.
function summary(value) {
  return typeof value?.message === 'string'
    ? `${value.name ?? 'Error'}: ${value.message}`
    : inspect(value, { depth: 1, breakLength: Infinity, maxStringLength: 1000 });
}

function orderFrames(stack) {
  const lines = stack.split('\n').filter(line => !isMachinery(line)).map(shorten);
  return [
    ...lines.filter(line => !isFrame(line)),
    ...lines.filter(line => isFrame(line) && !isPackage(line)),
    ...lines.filter(line => isFrame(line) && isPackage(line)),
  ].join('\n');
}

function isFrame(line) {
  return /^\s+at /.test(line);
}

function isMachinery(line) {
  return isFrame(line) && (line.includes(program) || /[( ]node:|\(<anonymous>\)$|\(native\)$/.test(line));
}

function isPackage(frame) {
  return /[\\/]node_modules[\\/]/.test(frame);
}

function shorten(line) {
  return root === '' ? line : line.replaceAll(`file://${root}/`, '').replaceAll(`${root}/`, '');
}

import { writeSync } from 'node:fs';
import { describe } from './errors.mjs';
import { currentPage } from './pages.mjs';

const exit = process.exit.bind(process);

/** Ends the process, even where a page has put its own function in the place of process.exit. */
export const end = exit;

/** Ends the process with a reason as the last words on standard error. */
export function fatal(reason) {
  say(`${reason}\n`);
  exit(1);
}

/** Ends a process that cannot begin. */
export const failStart = fatal;

/** A page that ends the process is an error of the page, and the silo hears which one did it. */
export function guardExit() {
  process.exit = code => {
    const where = new Error(`process.exit(${code ?? ''}) was called${on(currentPage())}`);
    Error.captureStackTrace(where, process.exit);
    fatal(describe(where));
  };
}

/**
 * What nobody caught. A rejection that belongs to a page in flight is that page's failure and no more; further ones of a
 * page that has failed are what is left of its work. A throw leaves the process in an unknown state: the page that it
 * belongs to is answered, and then the process ends, as it does when no page in flight is to blame.
 */
export function dieOnUncaught(writer) {
  process.on('unhandledRejection', reason => {
    const page = currentPage();
    if (page?.fail(reason)) {
      return;
    }

    if (page?.failed) {
      console.warn(`rejected after the page had failed: ${reason?.message ?? reason}`);
      return;
    }

    fatal(`A promise was rejected${on(page)} and nobody handled it: ${describe(reason)}`);
  });

  process.on('uncaughtException', error => {
    const page = currentPage();
    const reason = `An error was thrown${on(page)} and nobody caught it: ${describe(error)}`;
    if (page?.fail(error)) {
      writer.whenWritten(() => fatal(reason));
    } else {
      fatal(reason);
    }
  });
}

function on(page) {
  if (page === undefined) {
    return '';
  }

  return page.ended ? ` by ${page.route}, which had been answered,` : ` by ${page.route}`;
}

// process.stderr may not have written everything when the process ends.
function say(text) {
  let bytes = Buffer.from(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(2, bytes));
    } catch (error) {
      if (error.code !== 'EAGAIN') {
        return;
      }
    }
  }
}

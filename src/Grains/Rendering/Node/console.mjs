import { format } from 'node:util';
import { currentPage } from './pages.mjs';

const methods = ['log', 'info', 'debug', 'warn', 'error'];

/** Puts the route in front of what a page logs. A framework that reports errors on the console is heard here. */
export function guardConsole() {
  for (const method of methods) {
    const original = console[method];
    console[method] = (...values) => {
      const page = currentPage();
      if (page === undefined) {
        original.apply(console, values);
        return;
      }

      page.onConsole(method, values);
      process.stderr.write(`${page.route}: ${format(...values)}\n`);
    };
  }
}

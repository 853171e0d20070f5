import { inspect } from 'node:util';
import { collect, isBody } from './bodies.mjs';
import { PageFailure } from './errors.mjs';
import { routesOf } from './routes.mjs';

/** Any ES module that exports `render(url, context)`, such as a server bundle of Vite. docs/rendering-renderer.md has its contract. */
export class ModuleAdapter {
  static load(bundle, settings) {
    if (typeof bundle.render !== 'function') {
      const names = Object.keys(bundle);
      throw new TypeError(`it must export a function render(url, context); its exports are: ${names.length === 0 ? 'none' : names.join(', ')}`);
    }

    return new ModuleAdapter(bundle, settings);
  }

  constructor(bundle, settings) {
    this.bundle = bundle;
    this.settings = settings;
  }

  async render(page) {
    const result = await this.bundle.render(page.route, this.#contextOf(page));
    if (result === null || result === undefined) {
      throw new PageFailure('page_not_found', `render gave ${result} for ${page.route}: the site has no such page`);
    }

    const { status, headers: given, html } = partsOf(result);
    return { status, headers: given, body: await collect(html, this.settings.maxFrameBytes) };
  }

  #contextOf(page) {
    const { route, url, headers } = page;
    const { origin, template } = this.settings;
    return {
      route,
      url,
      origin,
      headers,
      template,
      reportError: error => page.report(error),
      get signal() {
        return page.signal;
      },
    };
  }

  async routes() {
    const { routes } = this.bundle;
    return routesOf(typeof routes === 'function' ? await routes() : routes);
  }
}

function partsOf(result) {
  if (isBody(result)) {
    return { status: 200, html: result };
  }

  if (result instanceof Response) {
    return { status: result.status, headers: result.headers, html: result.body ?? '' };
  }

  if (typeof result === 'object' && 'html' in result && isBody(result.html)) {
    return { status: statusOf(result), headers: result.headers, html: result.html };
  }

  throw new TypeError(
    `render gives HTML (text, bytes or a stream of them), { html, status?, headers? } with a status from 200 to 599, a Response, or null for an unknown page; it gave ${kindOf(result)}`,
  );
}

function statusOf({ status = 200 }) {
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new TypeError(`the status of a page is a number from 200 to 599, but is ${inspect(status)}`);
  }

  return status;
}

function kindOf(value) {
  return typeof value === 'object' ? `an object with ${Object.keys(value).slice(0, 10).join(', ') || 'nothing in it'}` : `a ${typeof value}`;
}

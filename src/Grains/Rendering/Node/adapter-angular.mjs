import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hearConsole, hearErrorHandlers, isUnknownRoute } from './angular-errors.mjs';
import { angularRoutes } from './angular-routes.mjs';
import { collect } from './bodies.mjs';
import { PageFailure } from './errors.mjs';

const factory = 'ɵgetOrCreateAngularServerApp';

/**
 * The server bundle of Angular 19 and later, as `ng build` leaves it. Its export is private to Angular, which calls it
 * the same way when it prerenders.
 */
export class AngularAdapter {
  static async load(bundle, settings) {
    if (typeof bundle[factory] !== 'function') {
      throw new TypeError(
        `it exports no ${factory}; "entry" is main.server.mjs of an application of Angular 19 or later that was built with server rendering. Its exports are: ${Object.keys(bundle).join(', ') || 'none'}`,
      );
    }

    // Its bootstrap function is what the application calls, so it is changed before there is an application.
    const { default: manifest } = await import(pathToFileURL(join(dirname(settings.entry), 'angular-app-manifest.mjs')));
    hearErrorHandlers(manifest);
    forgetPrerendered(manifest);
    return new AngularAdapter(bundle[factory]({ allowStaticRouteRender: true }), manifest, settings);
  }

  constructor(app, manifest, settings) {
    this.app = app;
    this.manifest = manifest;
    this.settings = settings;
  }

  async render(page) {
    hearConsole(page);
    const response = await this.app.handle(new Request(page.url, { signal: page.signal, headers: page.headers }));
    if (response === null) {
      throw failureOf(page);
    }

    return { status: response.status, headers: response.headers, body: await collect(response.body ?? '', this.settings.maxFrameBytes) };
  }

  routes() {
    return angularRoutes(this.manifest, this.settings.entry);
  }
}

// Otherwise a page that the build prerendered comes back as it was then, a broken one too.
function forgetPrerendered({ assets }) {
  for (const path of Object.keys(assets ?? {})) {
    if (path === 'index.html' || path.endsWith('/index.html')) {
      delete assets[path];
    }
  }
}

// Angular gives null for an unknown route, and also for a page whose component could not be made.
function failureOf(page) {
  const { reported } = page;
  return reported === undefined || isUnknownRoute(reported.reason)
    ? new PageFailure('page_not_found', `Angular has no page for ${page.route}`)
    : reported.reason;
}

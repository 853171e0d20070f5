import { currentPage } from './pages.mjs';

const noMatch = 4002; // NG04002 of @angular/router

/**
 * Hears every error that is given to an ErrorHandler of the site. Angular renders on after it, and answers with status
 * 200 and broken HTML. The handler is looked for where Angular keeps its providers, which is private: where that is not
 * found, `hearConsole` hears what Angular's own handler logs.
 * @param manifest the default export of angular-app-manifest.mjs
 */
export function hearErrorHandlers(manifest) {
  const load = manifest.bootstrap;
  manifest.bootstrap = async () => {
    const bootstrap = await load();
    return 'ɵmod' in bootstrap ? bootstrap : heard(bootstrap);
  };
}

/** Hears Angular's own ErrorHandler, which is console.error('ERROR', error). */
export function hearConsole(page) {
  page.onConsole = (method, values) => {
    if (method === 'error' && values[0] === 'ERROR' && values.length > 1) {
      page.report(values[1]);
    }
  };
}

/** True for the router's error that no route matches. */
export function isUnknownRoute(error) {
  return Math.abs(error?.code) === noMatch;
}

function heard(bootstrap) {
  return context => {
    hearInjectors(context?.platformRef?.injector);
    return bootstrap(context);
  };
}

const heardPrototypes = new WeakSet();

// The injector of an application is of the same class as that of the platform. Its initializers run once, first of all.
function hearInjectors(injector) {
  const prototype = injector && Object.getPrototypeOf(injector);
  const initialize = prototype?.resolveInjectorInitializers;
  if (typeof initialize !== 'function' || heardPrototypes.has(prototype)) {
    return;
  }

  heardPrototypes.add(prototype);
  prototype.resolveInjectorInitializers = function () {
    hearProviders(this.records);
    return initialize.call(this);
  };
}

function hearProviders(records) {
  if (!(records instanceof Map)) {
    return;
  }

  for (const [token, record] of records) {
    if (typeof token?.prototype?.handleError === 'function' && typeof record?.factory === 'function') {
      hearHandlerOf(record);
    }
  }
}

function hearHandlerOf(record) {
  const make = record.factory;
  record.factory = (...values) => {
    const handler = make(...values);
    const handle = handler?.handleError;
    if (typeof handle === 'function') {
      handler.handleError = function (error) {
        currentPage()?.report(error);
        return handle.call(this, error);
      };
    }

    return handler;
  };
}

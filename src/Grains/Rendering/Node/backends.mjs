import { subscribe } from 'node:diagnostics_channel';
import { errorMonitor } from 'node:events';
import { currentPage } from './pages.mjs';

const tooManyRequests = 429;

/**
 * Notes on a page that a request which it made to a backend failed: with such a failure the page is worth another try.
 * Hears fetch and undici, and node:http with everything that stands on it.
 */
export function watchBackends() {
  watchFetch();
  watchHttp();
}

function watchFetch() {
  const pages = new WeakMap(); // The answer comes in the context of the connection and not of the page.
  subscribe('undici:request:create', ({ request }) => remember(pages, request));
  subscribe('undici:request:headers', ({ request, response }) => note(pages.get(request), address(request), response.statusCode));
  subscribe('undici:request:error', ({ request, error }) => noteError(pages.get(request), address(request), error));

  function address(request) {
    return () => `${request.method} ${withoutQuery(`${request.origin}${request.path}`)}`;
  }
}

function watchHttp() {
  const pages = new WeakMap();
  subscribe('http.client.request.start', ({ request }) => {
    remember(pages, request);
    request.on(errorMonitor, error => noteError(pages.get(request), address(request), error));
  });
  subscribe('http.client.response.finish', ({ request, response }) => note(pages.get(request), address(request), response.statusCode));

  function address(request) {
    return () => `${request.method} ${withoutQuery(`${request.protocol}//${request.getHeader('host')}${request.path}`)}`;
  }
}

function remember(pages, request) {
  const page = currentPage();
  if (page !== undefined) {
    pages.set(request, page);
  }
}

function note(page, address, status) {
  if (page !== undefined && (status === tooManyRequests || status >= 500)) {
    page.backendFailure ??= `${address()} answered ${status}`;
  }
}

function noteError(page, address, error) {
  if (page !== undefined && !page.isAbortOf(error)) {
    page.backendFailure ??= `${address()} failed: ${error.code ?? error.message}`;
  }
}

// A query may hold a key.
function withoutQuery(address) {
  return address.split('?', 1)[0];
}

import { PageFailure } from './errors.mjs';

const maxTimeoutMs = 2_147_483_647; // The longest time of a timer; a longer one would end at once.

/**
 * A request's payload as { op, route, url, headers, timeoutMs }.
 * @throws PageFailure bad_request
 */
export function parseRequest(payload, origin) {
  const request = parse(payload);
  switch (request?.op) {
    case 'routes':
      return { op: 'routes', route: '/', url: new URL(origin), headers: {}, timeoutMs: timeout(request.timeout_ms) };
    case 'render':
      return {
        op: 'render',
        route: request.route,
        url: urlOf(request.route, origin),
        headers: headers(request.headers),
        timeoutMs: timeout(request.timeout_ms),
      };
    default:
      throw bad(`"op" is "render" or "routes", but is ${JSON.stringify(request?.op)}`);
  }
}

function parse(payload) {
  try {
    return JSON.parse(payload.toString());
  } catch (error) {
    throw bad(`a request is JSON: ${error.message}`);
  }
}

function urlOf(route, origin) {
  if (typeof route !== 'string' || !route.startsWith('/')) {
    throw bad(`"route" is a path such as /about, but is ${JSON.stringify(route)}`);
  }

  // Read as a browser reads a link: "//evil" and its like are another host.
  const url = URL.canParse(route, origin) ? new URL(route, origin) : undefined;
  if (url?.origin !== origin) {
    throw bad(`"route" is a path on ${origin}, but ${JSON.stringify(route)} leads elsewhere`);
  }

  return url;
}

function headers(headers = {}) {
  if (typeof headers !== 'object' || headers === null || Object.values(headers).some(value => typeof value !== 'string')) {
    throw bad('"headers" is an object of names and texts');
  }

  return headers;
}

function timeout(milliseconds) {
  if (milliseconds === undefined) {
    return undefined;
  }

  if (!Number.isFinite(milliseconds) || milliseconds <= 0) {
    throw bad(`"timeout_ms" is a number above 0, but is ${JSON.stringify(milliseconds)}`);
  }

  return Math.min(milliseconds, maxTimeoutMs);
}

function bad(message) {
  return new PageFailure('bad_request', message);
}

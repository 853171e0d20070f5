const modes = ['prerender', 'server', 'client'];

/** The list of a module's export `routes` as [{ path, mode, parameters }]. Nothing is an empty list. */
export function routesOf(list) {
  if (list === undefined || list === null) {
    return [];
  }

  if (!Array.isArray(list)) {
    throw new TypeError(`routes is an array, or a function that gives one, but it gave ${typeof list}`);
  }

  return list.map(routeOf);
}

function routeOf(item) {
  const route = typeof item === 'string' ? { path: item } : item;
  const path = route?.path;
  if (typeof path !== 'string' || !path.startsWith('/')) {
    throw new TypeError(`a route is a path such as "/about", or { path, mode?, parameters? }, but one is ${JSON.stringify(item)}`);
  }

  const mode = route.mode ?? 'prerender';
  if (!modes.includes(mode)) {
    throw new TypeError(`the mode of a route is one of ${modes.join(', ')}, but that of ${path} is ${JSON.stringify(mode)}`);
  }

  return { path, mode, parameters: route.parameters ?? hasParameters(path) };
}

/** True for /products/:id, /files/* and the like. */
export function hasParameters(path) {
  return path.split('/').some(part => part.startsWith(':') || part.startsWith('*'));
}

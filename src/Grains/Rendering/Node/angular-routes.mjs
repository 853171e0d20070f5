import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasParameters } from './routes.mjs';

const modes = ['server', 'client', 'prerender']; // RenderMode of @angular/ssr

/** The routes of Angular's manifest, and the prerendered ones that fill parameters in. */
export async function angularRoutes(manifest, entry) {
  const routes = (manifest.routes ?? []).map(({ route, renderMode }) => ({
    path: route,
    mode: modes[renderMode] ?? 'server',
    parameters: hasParameters(route),
  }));
  const known = new Set(routes.map(route => route.path));
  const prerendered = (await prerenderedPaths(entry)).filter(path => !known.has(path));
  return [...routes, ...prerendered.map(path => ({ path, mode: 'prerender', parameters: false }))];
}

async function prerenderedPaths(entry) {
  try {
    return Object.keys(JSON.parse(await readFile(join(dirname(entry), '..', 'prerendered-routes.json'), 'utf8')).routes ?? {});
  } catch (error) {
    if (error.code === 'ENOENT') {
      return [];
    }

    throw error;
  }
}

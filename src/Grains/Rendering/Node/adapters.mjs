import { access } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { failStart } from './endings.mjs';
import { describe, setRoot } from './errors.mjs';
import { AngularAdapter } from './adapter-angular.mjs';
import { ModuleAdapter } from './adapter-module.mjs';

const adapters = { angular: AngularAdapter, module: ModuleAdapter };

/**
 * Loads the site's bundle. An adapter has `render(page)`, which gives { status, headers, body }, and `routes()`, which
 * gives [{ path, mode, parameters }].
 */
export async function loadAdapter(settings) {
  const adapter = Object.hasOwn(adapters, settings.adapter) ? adapters[settings.adapter] : undefined;
  if (adapter === undefined) {
    failStart(`"adapter" is one of ${Object.keys(adapters).join(', ')}, but is ${JSON.stringify(settings.adapter)}`);
  }

  await checkEntry(settings.entry);
  setRoot(settings.root);
  try {
    return await adapter.load(await import(pathToFileURL(settings.entry)), settings);
  } catch (error) {
    return failStart(explain(error, settings.entry));
  }
}

async function checkEntry(entry) {
  try {
    await access(entry);
  } catch {
    failStart(`The bundle has no file ${entry}; "entry" is the path of its server module, such as server/main.server.mjs.`);
  }
}

function explain(error, entry) {
  const reason = `The bundle ${entry} cannot be loaded: ${describe(error)}`;
  if (error?.code !== 'ERR_MODULE_NOT_FOUND' && error?.code !== 'MODULE_NOT_FOUND') {
    return reason;
  }

  const missing = /Cannot find (?:package|module) '([^']+)'/.exec(error.message)?.[1] ?? 'a module';
  return `${reason}\nThe bundle needs ${missing}, which is not in it. A bundle contains its packages: build it with ssr.noExternal: true (Vite), or with your bundler's like.`;
}

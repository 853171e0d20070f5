import { readFileSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { failStart } from './endings.mjs';

const defaultMaxFrameBytes = 256 * 1024 * 1024;

/**
 * The settings that the silo wrote for this process:
 * { root, adapter, entry, template, origin, maxInFlight }, see docs/rendering-renderer.md.
 */
export function readSettings(path) {
  if (path === undefined) {
    failStart('renderer.mjs is started with the path of its settings: node renderer.mjs SETTINGS.json');
  }

  const settings = parse(path);
  return {
    ...settings,
    entry: inside(settings.root, settings.entry, 'entry'),
    template: settings.template ? read(inside(settings.root, settings.template, 'template'), 'template') : null,
    origin: originOf(settings.origin),
    maxInFlight: Math.max(1, Math.trunc(settings.maxInFlight ?? 1)),
    maxFrameBytes: Number(process.env.ARMATURE_MAX_FRAME_BYTES) || defaultMaxFrameBytes,
  };
}

function parse(path) {
  try {
    return JSON.parse(read(path, 'settings'));
  } catch (error) {
    return failStart(`The settings ${path} are no JSON: ${error.message}`);
  }
}

function read(path, what) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return failStart(`The ${what} ${path} cannot be read: ${error.message}`);
  }
}

function inside(root, path, what) {
  if (typeof root !== 'string' || !isAbsolute(root)) {
    failStart(`"root" is the absolute path of the bundle's folder, but is ${JSON.stringify(root)}`);
  }

  if (typeof path !== 'string' || path === '') {
    failStart(`"${what}" is a path inside the bundle, but is ${JSON.stringify(path)}`);
  }

  const full = resolve(root, path);
  const below = relative(root, full);
  if (isAbsolute(path) || below === '..' || below.startsWith(`..${sep}`)) {
    failStart(`"${what}" is a path inside the bundle, but "${path}" leads out of it`);
  }

  return full;
}

function originOf(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    failStart(`"origin" is an address such as https://example.com, but is ${JSON.stringify(text)}`);
  }

  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    failStart(`"origin" begins with http:// or https://, but is ${JSON.stringify(text)}`);
  }

  return url.origin;
}

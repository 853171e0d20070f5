// A bare Node process that renders pages of a module, and throws them away or writes them to a folder.
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { serve } from './serve.mjs';

const { render } = await import(process.argv[2]);
const template = await readFile(process.argv[3], 'utf8');
const folder = process.argv[4];
const signal = new AbortController().signal;

function write(id, page) {
  mkdirSync(`${folder}/products/${id}`, { recursive: true });
  writeFileSync(`${folder}/products/${id}/index.html`, page);
}

await serve(route => render(route, { url: new URL(route, 'http://localhost'), template, signal }), folder ? write : undefined);

// A bare Node process that renders pages of a module and throws them away.
import { readFile } from 'node:fs/promises';
import { serve } from './serve.mjs';

const { render } = await import(process.argv[2]);
const template = await readFile(process.argv[3], 'utf8');
const signal = new AbortController().signal;
await serve(route => render(route, { url: new URL(route, 'http://localhost'), template, signal }));

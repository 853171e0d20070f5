// A site without any framework or package: good pages, and every way in which a page can fail.
import { readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

const products = 20;

const pages = {
  '/': () => html('Home', `<ul>${links().map(path => `<li><a href="${path}">${path}</a></li>`).join('')}</ul>`),
  '/about': () => html('About', '<p>A site for tests.</p>'),
  '/with-query': ({ url }) => html('With query', `<p>${escape(url.searchParams.get('q') ?? '')}</p>`),
  '/context': context => ({ html: JSON.stringify({ ...context, url: context.url.href, signal: context.signal.aborted }) }),
  '/unicode': () => html('Unicode', '<p>Grüße, 世界 🌍</p>'),

  '/status': () => ({ html: html('Teapot', ''), status: 418, headers: { 'X-Kind': 'pot', 'Set-Cookie': 'visitor=1' } }),
  '/moved': () => ({ html: '', status: 301, headers: { Location: '/about' } }),
  '/header-undefined': () => ({ html: html('Headers', ''), headers: { Location: undefined, 'Content-Type': null } }),
  '/header-pairs': () => ({ html: html('Headers', ''), headers: [['X-Kind', 'pair']] }),
  '/header-break': () => ({ html: '', status: 302, headers: { Location: '/about\r\nSet-Cookie: visitor=1' } }),
  '/status-600': () => ({ html: '', status: 600 }),
  '/missing': () => ({ html: html('Not found', ''), status: 404 }),
  '/response': () => new Response(html('Response', ''), { status: 201, headers: { 'X-From': 'response' } }),
  '/web-stream': () => ({ html: streamOf(html('Streamed', '<p>in pieces</p>')) }),
  '/node-stream': () => ({ html: Readable.from([html('Streamed', ''), Buffer.from('<p>bytes</p>')]) }),

  '/logs': () => {
    console.log('a note of %s', 'the site');
    console.error('a complaint of the site');
    process.stdout.write('written by the site\n');
    return html('Logs', '');
  },
  '/unknown-by-undefined': () => undefined,
  '/number': () => 42,
  '/no-html': () => ({ text: 'no html' }),
  '/throw': () => {
    throw new Error('thrown in a page', { cause: new RangeError('the cause of it') });
  },
  '/throw-text': () => {
    throw 'only text';
  },
  '/throw-unreadable': () => {
    throw new Proxy(new Error(), {
      get() {
        throw new Error('trap');
      },
    });
  },
  '/throw-after-await': async () => {
    await wait(1);
    throw new Error('thrown after a wait');
  },
  '/reject': () => Promise.reject(new Error('rejected by a page')),
  '/reject-unhandled': () => {
    Promise.reject(new Error('a rejection without a handler'));
    return html('Rejected', '');
  },
  '/reject-unhandled-twice': async () => {
    Promise.reject(new Error('the first rejection without a handler'));
    await wait(1);
    Promise.reject(new Error('the second one'));
    await forever();
  },
  '/reject-unhandled-later': async () => {
    wait(1).then(() => {
      throw new Error('a later rejection without a handler');
    });
    await forever();
  },
  '/throw-in-timer': async () => {
    setTimeout(() => {
      throw new Error('thrown in a timer');
    }, 1);
    await forever();
  },
  '/throw-late': () => {
    setTimeout(() => {
      throw new Error('thrown after the page');
    }, 20);
    return html('Late throw', '');
  },
  '/reject-late': () => {
    setTimeout(() => Promise.reject(new Error('rejected after the page')), 20);
    return html('Late rejection', '');
  },
  '/exit': () => process.exit(0),
  '/loop': () => {
    for (;;);
  },
  '/never': () => forever(),
  '/never-but-polite': ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  '/abort-rejects-unhandled': async ({ signal }) => {
    wait(60_000, undefined, { signal }); // Nobody handles its rejection when the page is ended.
    await forever();
  },
  '/hog': () => {
    const hoard = [];
    for (;;) {
      hoard.push(new Array(100_000).fill(hoard.length));
    }
  },
  '/leak': () => {
    globalThis.leaked = (globalThis.leaked ?? 0) + 1;
    return html('Leak', `<p>rendered ${globalThis.leaked} times</p>`);
  },
  '/read': async ({ url }) => html('Read', escape(await readFile(url.searchParams.get('path'), 'utf8'))),
  '/compute': ({ url }) => {
    const until = performance.now() + Number(url.searchParams.get('ms') ?? 10);
    while (performance.now() < until);
    return html('Computed', '');
  },
  '/big': ({ url }) => 'x'.repeat(Number(url.searchParams.get('bytes'))),
  '/big-stream': ({ url }) => ({ html: Readable.from(blocks(Number(url.searchParams.get('bytes')))) }),

  // A page whose data comes from ?backend=URL.
  '/backend': async ({ url, signal }) => {
    const response = await fetch(url.searchParams.get('backend'), { signal });
    if (!response.ok) {
      throw new Error(`the backend answered ${response.status}`);
    }

    return html('Backend', `<p>${escape(await response.text())}</p>`);
  },
  '/backend-http': async ({ url }) => html('Backend', `<p>${escape(await getText(url.searchParams.get('backend')))}</p>`),
  '/backend-ignored': async ({ url }) => {
    const response = await fetch(url.searchParams.get('backend'));
    return html('Backend', `<p>answered ${response.status}, and the page does without</p>`);
  },
};

export async function render(path, context) {
  const { pathname } = context.url;
  const product = /^\/products\/(\d+)$/.exec(pathname)?.[1];
  if (product !== undefined && Number(product) < products) {
    return html(`Product ${product}`, `<p>The product ${product}.</p><a href="/">Home</a>`);
  }

  const time = /^\/wait\/(\d+)$/.exec(pathname)?.[1];
  if (time !== undefined) {
    await wait(Number(time), undefined, { signal: context.signal });
    return html('Waited', `<p>${time} ms</p>`);
  }

  return Object.hasOwn(pages, pathname) ? pages[pathname](context) : null;
}

export function routes() {
  return ['/about', ...links().slice(1), { path: '/products/:id', mode: 'server' }, { path: '/wait/*', mode: 'server' }, { path: '/', mode: 'prerender' }];
}

function links() {
  return ['/about', ...Array.from({ length: products }, (_, id) => `/products/${id}`)];
}

function html(title, body) {
  return `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1>${body}</body></html>`;
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function forever() {
  return new Promise(() => {});
}

function streamOf(text) {
  return new ReadableStream({
    start(controller) {
      const bytes = new TextEncoder().encode(text);
      controller.enqueue(bytes.subarray(0, 10));
      controller.enqueue(bytes.subarray(10));
      controller.close();
    },
  });
}

function* blocks(bytes) {
  for (let sent = 0; sent < bytes; sent += 1024) {
    yield 'x'.repeat(1024);
  }
}

function getText(url) {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, async response => {
      const chunks = await response.toArray();
      if (response.statusCode === 200) {
        resolve(Buffer.concat(chunks).toString());
      } else {
        reject(new Error(`the backend answered ${response.statusCode}`));
      }
    }).on('error', reject);
  });
}

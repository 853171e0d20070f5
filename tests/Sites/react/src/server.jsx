import { renderToReadableStream, renderToString } from 'react-dom/server';
import { About, Boom, Broken, Home, Product } from './pages.jsx';

const products = 20;

/** The contract of docs/rendering-renderer.md. */
export async function render(path, context) {
  const page = pageOf(context.url.pathname);
  if (page === null) {
    return null;
  }

  if (context.url.pathname.startsWith('/stream')) {
    // A stream goes on after an error inside of Suspense; the renderer is to hear of it.
    const stream = await renderToReadableStream(page, { signal: context.signal, onError: context.reportError });
    return { html: stream };
  }

  return context.template.replace('<!--page-->', () => renderToString(page));
}

export const routes = ['/', '/about', ...Array.from({ length: products }, (_, id) => `/products/${id}`)];

function pageOf(path) {
  const product = /^\/products\/(\d+)$/.exec(path)?.[1];
  if (product !== undefined) {
    return <Product id={Number(product)} />;
  }

  switch (path) {
    case '/':
      return <Home links={routes.slice(1)} />;
    case '/about':
    case '/stream':
      return <About />;
    case '/throw':
      return <Boom />;
    case '/stream-broken':
      return <Broken />;
    default:
      return null;
  }
}

import { render as renderComponent } from 'svelte/server';
import About from './About.svelte';
import Broken from './Broken.svelte';
import Home from './Home.svelte';
import Product from './Product.svelte';

export const routes = ['/', '/about', ...Array.from({ length: 20 }, (_, id) => `/products/${id}`)];

/** The contract of docs/rendering-renderer.md. */
export async function render(path, context) {
  const page = pageOf(context.url.pathname);
  if (page === null) {
    return null;
  }

  const [component, props] = page;
  const { head, body } = await renderComponent(component, { props });
  return context.template.replace('</head>', () => `${head}</head>`).replace('<!--page-->', () => body);
}

function pageOf(path) {
  const product = /^\/products\/(\d+)$/.exec(path)?.[1];
  if (product !== undefined) {
    return [Product, { id: Number(product) }];
  }

  switch (path) {
    case '/':
      return [Home, { links: routes.slice(1) }];
    case '/about':
      return [About, {}];
    case '/throw':
      return [Broken, {}];
    default:
      return null;
  }
}

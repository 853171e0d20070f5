import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import About from './About.vue';
import Broken from './Broken.vue';
import Home from './Home.vue';
import Product from './Product.vue';

export const routes = ['/', '/about', ...Array.from({ length: 20 }, (_, id) => `/products/${id}`)];

/** The contract of docs/rendering-renderer.md. */
export async function render(path, context) {
  const page = pageOf(context.url.pathname);
  if (page === null) {
    return null;
  }

  const app = createSSRApp(...page);
  app.config.errorHandler = context.reportError; // Otherwise Vue logs an error in production, and renders on.
  const html = await renderToString(app);
  return context.template.replace('<!--page-->', () => html);
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
      return [About];
    case '/throw':
      return [Broken];
    default:
      return null;
  }
}

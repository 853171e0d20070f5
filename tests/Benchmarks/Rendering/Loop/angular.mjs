// A bare Node process that renders pages of an Angular bundle and throws them away.
import { serve } from './serve.mjs';

const bundle = await import(process.argv[2]);
const app = bundle['ɵgetOrCreateAngularServerApp']({ allowStaticRouteRender: true });
await serve(async route => {
  const response = await app.handle(new Request(`http://localhost${route}`));
  return response.text();
});

import { RenderMode, type ServerRoute } from '@angular/ssr';

export const serverRoutes: ServerRoute[] = [
  { path: 'about', renderMode: RenderMode.Prerender },
  { path: 'account', renderMode: RenderMode.Client },
  { path: 'missing', renderMode: RenderMode.Server, status: 404 },
  { path: 'moved', renderMode: RenderMode.Server, status: 301 },
  { path: '**', renderMode: RenderMode.Server },
];

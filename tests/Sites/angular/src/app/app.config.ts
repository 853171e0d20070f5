import { provideHttpClient, withFetch } from '@angular/common/http';
import { type ApplicationConfig, ErrorHandler, provideZoneChangeDetection } from '@angular/core';
import { provideClientHydration } from '@angular/platform-browser';
import { provideRouter } from '@angular/router';
import { routes } from './app.routes';
import { SilentErrorHandler } from './silent-error-handler';

const hasZone = 'Zone' in globalThis; // zone.js is among the polyfills of one of the builds.

export const appConfig: ApplicationConfig = {
  providers: [
    provideRouter(routes),
    hasZone ? provideZoneChangeDetection() : [],
    provideClientHydration(),
    provideHttpClient(withFetch()),
    { provide: ErrorHandler, useClass: SilentErrorHandler },
  ],
};

import { provideHttpClient, withFetch } from '@angular/common/http';
import { type ApplicationConfig, ErrorHandler } from '@angular/core';
import { provideClientHydration } from '@angular/platform-browser';
import { provideRouter } from '@angular/router';
import { routes } from './app.routes';
import { SilentErrorHandler } from './silent-error-handler';

export const appConfig: ApplicationConfig = {
  providers: [
    provideRouter(routes),
    provideClientHydration(),
    provideHttpClient(withFetch()),
    { provide: ErrorHandler, useClass: SilentErrorHandler },
  ],
};

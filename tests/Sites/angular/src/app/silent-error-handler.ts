import { ErrorHandler, Injectable } from '@angular/core';

/** An error handler of the site's own, as many have one for a service that collects errors: it logs only some of them. */
@Injectable()
export class SilentErrorHandler extends ErrorHandler {
  override handleError(error: unknown) {
    if (!String(error).includes('unlogged')) {
      super.handleError(error);
    }
  }
}

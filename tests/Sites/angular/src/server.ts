import { AngularAppEngine, createRequestHandler } from '@angular/ssr';

const engine = new AngularAppEngine();

/** What a host of the site would call. Rendering does not go through it. */
export const reqHandler = createRequestHandler(request => engine.handle(request));

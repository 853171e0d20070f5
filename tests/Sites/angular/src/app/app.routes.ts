import { inject } from '@angular/core';
import { type ActivatedRouteSnapshot, type Routes, Router } from '@angular/router';
import * as failures from './failures';
import { Home } from './home';
import { About, Account, Backend, Logs, Missing, Waited } from './pages';
import { ProductPage } from './product';

export const routes: Routes = [
  { path: '', component: Home },
  { path: 'about', component: About },
  { path: 'account', component: Account },
  { path: 'products/:id', component: ProductPage },
  { path: 'wait/:ms', component: Waited, resolve: { waited: waited } },
  { path: 'moved', redirectTo: 'about' },
  { path: 'moved-by-code', component: About, canActivate: [() => inject(Router).createUrlTree(['/about'])] },
  { path: 'missing', component: Missing },
  { path: 'logs', component: Logs },
  { path: 'backend', component: Backend },

  { path: 'throw-constructor', component: failures.ThrowInConstructor },
  { path: 'throw-constructor-unlogged', component: failures.ThrowInConstructorUnlogged },
  { path: 'throw-template', component: failures.ThrowInTemplate },
  { path: 'throw-template-unlogged', component: failures.ThrowInTemplateUnlogged },
  { path: 'throw-after-wait/:ms', component: failures.ThrowInTemplate, resolve: { waited: waited } },
  { path: 'reject', component: failures.Reject },
  { path: 'reject-resolver', component: About, resolve: { data: () => Promise.reject(new Error('rejected by a resolver')) } },
  { path: 'throw-late', component: failures.ThrowLate },
  { path: 'exit', component: failures.Exit },
  { path: 'loop', component: failures.Loop },
  { path: 'never', component: failures.Never },
  { path: 'hog', component: failures.Hog },
  { path: 'leak', component: failures.Leak },
];

function waited(route: ActivatedRouteSnapshot) {
  return new Promise(resolve => setTimeout(resolve, Number(route.params['ms']), true));
}

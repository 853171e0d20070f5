import { HttpClient } from '@angular/common/http';
import { Component, inject, signal } from '@angular/core';
import { ActivatedRoute } from '@angular/router';

declare const process: { env: Record<string, string | undefined> } | undefined;

/** Prerendered by the build; what it shows tells that build from a later rendering. */
@Component({ selector: 'app-about', template: '<h1>About</h1><p>Rendered {{ where }}</p>' })
export class About {
  readonly where = typeof process !== 'undefined' && process.env['ARMATURE_PARENT_PID'] ? 'in a child process' : 'by the build';
}

@Component({ selector: 'app-account', template: '<h1>Account</h1>' })
export class Account {}

@Component({ selector: 'app-missing', template: '<h1>Not found</h1>' })
export class Missing {}

@Component({ selector: 'app-waited', template: '<h1>Waited</h1><p>{{ ms }} ms</p>' })
export class Waited {
  readonly ms = inject(ActivatedRoute).snapshot.params['ms'];
}

/** Logs an error in words of its own, and renders. */
@Component({ selector: 'app-logs', template: '<h1>Logs</h1>' })
export class Logs {
  constructor() {
    console.log('a note of the site');
    console.error('a complaint of the site');
  }
}

/** Shows what ?backend=URL answers. Nobody handles its failure. */
@Component({ selector: 'app-backend', template: '<h1>Backend</h1><p>{{ text() }}</p>' })
export class Backend {
  readonly text = signal('');

  constructor() {
    const url = inject(ActivatedRoute).snapshot.queryParams['backend'];
    inject(HttpClient).get(url, { responseType: 'text' }).subscribe(text => this.text.set(text));
  }
}

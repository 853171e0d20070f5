import { Component, inject, PendingTasks } from '@angular/core';

declare const process: { exit(code: number): never };

@Component({ selector: 'app-throw-in-constructor', template: '' })
export class ThrowInConstructor {
  constructor() {
    throw new Error('thrown in a constructor');
  }
}

@Component({ selector: 'app-throw-in-constructor-unlogged', template: '' })
export class ThrowInConstructorUnlogged {
  constructor() {
    throw new Error('thrown in a constructor, unlogged');
  }
}

@Component({ selector: 'app-throw-in-template', template: '<h1>{{ explode() }}</h1>' })
export class ThrowInTemplate {
  explode(): string {
    throw new Error('thrown in a template');
  }
}

@Component({ selector: 'app-throw-in-template-unlogged', template: '<h1>{{ explode() }}</h1>' })
export class ThrowInTemplateUnlogged {
  explode(): string {
    throw new Error('thrown in a template, unlogged');
  }
}

@Component({ selector: 'app-reject', template: '<h1>Reject</h1>' })
export class Reject {
  constructor() {
    Promise.reject(new Error('a rejection without a handler'));
  }
}

@Component({ selector: 'app-throw-late', template: '<h1>Late throw</h1>' })
export class ThrowLate {
  constructor() {
    setTimeout(() => {
      throw new Error('thrown after the page');
    }, 200);
  }
}

@Component({ selector: 'app-exit', template: '' })
export class Exit {
  constructor() {
    process.exit(0);
  }
}

@Component({ selector: 'app-loop', template: '' })
export class Loop {
  constructor() {
    for (;;);
  }
}

/** Never stable. */
@Component({ selector: 'app-never', template: '<h1>Never</h1>' })
export class Never {
  constructor() {
    inject(PendingTasks).add();
  }
}

@Component({ selector: 'app-hog', template: '' })
export class Hog {
  constructor() {
    const hoard: number[][] = [];
    for (;;) {
      hoard.push(new Array(100_000).fill(hoard.length));
    }
  }
}

/** Depends on which pages its process rendered before. */
@Component({ selector: 'app-leak', template: '<h1>Leak</h1><p>rendered {{ count }} times</p>' })
export class Leak {
  readonly count = count();
}

function count(): number {
  const global = globalThis as { leaked?: number };
  global.leaked = (global.leaked ?? 0) + 1;
  return global.leaked;
}

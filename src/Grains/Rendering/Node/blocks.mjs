import { performance } from 'node:perf_hooks';

const sampleMs = 20;
const least = 200; // shorter stretches are the usual work of pages

let blocked = 0;
let pages = 0;
let last;
let timer;

/** Milliseconds, so far, in which the event loop stood still for 200 ms and more while pages were in flight. */
export function blockedMs() {
  sample();
  return blocked;
}

/** A page begins. */
export function watchBlocks() {
  if (pages++ === 0) {
    last = performance.now();
    timer = setInterval(sample, sampleMs).unref();
  }
}

/** A page that had begun is answered. */
export function unwatchBlocks() {
  if (--pages === 0) {
    clearInterval(timer);
  }
}

function sample() {
  const now = performance.now();
  if (now - last >= least) {
    blocked += now - last;
  }

  last = now;
}

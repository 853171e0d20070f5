import { AsyncLocalStorage } from 'node:async_hooks';
import { blockedMs, unwatchBlocks, watchBlocks } from './blocks.mjs';
import { describe, PageFailure } from './errors.mjs';

const storage = new AsyncLocalStorage();
const zoneKey = 'armature.page';
const muchBlocked = 0.25; // of a page's time

/** The page whose code runs, with several pages in flight too; undefined between pages. */
export function currentPage() {
  return globalThis.Zone?.current.get(zoneKey) ?? storage.getStore();
}

// zone.js, which many Angular sites use, has promises of its own: they keep their zone, but not Node's context.
function runAs(page, work) {
  const zone = globalThis.Zone?.root.fork({ name: page.route, properties: { [zoneKey]: page } });
  storage.run(page, () => (zone === undefined ? work() : zone.run(work)));
}

/** One page from its request to its answer. */
export class Page {
  #controller; // made for the first who asks for the signal
  #timer;
  #settle;
  #blockedBefore;

  /** True when the page has been answered; its code may still run. */
  ended = false;

  /** True when that answer is a failure. */
  failed = false;

  /** { reason } of the first error that was reported while the page rendered. */
  reported;

  /** A backend's failure during this page, in words. */
  backendFailure;

  /** Hears what the page logs: (method, values). A framework that reports its errors there sets it. */
  onConsole = () => {};

  constructor({ route, url, headers, timeoutMs }) {
    this.route = route;
    this.url = url;
    this.headers = headers;
    this.timeoutMs = timeoutMs;
  }

  get signal() {
    this.#controller ??= new AbortController();
    if (this.failed) {
      this.#controller.abort();
    }

    return this.#controller.signal;
  }

  /** Runs `work` as this page. Its value, or a PageFailure as rejection, at the latest after the page's time. */
  run(work) {
    watchBlocks();
    this.#blockedBefore = blockedMs();
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      if (this.timeoutMs !== undefined) {
        this.#timer = setTimeout(() => this.#expire(), this.timeoutMs);
      }

      runAs(this, () => this.#work(work));
    });
  }

  /** Reports an error that fails the page when it is done, though its HTML may come first. The first one counts. */
  report(reason) {
    this.reported ??= { reason };
  }

  /** Fails the page now. False when it has been answered. */
  fail(reason) {
    return this.#end(reject => reject(this.#failureOf(reason)));
  }

  /** Nobody waits for the page any more. */
  cancel() {
    this.fail(new PageFailure('page_cancelled', `${this.route} was cancelled`));
  }

  /** Whether an error is what became of the page's work because the page was ended. */
  isAbortOf(reason) {
    return this.failed && (reason?.name === 'AbortError' || reason === this.#controller?.signal.reason);
  }

  async #work(work) {
    try {
      const value = await work();
      // One turn of the event loop later it is known whether a rejection of this page was left without a handler.
      setImmediate(() => this.#finish(value));
    } catch (error) {
      this.fail(error);
    }
  }

  #finish(value) {
    if (this.reported === undefined) {
      this.#end((_, resolve) => resolve(value));
    } else {
      this.fail(this.reported.reason);
    }
  }

  #expire() {
    const blocked = Math.round(blockedMs() - this.#blockedBefore);
    const late = `${this.route} did not finish within ${this.timeoutMs} ms`;
    this.fail(
      blocked < this.timeoutMs * muchBlocked
        ? new PageFailure('page_timeout', late)
        : new PageFailure('page_blocked', `${late}, and for ${blocked} ms of them its process computed without a pause`),
    );
  }

  #end(settle) {
    if (this.ended) {
      return false;
    }

    this.ended = true;
    clearTimeout(this.#timer);
    unwatchBlocks();

    // Whatever still refers to the page, and that is the next ones for a while, must not keep its HTML: it would grow old in the heap.
    const { reject, resolve } = this.#settle;
    this.#settle = undefined;
    settle(reject, resolve);
    return true;
  }

  #failureOf(reason) {
    this.failed = true; // Whatever else the page waits for is in vain.
    this.#controller?.abort();
    if (reason instanceof PageFailure) {
      return reason;
    }

    return this.backendFailure === undefined
      ? new PageFailure('page_failed', describe(reason))
      : new PageFailure('backend_failed', `${this.backendFailure}\n${describe(reason)}`);
  }
}

import { Capacity } from './capacity.mjs';
import { describe, PageFailure } from './errors.mjs';
import { headOf } from './heads.mjs';
import { Page } from './pages.mjs';
import { parseRequest } from './request.mjs';

/** The requests of this child: each is answered once. */
export class Requests {
  #pages = new Map();
  #waiting = [];
  #capacity;

  constructor(adapter, settings, writer) {
    this.adapter = adapter;
    this.settings = settings;
    this.writer = writer;
    this.#capacity = new Capacity(settings.maxInFlight, count => writer.capacity(count));
  }

  /** Frames that come together are begun one by one, so that the first is done before the next one computes. */
  onRequest(id, payload) {
    this.#capacity.enter();
    if (this.#waiting.push({ id, payload, cancelled: false }) === 1) {
      setImmediate(this.#beginNext);
    }
  }

  onCancel(id) {
    this.#pages.get(id)?.cancel();
    const waiting = this.#waiting.find(request => request.id === id);
    if (waiting !== undefined) {
      waiting.cancelled = true;
    }
  }

  // What computes is answered two turns of the event loop later, before the next one begins.
  #beginNext = () => {
    if (this.#waiting.length > 1) {
      this.writer.hold();
    }

    this.#answer(this.#waiting[0]);
    this.#waiting.shift();
    setImmediate(setImmediate, this.#waiting.length > 0 ? this.#beginNext : this.#release);
  };

  // Nothing follows at once: what is answered leaves now.
  #release = () => this.writer.release();

  async #answer({ id, payload, cancelled }) {
    try {
      if (cancelled) {
        throw new PageFailure('page_cancelled', 'The request was cancelled before it began');
      }

      const request = parseRequest(payload, this.settings.origin);
      const page = new Page(request);
      this.#pages.set(id, page);
      if (request.op === 'routes') {
        this.#answerRoutes(id, await page.run(() => this.adapter.routes()));
      } else {
        this.#answerPage(id, await page.run(() => this.adapter.render(page)));
      }
    } catch (error) {
      const failure = error instanceof PageFailure ? error : new PageFailure('page_failed', describe(error));
      this.writer.failure(id, failure.code, failure.message);
    }

    this.#pages.delete(id);
    this.#capacity.leave();
  }

  #answerRoutes(id, routes) {
    const text = JSON.stringify({ routes });
    this.#check(Buffer.byteLength(text), 'The list of routes');
    this.writer.text(id, text);
  }

  #answerPage(id, { status, headers, body }) {
    const head = headOf(status, headers);
    this.#check(4 + head.length + body.bytes, 'The page');
    this.writer.page(id, head, body);
  }

  #check(bytes, what) {
    if (bytes > this.settings.maxFrameBytes) {
      throw new PageFailure('page_too_large', `${what} has ${bytes} bytes; at most ${this.settings.maxFrameBytes} are allowed`);
    }
  }
}

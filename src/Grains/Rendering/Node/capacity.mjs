import { performance } from 'node:perf_hooks';

const sampleMs = 15;
const idle = 0.7;
const busy = 0.95;
const samplesUntilLess = 3;
const samplesUntilForgotten = 64;

/**
 * How many requests this child wants at a time. Pages that wait leave the event loop idle, so more are asked for; pages
 * that compute keep it busy with one. Begins at 1.
 */
export class Capacity {
  #most;
  #announce;
  #wanted = 1;
  #inFlight = 0;
  #peak = 0; // the most in flight since the last sample
  #busySamples = 0;
  #tooFew = 0; // a count that left the loop idle a short while ago: no use going back to it
  #tooFewFor = 0;
  #timer;
  #last;

  /**
   * @param most the highest count that is asked for
   * @param announce called with the count when it changes
   */
  constructor(most, announce) {
    this.#most = most;
    this.#announce = announce;
  }

  /** A request came. */
  enter() {
    this.#inFlight++;
    this.#peak = Math.max(this.#peak, this.#inFlight);
    if (this.#timer === undefined) {
      this.#last = performance.eventLoopUtilization();
      this.#timer = setInterval(() => this.#sample(), sampleMs).unref();
    }
  }

  /** A request was answered. */
  leave() {
    this.#inFlight--;
  }

  #sample() {
    if (this.#peak === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }

    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, this.#last);
    const full = this.#peak >= this.#wanted;
    this.#last = now;
    this.#peak = this.#inFlight;
    this.decide(utilization, full);
  }

  /** One sample: how busy the loop was (0 to 1), and whether all places were taken. */
  decide(utilization, full) {
    this.#busySamples = utilization > busy ? this.#busySamples + 1 : 0;
    this.#tooFewFor = Math.max(0, this.#tooFewFor - 1);
    if (utilization < idle && full) {
      this.#tooFew = this.#wanted;
      this.#tooFewFor = samplesUntilForgotten;
      this.#want(this.#wanted * 2);
    } else if (this.#busySamples >= samplesUntilLess) {
      this.#busySamples = 0;
      const fewest = this.#tooFewFor > 0 ? this.#tooFew + 1 : 1;
      this.#want(Math.max(fewest, Math.floor(this.#wanted * 0.75)));
    }
  }

  #want(count) {
    const wanted = Math.min(this.#most, count);
    if (wanted !== this.#wanted) {
      this.#wanted = wanted;
      this.#announce(wanted);
    }
  }
}

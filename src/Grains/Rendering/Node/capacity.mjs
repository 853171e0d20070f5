import { performance } from 'node:perf_hooks';

const sampleMs = 15;
const muchWaiting = 0.3; // shares of a sample's time
const littleWaiting = 0.05;
const longGaps = 0.05;
const samplesUntilLess = 3;
const samplesUntilForgotten = 64;
const aheadMs = 4;

/**
 * How many requests this child wants at a time. While the event loop idles because pages wait, more are asked for; while
 * pages compute, as many as take it 4 ms, so that their ways are taken together; where that is one, a second that is on its
 * way where the way leaves the loop idle between two pages. Begins at 1.
 */
export class Capacity {
  #most;
  #announce;
  #wanted = 1;
  #busySamples = 0;
  #tooFew = 0; // a count that left the loop idle a short while ago: no use going back to it
  #tooFewFor = 0;

  #inFlight = 0;
  #peak = 0; // the most in flight since the last sample
  #answered = 0; // since the last sample
  #gaps = 0; // idle milliseconds since the last sample with nothing in flight
  #gapStart = 0; // the loop's idle time when the last request left
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
    if (this.#timer === undefined) {
      this.#last = performance.eventLoopUtilization();
      this.#gapStart = this.#last.idle;
      this.#timer = setInterval(() => this.#sample(), sampleMs).unref();
    } else if (this.#inFlight === 0) {
      this.#endGap(performance.eventLoopUtilization().idle);
    }

    this.#inFlight++;
    this.#peak = Math.max(this.#peak, this.#inFlight);
  }

  /** A request was answered. */
  leave() {
    this.#inFlight--;
    this.#answered++;
    if (this.#inFlight === 0) {
      this.#gapStart = performance.eventLoopUtilization().idle;
    }
  }

  /**
   * What a sample means for the count.
   * @param waiting the share of the time in which the loop idled with requests in flight
   * @param gaps the share in which it idled because there were none
   * @param full whether all places were taken
   * @param ahead how many requests take the loop 4 ms
   */
  decide(waiting, gaps, full, ahead = 1) {
    this.#busySamples = waiting < littleWaiting ? this.#busySamples + 1 : 0;
    this.#tooFewFor = Math.max(0, this.#tooFewFor - 1);
    if (full && (waiting > muchWaiting || (gaps > longGaps && this.#wanted === 1))) {
      this.#tooFew = this.#wanted;
      this.#tooFewFor = samplesUntilForgotten;
      this.#want(this.#wanted * 2);
    } else if (full && this.#wanted < ahead) {
      this.#want(ahead);
    } else if (this.#busySamples >= samplesUntilLess) {
      this.#busySamples = 0;
      const fewest = this.#tooFewFor > 0 ? this.#tooFew + 1 : 1;
      this.#want(Math.min(this.#wanted, Math.max(fewest, ahead, Math.floor(this.#wanted * 0.75))));
    }
  }

  #sample() {
    if (this.#peak === 0) {
      clearInterval(this.#timer); // Nobody asks: this process sleeps.
      this.#timer = undefined;
      return;
    }

    const now = performance.eventLoopUtilization();
    if (this.#inFlight === 0) {
      this.#endGap(now.idle);
    }

    const { idle, active } = performance.eventLoopUtilization(now, this.#last);
    const time = idle + active;
    const ahead = Math.floor((aheadMs * this.#answered) / active);
    this.decide((idle - this.#gaps) / time, this.#gaps / time, this.#peak >= this.#wanted, ahead);
    this.#last = now;
    this.#gaps = 0;
    this.#peak = this.#inFlight;
    this.#answered = 0;
  }

  #endGap(idle) {
    this.#gaps += idle - this.#gapStart;
    this.#gapStart = idle;
  }

  #want(count) {
    const wanted = Math.min(this.#most, count);
    if (wanted !== this.#wanted) {
      this.#wanted = wanted;
      this.#announce(wanted);
    }
  }
}

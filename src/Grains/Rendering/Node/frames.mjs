import { performance } from 'node:perf_hooks';
import { fatal } from './endings.mjs';

// docs/processes.md: AF, version 1, kind, 0, length (uint32), request id (uint64); little-endian.
const magic = 0xaf;
const version = 1;
const headerBytes = 16;

export const kinds = { ready: 1, request: 2, response: 3, failure: 4, cancel: 5, capacity: 6 };

const maxMessageCharacters = 2048;
const maxHeldBytes = 64 * 1024;
const maxHeldMs = 5;

/** Cuts the bytes of standard input into frames, and hands them to `onRequest(id, payload)` and `onCancel(id)`. */
export class FrameReader {
  #chunks = [];
  #bytes = 0;
  #needed = headerBytes;

  constructor(maxPayloadBytes, handler) {
    this.maxPayloadBytes = maxPayloadBytes;
    this.handler = handler;
  }

  push(chunk) {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes < this.#needed) {
      return; // What is there is joined once the frame is whole, and not with every chunk.
    }

    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#bytes);
    while ((this.#needed = this.#sizeOf(rest)) <= rest.length) {
      this.#dispatch(rest.subarray(0, this.#needed));
      rest = rest.subarray(this.#needed);
    }

    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#bytes = rest.length;
  }

  #sizeOf(bytes) {
    if (bytes.length < headerBytes) {
      return headerBytes;
    }

    const length = bytes.readUInt32LE(4);
    if (bytes[0] !== magic || bytes[1] !== version || bytes[3] !== 0) {
      fatal(`Standard input carries no frames of version ${version}.`);
    }

    if (length > this.maxPayloadBytes) {
      fatal(`A frame of ${length} bytes came; at most ${this.maxPayloadBytes} are allowed.`);
    }

    return headerBytes + length;
  }

  #dispatch(frame) {
    const id = frame.readBigUInt64LE(8);
    switch (frame[2]) {
      case kinds.request:
        this.handler.onRequest(id, frame.subarray(headerBytes));
        break;
      case kinds.cancel:
        this.handler.onCancel(id);
        break;
      default:
        fatal(`A frame of kind ${frame[2]} came; a child takes requests (${kinds.request}) and cancels (${kinds.cancel}).`);
    }
  }
}

/** Writes frames to standard output. A frame leaves in one write; its parts are not joined before. */
export class FrameWriter {
  #isHolding = false;
  #heldBytes = 0;
  #heldSince = 0;

  constructor(output) {
    this.output = output;
  }

  /** Keeps the frames of responses that follow back, to leave in one write: until `release`, 64 KiB of them, or 5 ms. */
  hold() {
    if (this.#isHolding && performance.now() - this.#heldSince >= maxHeldMs) {
      this.release();
    }

    if (!this.#isHolding) {
      this.#isHolding = true;
      this.#heldBytes = 0;
      this.#heldSince = performance.now();
      this.output.cork();
    }
  }

  release() {
    if (this.#isHolding) {
      this.#isHolding = false;
      this.output.uncork();
    }
  }

  ready() {
    this.output.write(header(kinds.ready, 0n, 0));
  }

  /** How many requests this child wants at a time from now on. */
  capacity(count) {
    const frame = header(kinds.capacity, 0n, 4, 4);
    frame.writeUInt32LE(count, headerBytes);
    this.output.write(frame);
  }

  /** A response whose payload is one piece of text. */
  text(id, text) {
    const bytes = Buffer.byteLength(text);
    this.output.cork();
    this.output.write(header(kinds.response, id, bytes));
    this.output.write(text);
    this.output.uncork();
  }

  /**
   * A rendered page: the length of the head, the head, and the body.
   * @param head a Buffer
   * @param body { chunks: strings and Uint8Arrays, bytes: their length in UTF-8 }
   */
  page(id, head, body) {
    const start = header(kinds.response, id, 4 + head.length + body.bytes, 4 + head.length);
    start.writeUInt32LE(head.length, headerBytes);
    head.copy(start, headerBytes + 4);
    this.output.cork();
    this.output.write(start);
    for (const chunk of body.chunks) {
      this.output.write(chunk);
    }

    this.output.uncork();
    this.#releaseIfMuch(start.length + body.bytes);
  }

  failure(id, code, message) {
    const payload = Buffer.from(`${code}\n${message.slice(0, maxMessageCharacters)}`);
    const frame = header(kinds.failure, id, payload.length, payload.length);
    payload.copy(frame, headerBytes);
    this.output.write(frame);
    this.#releaseIfMuch(frame.length);
  }

  /** Calls back when all frames so far, and those of this turn of the event loop, have left this process. */
  whenWritten(callback) {
    setImmediate(() => {
      this.release();
      this.output.write('', callback);
    });
  }

  #releaseIfMuch(bytes) {
    this.#heldBytes += bytes;
    if (this.#heldBytes >= maxHeldBytes || performance.now() - this.#heldSince >= maxHeldMs) {
      this.release();
    }
  }
}

// The header, with room for the first bytes of the payload behind it.
function header(kind, id, payloadBytes, room = 0) {
  const bytes = Buffer.allocUnsafe(headerBytes + room);
  bytes[0] = magic;
  bytes[1] = version;
  bytes[2] = kind;
  bytes[3] = 0;
  bytes.writeUInt32LE(payloadBytes, 4);
  bytes.writeBigUInt64LE(id, 8);
  return bytes;
}

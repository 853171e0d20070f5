import { PageFailure } from './errors.mjs';

/** True for what `collect` takes: text, bytes, a web stream or a Node stream. */
export function isBody(value) {
  return typeof value === 'string' || value instanceof Uint8Array || typeof value?.[Symbol.asyncIterator] === 'function';
}

/**
 * HTML as it goes out: { chunks, bytes }. Text stays text, since the socket encodes it on the way.
 * @throws PageFailure page_too_large as soon as a stream is over the limit
 */
export function collect(html, maxBytes) {
  return isPiece(html) ? { chunks: [html], bytes: Buffer.byteLength(html) } : drain(html, maxBytes);
}

async function drain(stream, maxBytes) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of stream) {
    if (!isPiece(chunk)) {
      throw new TypeError(`a stream of HTML has chunks of text or bytes, but one is ${typeof chunk}`);
    }

    chunks.push(chunk);
    bytes += Buffer.byteLength(chunk);
    if (bytes > maxBytes) {
      throw new PageFailure('page_too_large', `The page has more than ${maxBytes} bytes; no more are allowed`);
    }
  }

  return { chunks, bytes };
}

function isPiece(value) {
  return typeof value === 'string' || value instanceof Uint8Array;
}

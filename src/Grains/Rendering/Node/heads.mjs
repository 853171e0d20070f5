const htmlType = 'text/html; charset=utf-8';
const usual = encode(200, { 'content-type': htmlType });

/** The head of a rendered page as bytes: { status, headers } in JSON, names in lower case, values texts. */
export function headOf(status, headers) {
  return status === 200 && headers === undefined ? usual : encode(status, headersOf(headers));
}

// Cookies are one visitor's; a rendered page is everybody's.
function headersOf(headers) {
  const result = { 'content-type': htmlType };
  for (const [given, value] of entriesOf(headers)) {
    const name = String(given).toLowerCase();
    if (name !== 'set-cookie' && value !== undefined && value !== null) {
      result[name] = textOf(name, value);
    }
  }

  return result;
}

function textOf(name, value) {
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  if (/[\0\r\n]/.test(text)) {
    throw new TypeError(`the header ${name} has a line break, which would begin another header: ${JSON.stringify(text.slice(0, 100))}`);
  }

  return text;
}

function entriesOf(headers) {
  if (Array.isArray(headers)) {
    return headers;
  }

  return typeof headers?.entries === 'function' ? headers.entries() : Object.entries(headers ?? {});
}

function encode(status, headers) {
  return Buffer.from(JSON.stringify({ status, headers }));
}

const htmlType = 'text/html; charset=utf-8';
const usual = encode(200, { 'content-type': htmlType });

/** The head of a rendered page as bytes: { status, headers } in JSON, names in lower case, values texts. */
export function headOf(status, headers) {
  return status === 200 && headers === undefined ? usual : encode(status, headersOf(headers));
}

// Cookies are one visitor's; a rendered page is everybody's.
function headersOf(headers) {
  const result = { 'content-type': htmlType };
  for (const [name, value] of entriesOf(headers)) {
    if (name.toLowerCase() !== 'set-cookie') {
      result[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
    }
  }

  return result;
}

function entriesOf(headers) {
  return typeof headers?.entries === 'function' ? headers.entries() : Object.entries(headers ?? {});
}

function encode(status, headers) {
  return Buffer.from(JSON.stringify({ status, headers }));
}

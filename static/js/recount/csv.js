// The rows of a text with ";" between fields and quotes around what holds one; empty rows are left out.

export function* rowsOf(text) {
  let at = 0;
  while (at < text.length) {
    const row = [];
    at = readRow(text, at, row);
    if (row.length > 1 ? row.some(Boolean) : row[0].trim()) yield row;
  }
}

function readRow(text, at, row) {
  for (;;) {
    const [field, end] = text[at] === '"' ? quoted(text, at + 1) : plain(text, at);
    row.push(field);
    if (text[end] !== ";") return afterBreak(text, end);
    at = end + 1;
  }
}

function plain(text, at) {
  let end = at;
  while (end < text.length && text[end] !== ";" && text[end] !== "\n" && text[end] !== "\r") end++;
  return [text.slice(at, end), end];
}

// Two quotes inside a quoted field stand for one.
function quoted(text, at) {
  let field = "";
  for (;;) {
    const end = text.indexOf('"', at);
    if (end < 0) return [field + text.slice(at), text.length];
    field += text.slice(at, end);
    if (text[end + 1] !== '"') {
      const [rest, next] = plain(text, end + 1);
      return [field + rest, next];
    }
    field += '"';
    at = end + 2;
  }
}

function afterBreak(text, at) {
  return text[at] === "\r" && text[at + 1] === "\n" ? at + 2 : at + 1;
}

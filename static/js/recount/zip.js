// Opens a ZIP: the list at its end says where each file lies. A bundle is not compressed;
// one that somebody has packed anew may be, and the browser itself can unpack that.

import { Refused } from "./refused.js";

const [END_OF_LIST, LINE_OF_LIST] = [0x06054b50, 0x02014b50];
const [STORED, DEFLATED] = [0, 8];
const MOST_BYTES = 512 * 1024 * 1024;
const LONGEST_COMMENT = 65_557;

// The content of every file under its name.
export async function unzip(buffer) {
  try {
    return await unpacked(new DataView(buffer));
  } catch (error) {
    throw error instanceof Refused ? error : new Refused("no_bundle");
  }
}

async function unpacked(view) {
  const files = new Map();
  let total = 0;
  for (const line of linesOf(view)) {
    total += line.size;
    if (total > MOST_BYTES) throw new Refused("no_bundle");
    files.set(line.name, await contentOf(view, line));
  }
  return files;
}

function* linesOf(view) {
  const end = endOf(view);
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (view.getUint32(at, true) !== LINE_OF_LIST) throw new Refused("no_bundle");
    const long = view.getUint16(at + 28, true);
    yield {
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      begins: view.getUint32(at + 42, true),
      name: new TextDecoder().decode(new Uint8Array(view.buffer, at + 46, long)),
    };
    at += 46 + long + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

function endOf(view) {
  const first = Math.max(0, view.byteLength - LONGEST_COMMENT);
  for (let at = view.byteLength - 22; at >= first; at--) {
    if (view.getUint32(at, true) === END_OF_LIST) return at;
  }
  throw new Refused("no_bundle");
}

async function contentOf(view, line) {
  const from = line.begins + 30 + view.getUint16(line.begins + 26, true) + view.getUint16(line.begins + 28, true);
  const packed = new Uint8Array(view.buffer, from, line.packed);
  if (line.method === STORED) return packed;
  if (line.method !== DEFLATED) throw new Refused("no_bundle");
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return inflated(stream.getReader(), line.size);
}

// No more than was promised: a small file that swells without end is let go of.
async function inflated(reader, size) {
  const content = new Uint8Array(size);
  let filled = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (filled + part.value.length > size) throw new Refused("no_bundle");
    content.set(part.value, filled);
    filled += part.value.length;
  }
  return content;
}

// SHA-256 as FIPS 180-4 defines it: the fingerprints of the rules and of the lot.
// Its constants are the first 32 bits behind the point of roots of the first primes.

const PRIMES = primes(64);
const START = PRIMES.slice(0, 8).map((prime) => bitsOfRoot(prime, 2));
const CONSTANTS = PRIMES.map((prime) => bitsOfRoot(prime, 3));

export function sha256OfText(text) {
  return sha256(new TextEncoder().encode(text));
}

// The fingerprint of these bytes as 64 lower-case hex digits.
export function sha256(bytes) {
  const padded = pad(bytes);
  const state = Int32Array.from(START);
  const words = new Int32Array(64);
  for (let at = 0; at < padded.byteLength; at += 64) addBlock(state, padded, at, words);
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function pad(bytes) {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  return view;
}

function addBlock(state, padded, at, words) {
  spread(padded, at, words);
  let [a, b, c, d, e, f, g, h] = state;
  for (let round = 0; round < 64; round++) {
    const mixed = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const chosen = (e & f) ^ (~e & g);
    const first = (h + mixed + chosen + CONSTANTS[round] + words[round]) | 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, place) => (state[place] += word));
}

function spread(padded, at, words) {
  for (let place = 0; place < 16; place++) words[place] = padded.getInt32(at + 4 * place);
  for (let place = 16; place < 64; place++) {
    const [near, far] = [words[place - 15], words[place - 2]];
    const low = turn(near, 7) ^ turn(near, 18) ^ (near >>> 3);
    const high = turn(far, 17) ^ turn(far, 19) ^ (far >>> 10);
    words[place] = words[place - 16] + low + words[place - 7] + high;
  }
}

function turn(word, by) {
  return (word >>> by) | (word << (32 - by));
}

function primes(count) {
  const found = [];
  for (let one = 2; found.length < count; one++) {
    if (found.every((prime) => one % prime)) found.push(one);
  }
  return found;
}

function bitsOfRoot(prime, degree) {
  const wanted = BigInt(prime) << BigInt(32 * degree);
  let [low, high] = [0n, 1n << 40n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** BigInt(degree) <= wanted) low = middle;
    else high = middle;
  }
  return Number(BigInt.asIntN(32, low));
}

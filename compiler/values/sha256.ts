/** SHA-256 (FIPS 180-4) of short texts without a library, so that the compiler loads in a browser, whose own one is asynchronous. */

/** The first 32 bits of the fractional parts of a root of the first primes, as the standard derives its constants. */
function primeRoots(count: number, root: (prime: number) => number): Uint32Array {
  const words = new Uint32Array(count);
  for (let candidate = 2, found = 0; found < count; candidate++) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) isPrime &&= candidate % divisor !== 0;
    if (isPrime) words[found++] = (root(candidate) % 1) * 2 ** 32;
  }
  return words;
}

const START = primeRoots(8, Math.sqrt);
const ROUND = primeRoots(64, Math.cbrt);

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** The message in UTF-8 with its padding, as words of 32 bits. */
function padded(text: string): Uint32Array {
  const bytes = new TextEncoder().encode(text);
  const words = new Uint32Array(Math.ceil((bytes.length + 9) / 64) * 16);
  bytes.forEach((byte, index) => (words[index >> 2]! |= byte << (24 - (index & 3) * 8)));
  words[bytes.length >> 2]! |= 0x80 << (24 - (bytes.length & 3) * 8);
  words[words.length - 2] = Math.floor(bytes.length / 2 ** 29);
  words[words.length - 1] = bytes.length << 3;
  return words;
}

/** The 64 words that the rounds of one block mix in. */
function schedule(block: Uint32Array): Uint32Array {
  const words = new Uint32Array(64);
  words.set(block);
  for (let index = 16; index < 64; index++) {
    const [early, late] = [words[index - 15]!, words[index - 2]!];
    const first = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const second = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words[index] = words[index - 16]! + first + words[index - 7]! + second;
  }
  return words;
}

/** Mixes one block into the state. */
function compress(state: Uint32Array, block: Uint32Array): void {
  const words = schedule(block);
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let index = 0; index < 64; index++) {
    const chosen = (e & f) ^ (~e & g);
    const first = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + chosen + ROUND[index]! + words[index]!;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index]! += word));
}

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The digest of a text (in UTF-8) in base64url without padding: 43 characters. */
export function sha256Base64url(text: string): string {
  const state = START.slice();
  const words = padded(text);
  for (let offset = 0; offset < words.length; offset += 16)
    compress(state, words.subarray(offset, offset + 16));
  const bit = (index: number): number => ((state[index >> 5] ?? 0) >>> (31 - (index & 31))) & 1;
  return Array.from({ length: 43 }, (_, index) => {
    let six = 0;
    for (let offset = index * 6; offset < index * 6 + 6; offset++) six = six * 2 + bit(offset);
    return BASE64URL[six];
  }).join("");
}

/**
 * Table-driven CRCs with reflected bits (R. Williams, "A painless guide to CRC error detection algorithms"), eight bytes a step.
 * CRC-32C: RFC 3720 appendix B.4. CRC-64/NVME: NVM Express base specification, polynomial 0xAD93D23594C93659.
 */
const reflected = { crc32: 0xedb88320n, crc32c: 0x82f63b78n, crc64nvme: 0x9a6c9329ac4bc9b5n } as const;
export type CrcName = keyof typeof reflected;
const bitsOf = (name: CrcName) => (name === "crc64nvme" ? 64n : 32n);

interface Tables {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

/** Eight tables of 256 entries: entry [k][b] is the effect of byte b followed by k zero bytes. */
function tablesOf(polynomial: bigint): Tables {
  const low = new Uint32Array(8 * 256);
  const high = new Uint32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = BigInt(byte);
    for (let bit = 0; bit < 64; bit++) {
      if (bit % 8 === 0) {
        const at = (bit / 8) * 256 + byte;
        // Entry 0 is the byte after its own eight steps, so each entry is stored one round later.
        if (bit > 0) store(low, high, at - 256, value);
      }
      value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
    }
    store(low, high, 7 * 256 + byte, value);
  }
  return { low, high };
}

function store(low: Uint32Array, high: Uint32Array, at: number, value: bigint): void {
  low[at] = Number(value & 0xffffffffn);
  high[at] = Number(value >> 32n);
}

const made = new Map<CrcName, Tables>();
function tables(name: CrcName): Tables {
  const found = made.get(name) ?? tablesOf(reflected[name]);
  made.set(name, found);
  return found;
}

const at = (table: Uint32Array, row: number, byte: number): number => table[row * 256 + byte] ?? 0;

/** A running CRC: `update` with bytes in order, then `digest` gives it big-endian. */
export function crc(name: CrcName): { update(bytes: Uint8Array): void; digest(): Buffer } {
  const { low, high } = tables(name);
  const wide = bitsOf(name) === 64n;
  let lo = 0xffffffff;
  let hi = wide ? 0xffffffff : 0;
  return {
    update(bytes) {
      const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      let i = 0;
      for (const end = view.length - 8; i <= end; i += 8) {
        const a = (view.readUInt32LE(i) ^ lo) >>> 0;
        const b = (view.readUInt32LE(i + 4) ^ hi) >>> 0;
        const [a0, a1, a2, a3] = [a & 255, (a >>> 8) & 255, (a >>> 16) & 255, a >>> 24];
        const [b0, b1, b2, b3] = [b & 255, (b >>> 8) & 255, (b >>> 16) & 255, b >>> 24];
        lo = at(low, 7, a0) ^ at(low, 6, a1) ^ at(low, 5, a2) ^ at(low, 4, a3) ^ at(low, 3, b0) ^ at(low, 2, b1) ^ at(low, 1, b2) ^ at(low, 0, b3);
        if (wide)
          hi = at(high, 7, a0) ^ at(high, 6, a1) ^ at(high, 5, a2) ^ at(high, 4, a3) ^ at(high, 3, b0) ^ at(high, 2, b1) ^ at(high, 1, b2) ^ at(high, 0, b3);
      }
      for (; i < view.length; i++) {
        const index = (lo ^ (view[i] ?? 0)) & 255;
        lo = ((lo >>> 8) | (hi << 24)) ^ at(low, 0, index);
        hi = (hi >>> 8) ^ at(high, 0, index);
      }
    },
    digest() {
      const out = Buffer.alloc(wide ? 8 : 4);
      if (wide) out.writeUInt32BE(~hi >>> 0, 0);
      out.writeUInt32BE(~lo >>> 0, wide ? 4 : 0);
      return out;
    },
  };
}

/** Product of two polynomials modulo the CRC's, all with reflected bits (the highest bit is x^0). */
function multiply(name: CrcName, left: bigint, right: bigint): bigint {
  const top = 1n << (bitsOf(name) - 1n);
  let sum = 0n;
  let shifted = right;
  for (let bit = top; bit > 0n; bit >>= 1n) {
    if (left & bit) sum ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ reflected[name] : shifted >> 1n;
  }
  return sum;
}

/** The CRC of A followed by B, from the CRCs of both and the length of B in bytes: crc(A) * x^(8 |B|) + crc(B). */
export function combineCrc(name: CrcName, first: Uint8Array, second: Uint8Array, secondBytes: number): Buffer {
  const number = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  let power = 1n << (bitsOf(name) - 1n);
  let square = 1n << (bitsOf(name) - 2n);
  for (let exponent = BigInt(secondBytes) * 8n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) power = multiply(name, power, square);
    square = multiply(name, square, square);
  }
  const combined = multiply(name, number(first), power) ^ number(second);
  return Buffer.from(combined.toString(16).padStart(Number(bitsOf(name)) / 4, "0"), "hex");
}

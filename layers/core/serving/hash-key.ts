/** A bijection of 32-bit integers in which every input bit moves about half of the output bits (Murmur3's finalizer, A. Appleby, public domain). */
function scatter(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** FNV-1a over UTF-16 code units. */
function accumulate(text: string, start: number): number {
  let hash = start;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

/** A number in (0, 1) that depends on the text alone: the same on every machine, evenly spread over texts. */
export function unitHash(text: string): number {
  const high = scatter(accumulate(text, 0x811c9dc5));
  const low = scatter(accumulate(text, 0x9747b28c));
  return ((high & 0x1fffff) * 2 ** 32 + low + 0.5) / 2 ** 53;
}

import type { BytesAt } from "./archive/bytes-at.ts";

export interface TensorInfo {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: number;
}
export interface SafetensorsHeader {
  readonly tensors: readonly TensorInfo[];
  readonly metadata: readonly (readonly [string, string])[];
}
/** The format allows 100 MB; a page is content with less. */
const mostHeader = 25_000_000;
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);
const isNumbers = (value: unknown): value is readonly number[] => Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);

function tensorOf(name: string, value: unknown): TensorInfo {
  const { dtype, shape, data_offsets: offsets } = isObject(value) ? value : {};
  if (typeof dtype !== "string" || !isNumbers(shape) || !isNumbers(offsets) || offsets.length !== 2)
    throw new Error(`tensor ${name} must have dtype, shape and data_offsets, got ${JSON.stringify(value).slice(0, 200)}`);
  return { name, dtype, shape, bytes: (offsets[1] ?? 0) - (offsets[0] ?? 0) };
}

/** The tensors of a file by its header alone (huggingface/safetensors: eight bytes of length, then JSON). @throws Error where it is none */
export async function readHeader(read: BytesAt, size: number): Promise<SafetensorsHeader> {
  if (size < 8) throw new Error(`a safetensors file has at least 8 bytes, this one ${size}`);
  const first = await read(0, 8);
  const length = Number(new DataView(first.buffer, first.byteOffset, 8).getBigUint64(0, true));
  if (length > Math.min(mostHeader, size - 8)) throw new Error(`not a safetensors file that is shown here: its header would have ${length} bytes`);
  const document: unknown = JSON.parse(new TextDecoder().decode(length === 0 ? new Uint8Array() : await read(8, 8 + length)));
  if (!isObject(document)) throw new Error("the header must be an object");
  const { __metadata__: metadata, ...tensors } = document;
  return {
    tensors: Object.entries(tensors).map(([name, value]) => tensorOf(name, value)),
    metadata: isObject(metadata) ? Object.entries(metadata).map(([key, value]) => [key, String(value)] as const) : [],
  };
}

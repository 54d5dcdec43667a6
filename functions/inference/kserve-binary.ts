import { invalid } from "#core/errors.ts";
import { checkShape, elementCount, type NumericArray, storage, type Tensor, type TensorSpec } from "#core/serving/tensor.ts";

/** Little-endian, as every machine that runs this: the protocol's byte order, so that elements need no conversion. */
const decoder = new TextDecoder();

/** BYTES: each element is its length in 4 bytes, then its bytes (Open Inference Protocol, binary tensor data extension). */
function readTexts(name: string, bytes: Uint8Array, count: number): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const texts: string[] = [];
  let offset = 0;
  while (offset < bytes.byteLength && texts.length < count) {
    const end = offset + 4 <= bytes.byteLength ? offset + 4 + view.getUint32(offset, true) : Number.POSITIVE_INFINITY;
    if (end > bytes.byteLength) throw invalid(`input ${name}: element ${texts.length} must end within the ${bytes.byteLength} bytes sent`);
    texts.push(decoder.decode(bytes.subarray(offset + 4, end)));
    offset = end;
  }
  if (texts.length !== count || offset !== bytes.byteLength) throw invalid(`input ${name}: data must have ${count} elements, got ${texts.length}`);
  return texts;
}

/** A tensor from its bytes. @throws DomainError when their number does not fit the shape */
export function readBinary(spec: TensorSpec, shape: readonly unknown[], bytes: Uint8Array): Tensor {
  checkShape(spec, shape);
  const { name, datatype } = spec;
  const count = elementCount(shape);
  if (datatype === "BYTES") return { name, datatype, shape, data: readTexts(name, bytes, count) };
  const expected = count * storage[datatype].bytes;
  if (bytes.byteLength !== expected)
    throw invalid(`input ${name}: binary_data_size must be ${expected} for shape [${shape.join(", ")}], got ${bytes.byteLength}`);
  const data: NumericArray = storage[datatype].allocate(count);
  // Copied: the bytes are part of a request's buffer, at any alignment.
  new Uint8Array(data.buffer).set(bytes);
  return { name, datatype, shape, data };
}

export function formatBinary({ data }: Tensor): Uint8Array {
  if (!Array.isArray(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.concat(
    data.flatMap((text) => {
      const bytes = Buffer.from(text);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.byteLength);
      return [length, bytes];
    }),
  );
}

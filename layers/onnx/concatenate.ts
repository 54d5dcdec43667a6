import { elementCount, rowCount, storage, type Tensor, type TensorData } from "#core/serving/tensor.ts";

/** The same input of several requests as one tensor, rows one after the other. All have the same type and the same shape beyond the first dimension. */
export function concatenate(parts: readonly Tensor[]): Tensor {
  const [first] = parts;
  if (!first) throw new TypeError("nothing to concatenate");
  if (parts.length === 1) return first;
  const shape = [parts.reduce((rows, part) => rows + rowCount(part.shape), 0), ...first.shape.slice(1)];
  if (first.datatype === "BYTES") return { ...first, shape, data: parts.flatMap(({ data }) => data as string[]) };
  const data = storage[first.datatype].allocate(elementCount(shape));
  let offset = 0;
  for (const part of parts) {
    // Sources and target have the same element type; `set` has one overload per pair, which a union cannot choose from.
    (data as Float64Array).set(part.data as Float64Array, offset);
    offset += part.data.length;
  }
  return { ...first, shape, data };
}

/** Rows `from` to `to` of a tensor, sharing its memory where it is numeric. */
export function rowsOf(tensor: Tensor, from: number, to: number): Tensor {
  const [, ...rest] = tensor.shape;
  const width = elementCount(rest);
  const data: TensorData = Array.isArray(tensor.data) ? tensor.data.slice(from * width, to * width) : tensor.data.subarray(from * width, to * width);
  return { ...tensor, shape: [to - from, ...rest], data };
}

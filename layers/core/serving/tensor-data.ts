import { invalid } from "../errors.ts";
import { toHalf } from "./half.ts";
import { checkShape, type Datatype, elementCount, type NumericArray, storage, type Tensor, type TensorSpec } from "./tensor.ts";

const largestFloat32 = 3.4028234663852886e38;
const integerRange = {
  UINT8: [0, 255],
  UINT16: [0, 65_535],
  UINT32: [0, 4_294_967_295],
  INT8: [-128, 127],
  INT16: [-32_768, 32_767],
  INT32: [-2_147_483_648, 2_147_483_647],
} as const;
const longRange = { INT64: [-(2n ** 63n), 2n ** 63n - 1n], UINT64: [0n, 2n ** 64n - 1n] } as const;

const shown = (value: unknown): string => (typeof value === "bigint" ? String(value) : (JSON.stringify(value)?.slice(0, 60) ?? "nothing"));
const refuse = (spec: TensorSpec, index: number, value: unknown, allowed: string) =>
  invalid(`input ${spec.name}: element ${index} must be ${allowed}, got ${shown(value)}`);

/** A finite number beyond the type's range is refused: as infinity it would be a different request. `null` is a missing value, NaN. */
function fillFloats(spec: TensorSpec, target: NumericArray, values: readonly unknown[]): void {
  const limit = spec.datatype === "FP64" ? Number.MAX_VALUE : spec.datatype === "FP32" ? largestFloat32 : 65_504;
  const half = spec.datatype === "FP16";
  for (let index = 0; index < values.length; index++) {
    const value = values[index] === null ? Number.NaN : values[index];
    if (typeof value !== "number") throw refuse(spec, index, value, "a number");
    if (value > limit || value < -limit) throw refuse(spec, index, value, `a number within ${spec.datatype}`);
    target[index] = half ? toHalf(value) : value;
  }
}

function fillIntegers(spec: TensorSpec, target: NumericArray, values: readonly unknown[], [min, max]: readonly [number, number]): void {
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max)
      throw refuse(spec, index, value, `an integer from ${min} to ${max}`);
    target[index] = value;
  }
}

function fillLongs(spec: TensorSpec, target: NumericArray, values: readonly unknown[], [min, max]: readonly [bigint, bigint]): void {
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    const exact = typeof value === "bigint" ? value : typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : undefined;
    if (exact === undefined || exact < min || exact > max) throw refuse(spec, index, value, `an integer from ${min} to ${max}`);
    target[index] = exact;
  }
}

function fillBooleans(spec: TensorSpec, target: NumericArray, values: readonly unknown[]): void {
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value !== true && value !== false && value !== 0 && value !== 1) throw refuse(spec, index, value, "true or false");
    target[index] = Number(value);
  }
}

function texts(spec: TensorSpec, values: readonly unknown[]): string[] {
  for (let index = 0; index < values.length; index++) if (typeof values[index] !== "string") throw refuse(spec, index, values[index], "a string");
  return values as string[];
}

const hasLongRange = (datatype: Datatype): datatype is keyof typeof longRange => datatype in longRange;
const hasIntegerRange = (datatype: Datatype): datatype is keyof typeof integerRange => datatype in integerRange;

/**
 * Values as a tensor's elements, each checked against the type: nothing is rounded, truncated or converted from text.
 * @param values flat, row-major; `bigint` where an integer goes beyond 2^53
 * @throws DomainError that names the input, the element, the value got and what is allowed
 */
export function tensorOf(spec: TensorSpec, shape: readonly unknown[], values: readonly unknown[]): Tensor {
  checkShape(spec, shape);
  const count = elementCount(shape);
  if (values.length !== count) throw invalid(`input ${spec.name}: data must have ${count} elements for shape [${shape.join(", ")}], got ${values.length}`);
  const { name, datatype } = spec;
  if (datatype === "BYTES") return { name, datatype, shape, data: texts(spec, values) };
  const data = storage[datatype].allocate(count);
  if (datatype === "BOOL") fillBooleans(spec, data, values);
  else if (hasLongRange(datatype)) fillLongs(spec, data, values, longRange[datatype]);
  else if (hasIntegerRange(datatype)) fillIntegers(spec, data, values, integerRange[datatype]);
  else fillFloats(spec, data, values);
  return { name, datatype, shape, data };
}

/** The sizes of nested lists, read along their first elements. */
export function shapeOf(data: unknown): number[] {
  const shape: number[] = [];
  for (let level = data; Array.isArray(level) && shape.length < 16; level = level[0]) shape.push(level.length);
  return shape;
}

const isRegular = (data: unknown, [size, ...rest]: readonly number[]): boolean =>
  size === undefined ? !Array.isArray(data) : Array.isArray(data) && data.length === size && data.every((part) => isRegular(part, rest));

/**
 * Nested lists as one list in row-major order; a list that is flat already is returned as it is.
 * @throws DomainError when lists of one level differ in length: their elements would land in other places than the caller means
 */
export function flatten(name: string, data: readonly unknown[]): readonly unknown[] {
  if (!data.some(Array.isArray)) return data;
  const shape = shapeOf(data);
  if (!isRegular(data, shape))
    throw invalid(`input ${name}: nested lists of one level must have the same length, got lists that differ from [${shape.join(", ")}]`);
  return data.flat(shape.length - 1);
}

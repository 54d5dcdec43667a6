import { type Int64, toInt64 } from "#contracts/int64.ts";
import type { ScalarType, ValueType } from "#contracts/platform/features.ts";
import { invalid } from "../errors.ts";
import { parseTimestamp } from "./timestamps.ts";

export type Scalar = string | number | bigint | boolean | Uint8Array;
/** A value of one feature. UNIX_TIMESTAMP is whole seconds since the epoch; FLOAT is rounded to 32 bits. */
export type FeatureValue = Scalar | null | readonly (Scalar | null)[];

/** Names of the doubles that JSON lacks, as protobuf's JSON mapping spells them. */
const special: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, "-Infinity": Number.NEGATIVE_INFINITY };

function integer(value: unknown, bits: 32 | 64): Int64 | undefined {
  const read = toInt64(value);
  return bits === 64 || read === undefined || (read >= -(2 ** 31) && read < 2 ** 31) ? read : undefined;
}

function double(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "string") return undefined;
  return special[value] ?? (value.trim() === "" || Number.isNaN(Number(value)) ? undefined : Number(value));
}

function bytes(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (typeof value !== "string" || !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)) return undefined;
  return Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
}

function seconds(value: unknown): number | undefined {
  const micros = parseTimestamp(typeof value === "bigint" ? Number(value) : value);
  return micros === undefined ? undefined : Math.floor(micros / 1e6);
}

const boolean = (value: unknown): boolean | undefined =>
  typeof value === "boolean" ? value : value === 0 || value === 1 ? value === 1 : value === "true" ? true : value === "false" ? false : undefined;

const readers: Readonly<Record<ScalarType, (value: unknown) => Scalar | undefined>> = {
  STRING: (value) => (typeof value === "string" ? value : undefined),
  BYTES: bytes,
  INT32: (value) => integer(value, 32),
  INT64: (value) => integer(value, 64),
  DOUBLE: double,
  FLOAT: (value) => {
    const read = double(value);
    return read === undefined ? undefined : Math.fround(read);
  },
  BOOL: boolean,
  UNIX_TIMESTAMP: seconds,
};

export const isList = (type: ValueType) => type.endsWith("_LIST");
export const scalarOf = (type: ValueType): ScalarType => type.replace("_LIST", "") as ScalarType;

const shown = (value: unknown) => (typeof value === "string" ? JSON.stringify(value.slice(0, 80)) : String(value).slice(0, 80));

/** Reads a value of the wire, or of a stored row, as its type. @throws DomainError naming `where`, the type and the value */
export function readValue(type: ValueType, value: unknown, where: string): FeatureValue {
  if (value === null || value === undefined) return null;
  const read = readers[scalarOf(type)];
  const scalar = (one: unknown): Scalar => {
    const result = read(one);
    if (result === undefined) throw invalid(`${where} must be ${type}, got ${shown(value)}`);
    return result;
  };
  if (!isList(type)) return scalar(value);
  if (!Array.isArray(value)) throw invalid(`${where} must be ${type}, got ${shown(value)}`);
  return value.map((one: unknown) => (one === null ? null : scalar(one)));
}

/** A value as plain JSON that {@link readValue} reads back exactly: base64 for bytes, text for integers beyond 2^53 and for NaN and infinities. */
export function plainValue(value: FeatureValue): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (value instanceof Uint8Array) return btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join(""));
  return Array.isArray(value) ? (value as readonly (Scalar | null)[]).map(plainValue) : value;
}

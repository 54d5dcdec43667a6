/** A number as Python writes it, which tells 1 from 1.0. */
interface PythonNumber {
  readonly number: string;
}
/** What json.loads makes of a text; JSON objects are maps here. */
export type PythonValue = null | boolean | string | PythonNumber | readonly PythonValue[] | ReadonlyMap<string, PythonValue>;

/** Digits of a mantissa, with the point moved. */
function expanded(mantissa: string, power: number): string {
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  if (power < 0) return `${sign}0.${"0".repeat(-power - 1)}${digits}`;
  return `${sign}${digits.slice(0, power + 1).padEnd(power + 1, "0")}.${digits.slice(power + 1) || "0"}`;
}

/** repr of a float: the shortest digits that read back the same, with an exponent below 1e-4 and from 1e16 on. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power < -4 || power >= 16) return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  return expanded(mantissa, power);
}

const numberOf = (source: string): PythonNumber => ({ number: /[.eE]/.test(source) ? floatText(Number(source)) : String(BigInt(source)) });

/** The reviver's third argument (ECMAScript proposal "JSON.parse source text access", in Node from 21 on). */
type Source = { readonly source?: string };

/** A hyperparameter as SageMaker's training toolkit reads it: JSON where it is JSON, else the text itself. */
export function parsePython(text: string): PythonValue {
  const revive = (_key: string, value: unknown, context: Source = {}): unknown => {
    if (typeof value === "number") return numberOf(context.source ?? String(value));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : value;
  };
  try {
    return JSON.parse(text, revive) as PythonValue;
  } catch {
    return text;
  }
}

const isNumber = (value: PythonValue): value is PythonNumber => typeof value === "object" && value !== null && "number" in value;

/** Text in quotes, single ones unless it holds one and no double one. */
function quotedText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t");
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

/** repr(value). */
function representation(value: PythonValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return quotedText(value);
  if (isNumber(value)) return value.number;
  if (value instanceof Map) return `{${[...value].map(([key, item]) => `${quotedText(key)}: ${representation(item)}`).join(", ")}}`;
  return `[${(value as readonly PythonValue[]).map(representation).join(", ")}]`;
}

/** str(value), and nothing for None. */
const plainText = (value: PythonValue): string => (value === null ? "" : typeof value === "string" ? value : representation(value));

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

/** A value of the command line: a mapping becomes `a=1,b=2`. */
export const argumentText = (value: PythonValue): string =>
  value instanceof Map
    ? [...value]
        .toSorted(byName)
        .map(([key, item]) => `${key}=${typeof item === "string" ? item : representation(item)}`)
        .join(",")
    : plainText(value);

/** json.dumps(value, sort_keys=True, separators=(",", ":")), in ASCII. */
export function jsonText(value: PythonValue): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string")
    return JSON.stringify(value).replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  if (isNumber(value)) return value.number;
  if (value instanceof Map)
    return `{${[...value]
      .toSorted(byName)
      .map(([key, item]) => `${jsonText(key)}:${jsonText(item)}`)
      .join(",")}}`;
  return `[${(value as readonly PythonValue[]).map(jsonText).join(",")}]`;
}

/** A plain value as json.loads would have made it. */
export const pythonValue = (value: unknown): PythonValue => {
  const text = JSON.stringify(value ?? null);
  return typeof value === "string" ? value : parsePython(text);
};

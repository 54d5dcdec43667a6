import type { ModelSignature } from "#contracts/platform/model-signature.ts";

/** One thing that a model takes or gives. */
export interface SignatureRow {
  readonly side: "input" | "output" | "parameter";
  readonly name: string;
  readonly type: string;
  /** What the columns of a tensor hold. */
  readonly columns: readonly string[];
  readonly required: boolean;
}
type Tensor = ModelSignature["inputs"][number];

/** A dimension of any size is written `any`. */
const shaped = (type: string, shape: readonly number[]) => `${type} [${shape.map((size) => (size === -1 ? "any" : size)).join(", ")}]`;
const tensorRow =
  (side: SignatureRow["side"]) =>
  ({ name, datatype, shape, columns = [] }: Tensor): SignatureRow => ({ side, name, type: shaped(datatype, shape), columns, required: true });

/** The signature in a version's `capstan.json`; undefined where it holds none. */
export function platformSignature(text: string): readonly SignatureRow[] | undefined {
  try {
    const { signature } = JSON.parse(text) as { readonly signature?: Partial<ModelSignature> };
    if (!Array.isArray(signature?.inputs) || !Array.isArray(signature.outputs)) return undefined;
    return [...signature.inputs.map(tensorRow("input")), ...signature.outputs.map(tensorRow("output"))];
  } catch {
    return undefined;
  }
}

/** The text of a YAML scalar that begins here: in single quotes, where two stand for one and a line break for a space, or plain to the end of its line. */
function scalar(text: string): string {
  if (!text.startsWith("'")) return text.slice(0, text.indexOf("\n") < 0 ? undefined : text.indexOf("\n")).trim();
  const [, quoted = ""] = /^'((?:[^']|'')*)'/.exec(text) ?? [];
  return quoted.replaceAll("''", "'").replaceAll(/ *\n */g, " ");
}

interface MlflowField {
  readonly name?: string;
  readonly type?: string;
  readonly dtype?: string;
  readonly required?: boolean;
  readonly items?: MlflowField;
  readonly "tensor-spec"?: { readonly dtype: string; readonly shape: readonly number[] };
}

function typeOf(field: MlflowField): string {
  const tensor = field["tensor-spec"];
  if (tensor) return shaped(tensor.dtype, tensor.shape);
  return field.type === "array" && field.items ? `list of ${typeOf(field.items)}` : (field.type ?? field.dtype ?? "any");
}

/** The signature in MLflow's `MLmodel` (3.17.2: JSON texts under `signature:`); undefined where it holds none. */
export function mlflowSignature(text: string): readonly SignatureRow[] | undefined {
  const start = text.search(/^signature:\s*$/m);
  if (start < 0) return undefined;
  const rows = (["inputs", "outputs", "params"] as const).flatMap((part) => {
    const found = new RegExp(`^ {2}${part}: `, "m").exec(text.slice(start));
    if (!found) return [];
    const fields = parsed(scalar(text.slice(start + found.index + found[0].length)));
    const side = part === "params" ? "parameter" : part === "inputs" ? "input" : "output";
    return fields.map(
      (field, index) => ({ side, name: field.name ?? String(index), type: typeOf(field), columns: [], required: field.required !== false }) as const,
    );
  });
  return rows.length === 0 ? undefined : rows;
}

function parsed(json: string): readonly MlflowField[] {
  try {
    const fields = JSON.parse(json) as unknown;
    return Array.isArray(fields) ? (fields as readonly MlflowField[]) : [];
  } catch {
    return [];
  }
}

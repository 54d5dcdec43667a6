/** The part of JSON Schema (2020-12) that the platform's requests are described in. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** How a value is asked for. `lines`: a list of plain values, one a line. `json`: what no control is made for. */
export type Kind = "text" | "number" | "switch" | "choice" | "fixed" | "object" | "lines" | "list" | "alternatives" | "json";

const prefix = "#/$defs/";

/** The schema itself: references followed, what stands beside them kept; of a choice between one thing and null, the thing. */
export function resolved(schema: Schema, root: Schema): Schema {
  const { $ref, ...own } = schema;
  if ($ref?.startsWith(prefix)) {
    const target = root.$defs?.[$ref.slice(prefix.length)];
    return target ? { ...resolved(target, root), ...own } : own;
  }
  const { anyOf, ...rest } = own;
  const [only, ...others] = (anyOf ?? []).filter(({ type }) => type !== "null");
  return only && others.length === 0 ? { ...resolved(only, root), ...rest } : own;
}

const plain: Readonly<Record<string, Kind>> = { string: "text", number: "number", integer: "number", boolean: "switch" };

/** @param schema resolved */
export function kindOf(schema: Schema, root: Schema): Kind {
  if (schema.const !== undefined) return "fixed";
  if (schema.enum) return "choice";
  if (alternativesOf(schema, root).every(({ properties }) => properties) && (schema.oneOf ?? schema.anyOf)) return "alternatives";
  if (schema.type === "object") return schema.properties ? "object" : "json";
  if (schema.type === "array" && schema.items) {
    const kind = kindOf(resolved(schema.items, root), root);
    return kind === "text" || kind === "number" || kind === "choice" ? "lines" : kind === "object" ? "list" : "json";
  }
  return plain[schema.type ?? ""] ?? "json";
}

/** The schemas of which one must hold, resolved. */
export const alternativesOf = ({ oneOf, anyOf }: Schema, root: Schema): Schema[] => (oneOf ?? anyOf ?? []).map((schema) => resolved(schema, root));

/** What every value of an alternative says of itself, such as `mode: "manual"`. */
export const constantsOf = ({ properties = {} }: Schema): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(properties).flatMap(([name, schema]) => (schema.const === undefined ? [] : [[name, schema.const]])));

/** What a value of an alternative begins with: its constants, or where it has none its required members, empty, by which it is told from the others. */
export function startOf(schema: Schema, root: Schema): Readonly<Record<string, unknown>> {
  const constants = constantsOf(schema);
  if (Object.keys(constants).length > 0) return constants;
  const empty = (name: string) => (resolved(schema.properties?.[name] ?? {}, root).type === "object" ? {} : "");
  return Object.fromEntries((schema.required ?? []).map((name) => [name, empty(name)]));
}

/** Which alternative a value is of: the first whose constants it has, and whose members where it allows no others; a constant that has a default may be left unsaid. */
export function alternativeOf(alternatives: readonly Schema[], value: unknown): number {
  const given = typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const fits = (schema: Schema) =>
    (schema.additionalProperties !== false || Object.keys(given).every((name) => name in (schema.properties ?? {}))) &&
    Object.entries(constantsOf(schema)).every(([name, constant]) => (given[name] ?? schema.properties?.[name]?.default) === constant);
  return Math.max(0, alternatives.findIndex(fits));
}

import { kindOf, resolved, type Schema } from "./schema.ts";

/** Where a value lies in a document. */
export type Path = readonly (string | number)[];

/** The way a refusal of the platform names a field: `dataset.contract.columns[0].name`. */
export const pathText = (path: Path): string =>
  path.reduce<string>((text, part) => (typeof part === "number" ? `${text}[${part}]` : text === "" ? part : `${text}.${part}`), "");

/** The document with a value set, or taken out where it is undefined; what is left empty by that stays, as the platform may require it. */
export function withValue(document: unknown, path: Path, value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (typeof first === "number") {
    const list = Array.isArray(document) ? [...(document as unknown[])] : [];
    const next = withValue(list[first], rest, value);
    return next === undefined ? list.toSpliced(first, 1) : list.with(first, next);
  }
  const object: Record<string, unknown> = typeof document === "object" && document !== null ? { ...document } : {};
  const next = withValue(object[first], rest, value);
  if (next === undefined) delete object[first];
  else object[first] = next;
  return object;
}

/** The smallest document that has every object that the schema requires, for the fields to stand in. */
export function skeleton(schema: Schema, root: Schema): unknown {
  const it = resolved(schema, root);
  if (kindOf(it, root) !== "object") return undefined;
  const entries = (it.required ?? []).map((name) => [name, skeleton(it.properties?.[name] ?? {}, root)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/**
 * The platform's refusal by field: `dataset.name: must ..., got ...; target: is required`, as it joins what it found wrong.
 * @param under what the document lies under in the request, such as `request`
 */
export function refusalsByField(message: string, under = ""): ReadonlyMap<string, string> {
  const found = message.split("; ").flatMap((part) => {
    const [, where = "", what = ""] = /^([\w.[\]-]+):? (.*)$/s.exec(part) ?? [];
    const path = under !== "" && where.startsWith(`${under}.`) ? where.slice(under.length + 1) : where;
    return path === "" ? [] : [[path, what] as const];
  });
  return new Map(found);
}

import { pathText } from "./document.ts";
import type { FieldProps } from "./field-props.ts";

const words = (name: string) => name.replaceAll(/([a-z0-9])([A-Z])/g, (_all, before: string, letter: string) => `${before} ${letter.toLowerCase()}`);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const shown = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** What a field is called, what is said of it, and what the platform refused. */
export function fieldWords({ form, schema, path, isRequired }: FieldProps) {
  const name = path.at(-1) ?? "";
  const label = typeof name === "number" ? `${name + 1}` : capital(words(name));
  const fallback = schema.default === undefined || typeof schema.default === "object" ? "" : `Default: ${shown(schema.default)}.`;
  const description = [schema.description?.replace(/ ?@default/, " Default:"), fallback].filter((text) => text !== undefined && text !== "").join(" ");
  return {
    label: isRequired ? label : `${label} - optional`,
    description: description === "" ? undefined : description,
    errorText: form.refusals.get(pathText(path)),
  };
}

import type * as z from "zod";
import type { Surface } from "#contracts/route.ts";
import { formatJson } from "./exact-json.ts";

type Issue = z.core.$ZodIssue;

/** `metrics[0].timestamp` */
const pathOf = (path: readonly PropertyKey[]) =>
  path.reduce<string>((text, part) => (typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`), "");

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined), input);
}

const shown = (value: unknown): string => {
  const text = formatJson(value) ?? "nothing";
  return text.length > 120 ? `${text.slice(0, 120)}...` : text;
};
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function explain(surface: Surface, input: unknown, issue: Issue): string {
  const name = pathOf(issue.path);
  const value = valueAt(input, issue.path);
  if (surface === "mlflow" && value === undefined && name !== "")
    return `Missing value for required parameter '${name}'. See the API docs for more information about request parameters.`;
  if (surface === "mlflow") return `Invalid value ${shown(value)} for parameter '${name}' supplied: ${lowerFirst(issue.message)}`;
  return `${name === "" ? "body" : name}: ${value === undefined ? "is required" : `${lowerFirst(issue.message)}, got ${shown(value)}`}`;
}

/** What is wrong with a request, naming each field, the value got and what is allowed; at most five of them. */
export const explainIssues = (surface: Surface, input: unknown, issues: readonly Issue[]): string =>
  issues
    .slice(0, 5)
    .map((issue) => explain(surface, input, issue))
    .join("; ");

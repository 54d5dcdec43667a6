import type { Surface } from "#contracts/route.ts";
import type { Answer } from "./send.ts";

/** The one field, or two, that a surface's clients read of a refusal. */
const shapes: Readonly<Record<Surface, readonly string[]>> = {
  mlflow: ["error_code", "message"],
  platform: ["error_code", "message"],
  feast: ["detail"],
  kserve: ["error"],
  sagemaker: ["message"],
};

/** What no caller has a use for, other than an attacker: stacks, folders, tables, resources, the database's own words. */
const inner =
  /\bat \S+ \(|\.ts:\d+|node_modules|file:\/\/\/\w|tables\.sqlite|capstan-(?:tracking|platform|features|tokens)|arn:aws|ValidationException|ResourceNotFoundException|SQLITE|AccessKey/;

/** Statuses of documented failures that are not the caller's. */
const unavailable = new Set([501, 503]);

/** Feast's server sends its own errors as text that holds JSON (feast.errors.FeastError.to_error_detail). */
const unwrapped = (surface: Surface, document: unknown): Readonly<Record<string, unknown>> =>
  surface === "feast" && typeof document === "string"
    ? { detail: (JSON.parse(document) as Record<string, unknown>)["message"] }
    : (document as Record<string, unknown>);

/** Everything that is wrong with an answer to hostile input; nothing where it is as it must be. */
export function faults(surface: Surface, { status, headers, text }: Answer): string[] {
  // Addresses that outgrow the limit of all headers end before anybody knows whose they are.
  if ((status >= 200 && status < 400) || status === 431) return [];
  if (status >= 500 && !unavailable.has(status)) return [`answers ${status}: ${text.slice(0, 300)}`];
  const type = String(headers["content-type"] ?? "");
  if (!type.startsWith("application/json")) return [`answers ${status} as ${type || "nothing"}: ${text.slice(0, 200)}`];
  const document = unwrapped(surface, JSON.parse(text));
  const missing = shapes[surface].filter((field) => typeof document[field] !== "string" || document[field] === "");
  return [
    ...missing.map((field) => `answers ${status} without ${field}: ${text.slice(0, 200)}`),
    ...(inner.test(text) ? [`gives away ${inner.exec(text)?.[0]}: ${text.slice(0, 400)}`] : []),
    ...(text.length > 20_000 ? [`answers with ${text.length} characters`] : []),
  ];
}

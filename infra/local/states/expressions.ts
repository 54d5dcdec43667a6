import jsonata from "jsonata";
import { isExpression, type Json } from "#statemachines/definition.ts";
import { sourceOf } from "#statemachines/expression-names.ts";
import { stepFunctions } from "./jsonata-functions.ts";
import { StateError } from "./state-error.ts";

/** Bytes of JSON that a state's input, arguments, result, output or one variable may have. */
export const payloadLimit = 262_144;

/** What expressions may refer to: `$states` and the workflow's variables, by name. */
export type Bindings = Readonly<Record<string, unknown>>;

const compiled = new Map<string, jsonata.Expression>();
function compile(source: string): jsonata.Expression {
  const known = compiled.get(source);
  if (known) return known;
  const expression = jsonata(source, { timeout: 10_000, stack: 1_000, sequence: 1_000_000 });
  compiled.set(source, expression);
  return expression;
}

const queryError = (source: string, at: string, what: string) =>
  new StateError("States.QueryEvaluationError", `The JSONata expression '${source}' specified for the field '${at}' ${what}`, at);
const messageOf = (error: unknown) => String((error as { message?: unknown } | undefined)?.message ?? error);

async function evaluateExpression(source: string, at: string, bindings: Bindings): Promise<Json> {
  let value: unknown;
  try {
    value = await compile(source).evaluate(undefined, { ...stepFunctions, ...bindings });
  } catch (error) {
    throw queryError(source, at, `threw an error during evaluation: ${messageOf(error)}`);
  }
  const text = typeof value === "function" ? undefined : JSON.stringify(value);
  if (text === undefined) throw queryError(source, at, "returned nothing (undefined).");
  return JSON.parse(text) as Json;
}

async function evaluateInside(template: Json, at: string, bindings: Bindings): Promise<Json> {
  if (typeof template === "string") return isExpression(template) ? await evaluateExpression(sourceOf(template), at, bindings) : template;
  if (typeof template !== "object" || template === null) return template;
  if (Array.isArray(template)) return await Promise.all(template.map((one: Json, index) => evaluateInside(one, `${at}[${index}]`, bindings)));
  const entries = Object.entries(template).map(async ([key, value]) => [key, await evaluateInside(value, `${at}/${key}`, bindings)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** Whether a value's JSON is within the limit. */
export const fits = (value: Json): boolean => Buffer.byteLength(JSON.stringify(value)) <= payloadLimit;

/** @throws StateError States.DataLimitExceeded where the value's JSON is over 262,144 bytes */
export function withinLimit<T extends Json>(value: T, what: string): T {
  if (fits(value)) return value;
  throw new StateError("States.DataLimitExceeded", `${what} has a size exceeding the maximum number of bytes service limit.`);
}

/**
 * A template with every expression in it replaced by its value.
 * @param at the field's name, for messages
 * @throws StateError States.QueryEvaluationError where an expression fails or has no value, States.DataLimitExceeded where the whole is too large
 */
export async function evaluate(template: Json, at: string, bindings: Bindings): Promise<Json> {
  return withinLimit(await evaluateInside(template, at, bindings), `The field '${at}'`);
}

/** As {@link evaluate}, for a field that must be a whole number of at least `least`. */
export async function evaluateInteger(template: Json, at: string, bindings: Bindings, least: number): Promise<number> {
  const value = await evaluate(template, at, bindings);
  if (typeof value !== "number" || !Number.isInteger(value) || value < least)
    throw new StateError("States.QueryEvaluationError", `The field '${at}' must be an integer of at least ${least}, got ${JSON.stringify(value)}`, at);
  return value;
}

/** As {@link evaluate}, for a field that must be a text. */
export async function evaluateText(template: Json, at: string, bindings: Bindings): Promise<string> {
  const value = await evaluate(template, at, bindings);
  if (typeof value !== "string") throw new StateError("States.QueryEvaluationError", `The field '${at}' must be a string, got ${JSON.stringify(value)}`, at);
  return value;
}

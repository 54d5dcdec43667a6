import jsonata from "jsonata";
import { isExpression, type Json } from "./definition.ts";

/** An expression and the field that holds it, such as `Arguments/Payload`. */
export interface FoundExpression {
  readonly at: string;
  readonly source: string;
}

/** The text between `{%` and `%}`. */
export const sourceOf = (text: string) => text.slice(2, -2).trim();

/** Every expression inside a template, in order. */
export function expressionsIn(template: Json | undefined, at: string): FoundExpression[] {
  if (typeof template === "string") return isExpression(template) ? [{ at, source: sourceOf(template) }] : [];
  if (typeof template !== "object" || template === null) return [];
  return Object.entries(template).flatMap(([key, value]) => expressionsIn(value, `${at}/${key}`));
}

/** JSONata 2's functions without `$eval`, which Step Functions takes away, and the five that it adds. */
const functions =
  "sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power random boolean not map zip filter single reduce sift keys lookup append exists spread merge reverse each error assert type sort shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl toMillis fromMillis clone now millis partition range hash uuid parse";
const known = new Set(functions.split(" "));

/** What an expression refers to. */
export interface Names {
  /** Workflow variables: neither functions nor names that the expression binds itself. */
  readonly variables: ReadonlySet<string>;
  /** Fields read from `$states`. */
  readonly states: ReadonlySet<string>;
  /** Syntax errors, and what JSONata has but Step Functions has not. */
  readonly problems: readonly string[];
}

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
  readonly lhs?: Node;
  readonly rhs?: Node;
  readonly arguments?: readonly Node[];
  readonly body?: Node;
  readonly focus?: string;
  readonly index?: string;
}

/** Below these keys an expression is evaluated on a value, so that bare field names mean something. */
const givesContext = new Set(["stages", "predicate", "group", "pattern", "update", "delete", "terms"]);

function collect(root: Node): Names {
  const used = new Set<string>();
  const bound = new Set<string>();
  const states = new Set<string>();
  const problems: string[] = [];

  const children = (node: object, hasContext: boolean, skip: readonly string[]): void => {
    for (const [key, child] of Object.entries(node)) if (!skip.includes(key)) visitAny(child, hasContext || givesContext.has(key));
  };
  const visitAny = (value: unknown, hasContext: boolean): void => {
    if (Array.isArray(value)) for (const one of value) visitAny(one, hasContext);
    else if (typeof value === "object" && value !== null && !(value instanceof RegExp)) visit(value, hasContext);
  };
  const visitVariable = (name: string, hasContext: boolean): void => {
    if (name === "$" || (name === "" && !hasContext)) problems.push(`${name === "" ? "$" : "$$"} has no value here: begin with $states or a variable`);
    else if (name === "eval") problems.push("$eval is not available in Step Functions: use $parse");
    else if (name !== "") used.add(name);
  };
  const visit = (node: Node, hasContext: boolean): void => {
    if (node.focus !== undefined) bound.add(node.focus);
    if (node.index !== undefined) bound.add(node.index);
    if (node.type === "variable") visitVariable(String(node.value), hasContext);
    if (node.type === "name" && !hasContext) problems.push(`field ${String(node.value)} has no value here: begin with $states or a variable`);
    if (node.type === "bind") bound.add(String(node.lhs?.value));
    if (node.type === "lambda") for (const argument of node.arguments ?? []) bound.add(String(argument.value));
    if (node.type === "path") {
      const [first, second] = node.steps ?? [];
      if (first?.type === "variable" && first.value === "states" && second?.type === "name") states.add(String(second.value));
      for (const [position, step] of (node.steps ?? []).entries()) visit(step, hasContext || position > 0);
    }
    children(node, hasContext, node.type === "bind" ? ["lhs", "steps"] : node.type === "lambda" ? ["arguments", "steps"] : ["steps"]);
  };
  visit(root, false);
  const variables = [...used].filter((name) => name !== "states" && !bound.has(name) && !known.has(name));
  return { variables: new Set(variables), states, problems };
}

/** Reads an expression without evaluating it. */
export function namesIn(source: string): Names {
  try {
    return collect(jsonata(source).ast() as Node);
  } catch (error) {
    const message = (error as { message?: unknown }).message;
    return { variables: new Set(), states: new Set(), problems: [`not JSONata: ${String(message)}`] };
  }
}

import type * as z from "zod";
import { type Definition, definitionSchema, type Level, type State, stateSchema } from "./definition.ts";

/** What the text declares, and every reason why it cannot run. The definition is whole only where there is no problem. */
export interface Parsed {
  readonly definition: Definition | undefined;
  readonly problems: readonly string[];
}

const explain = (where: string, issues: readonly z.core.$ZodIssue[]): string[] =>
  issues.map((issue) => `${[where, issue.path.map(String).join(".")].filter((part) => part !== "").join(": ")}: ${issue.message}`);

function parseState(name: string, raw: unknown, problems: string[]): State | undefined {
  const parsed = stateSchema.safeParse(raw);
  if (!parsed.success) {
    problems.push(...explain(`state ${name}`, parsed.error.issues));
    return undefined;
  }
  const state = parsed.data;
  if (state.Type === "Parallel") return { ...state, Branches: state.Branches.map((branch) => parseLevel(branch, problems)) };
  if (state.Type === "Map") return { ...state, ItemProcessor: { ...state.ItemProcessor, ...parseLevel(state.ItemProcessor, problems) } };
  return state;
}

function parseLevel(level: { StartAt: string; States: Record<string, unknown> }, problems: string[]): Level {
  const States: Record<string, State> = {};
  for (const [name, raw] of Object.entries(level.States)) {
    const state = parseState(name, raw, problems);
    if (state) States[name] = state;
  }
  return { StartAt: level.StartAt, States };
}

/** Reads a definition of the subset that the platform runs: JSONata, eight state types, the fields that belong to each. */
export function parseDefinition(text: string): Parsed {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    return { definition: undefined, problems: [`the definition is not JSON: ${String(error)}`] };
  }
  const parsed = definitionSchema.safeParse(raw);
  if (!parsed.success) return { definition: undefined, problems: explain("", parsed.error.issues) };
  const problems: string[] = [];
  const { TimeoutSeconds, ...level } = parsed.data;
  return { definition: { ...parseLevel(level, problems), TimeoutSeconds }, problems };
}

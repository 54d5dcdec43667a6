import { TaskCaller } from "#contracts/platform/task-caller.ts";
import { DependencyError } from "#core/errors.ts";
import { logger, withLogContext } from "./logger.ts";

/** A value of a result that is longer than this says nothing at a glance. */
const longest = 500;
const isPlain = (value: unknown) => value !== undefined && (typeof value !== "object" || value === null);
const isShort = (value: unknown) =>
  (isPlain(value) || Object.values(value ?? {}).every(isPlain)) && value !== undefined && JSON.stringify(value).length <= longest;

/** What a result comes to, in small fields: lists by their length, long and deep values not at all. */
function inShort(result: unknown): Record<string, unknown> {
  if (typeof result !== "object" || result === null) return {};
  const entries = Object.entries(result).map(([name, value]) => [name, Array.isArray(value) ? value.length : value] as const);
  return Object.fromEntries(entries.filter(([, value]) => isShort(value)));
}

const failure = (error: unknown) => (error instanceof Error ? { error: { name: error.name, message: error.message } } : { error: { message: String(error) } });

/**
 * Runs what a step of an execution asked for, if one did: every line carries its execution and step, and begin, result and failure are lines of their
 * own. What runs is given the input without its caller; an invocation that names none is run as it is.
 */
export async function toldStep<T>(name: string, input: unknown, run: (input: unknown) => Promise<T>): Promise<T> {
  const { data } = TaskCaller.safeParse(input);
  if (!data) return await run(input);
  const { caller: _caller, ...given } = input as Readonly<Record<string, unknown>>;
  return await withLogContext({ ...data.caller, function: name }, async () => {
    const began = performance.now();
    const took = () => ({ milliseconds: Math.round(performance.now() - began) });
    logger.info(`${name} begins`);
    try {
      const result = await run(given);
      logger.info(`${name} has ended`, { ...inShort(result), ...took() });
      return result;
    } catch (error) {
      const isPassing = error instanceof DependencyError;
      logger[isPassing ? "warn" : "error"](`${name} ${isPassing ? "could not go on for now" : "has failed"}`, { ...failure(error), ...took() });
      throw error;
    }
  });
}

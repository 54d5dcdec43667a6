import type * as z from "zod";
import type { FunctionSpec } from "#contracts/function-spec.ts";
import { invalid } from "#core/errors.ts";
import { explainIssues } from "./explain-issues.ts";
import { toldStep } from "./told-step.ts";

/** A function that a state machine, a schedule or an event invokes. Errors keep their class name: that is what ASL's `ErrorEquals` matches. */
export type Task = (input: unknown) => Promise<unknown>;
type TaskSpec = FunctionSpec & { readonly task: NonNullable<FunctionSpec["task"]> };

/** Binds a task's declaration to what it does; input and output are parsed. @throws DomainError naming the field when the input is wrong */
export function task<S extends TaskSpec>(spec: S, run: (input: z.output<S["task"]["input"]>) => Promise<z.input<S["task"]["output"]>>): Task {
  return (asked) =>
    toldStep(spec.name, asked, async (input) => {
      const parsed = spec.task.input.safeParse(input);
      if (!parsed.success) throw invalid(`${spec.name}: ${explainIssues("platform", input, parsed.error.issues)}`);
      return spec.task.output.parse(await run(parsed.data as z.output<S["task"]["input"]>));
    });
}

import { checkFlow } from "./check-flow.ts";
import { checkVariables } from "./check-variables.ts";
import type { Definition, Json, MapState, Retrier, State, TaskState } from "./definition.ts";
import { type Machine, placeholdersOf } from "./machine.ts";
import { parseDefinition } from "./parse-definition.ts";
import { everyState } from "./state-fields.ts";
import { type TaskResource, taskResources } from "./task-resources.ts";

/** The argument that must name, by placeholder alone, whom the task calls: permissions are derived from it. */
const callee: Readonly<Record<TaskResource["service"], string | undefined>> = {
  lambda: "FunctionName",
  states: "StateMachineArn",
  events: undefined,
  sagemaker: undefined,
};
const argument = (template: Json | undefined, name: string): Json | undefined =>
  typeof template === "object" && template !== null && !Array.isArray(template) ? (template as Record<string, Json>)[name] : undefined;

function checkTask({ Resource, Arguments, TimeoutSeconds, HeartbeatSeconds }: TaskState): string[] {
  const resource = taskResources.get(Resource);
  if (!resource) return [`Resource ${Resource} is not among ${[...taskResources.keys()].join(", ")}`];
  const problems: string[] = [];
  const named = callee[resource.service];
  if (named !== undefined && !/^"\$\{\w+\}"$/.test(JSON.stringify(argument(Arguments, named)) ?? ""))
    problems.push(`Arguments.${named} must be one \${Placeholder}`);
  if (resource.pattern === "token" && TimeoutSeconds === undefined && HeartbeatSeconds === undefined)
    problems.push("a task that waits for a token must set TimeoutSeconds or HeartbeatSeconds");
  if (resource.pattern === "token" && !JSON.stringify(Arguments ?? null).includes("$states.context.Task.Token"))
    problems.push("a task that waits for a token must pass $states.context.Task.Token on");
  if (resource.pattern !== "token" && HeartbeatSeconds !== undefined) problems.push("HeartbeatSeconds belongs to tasks that wait for a token");
  if (typeof TimeoutSeconds === "number" && typeof HeartbeatSeconds === "number" && HeartbeatSeconds >= TimeoutSeconds)
    problems.push(`HeartbeatSeconds must be below TimeoutSeconds ${TimeoutSeconds}, got ${HeartbeatSeconds}`);
  return problems;
}

function checkMap({ ItemProcessor, ToleratedFailureCount, ToleratedFailurePercentage, Label }: MapState): string[] {
  const distributed = ItemProcessor.ProcessorConfig?.Mode === "DISTRIBUTED";
  const needsDistribution = { ToleratedFailureCount, ToleratedFailurePercentage, Label, ExecutionType: ItemProcessor.ProcessorConfig?.ExecutionType };
  if (distributed) return ItemProcessor.ProcessorConfig?.ExecutionType === undefined ? ["ProcessorConfig.ExecutionType must be set for a distributed Map"] : [];
  return Object.entries(needsDistribution).flatMap(([name, value]) => (value === undefined ? [] : [`${name} belongs to a distributed Map`]));
}

/** `States.ALL` catches what the others left: it must stand alone and last. */
function checkErrorEquals(kind: "Retry" | "Catch", rules: readonly Pick<Retrier, "ErrorEquals">[]): string[] {
  return rules.flatMap(({ ErrorEquals }, index) => {
    if (!ErrorEquals.includes("States.ALL")) return [];
    if (ErrorEquals.length > 1) return [`${kind}[${index}]: States.ALL must stand alone`];
    return index === rules.length - 1 ? [] : [`${kind}[${index}]: States.ALL must be the last`];
  });
}

function checkState(state: State): string[] {
  const recovery =
    "Retry" in state || "Catch" in state ? [...checkErrorEquals("Retry", state.Retry ?? []), ...checkErrorEquals("Catch", state.Catch ?? [])] : [];
  if (state.Type === "Task") return [...checkTask(state), ...recovery];
  if (state.Type === "Map") return [...checkMap(state), ...recovery];
  if (state.Type === "Wait" && (state.Seconds === undefined) === (state.Timestamp === undefined)) return ["exactly one of Seconds and Timestamp must be set"];
  return recovery;
}

const placeholdersIn = (text: string) => [...new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name))].toSorted();

/** Every reason why a definition cannot run, each naming its state; none where it can. The definition comes along where it could be read. */
export function checkDefinition(text: string): { readonly definition: Definition | undefined; readonly problems: readonly string[] } {
  const { definition, problems } = parseDefinition(text);
  if (!definition || problems.length > 0) return { definition, problems };
  const states = everyState(definition).flatMap(([name, state]) => checkState(state).map((problem) => `state ${name}: ${problem}`));
  return { definition, problems: [...checkFlow(definition), ...states, ...checkVariables(definition)] };
}

/**
 * Every reason why a machine cannot run with these functions and machines, each naming its state or placeholder; an empty list where it can.
 * @param text what stands in the machine's definition file
 */
export function checkMachine(machine: Machine, text: string, known: { readonly functions: readonly string[]; readonly machines: readonly string[] }): string[] {
  const used = placeholdersIn(text);
  const declared = placeholdersOf(machine);
  return [
    ...checkDefinition(text).problems,
    ...used.filter((name) => !declared.includes(name)).map((name) => `placeholder ${name} is used and not declared`),
    ...declared.filter((name) => !used.includes(name)).map((name) => `placeholder ${name} is declared and not used`),
    ...Object.entries(machine.tasks).flatMap(([name, task]) => (known.functions.includes(task) ? [] : [`placeholder ${name}: no function ${task}`])),
    ...Object.entries(machine.machines ?? {}).flatMap(([name, other]) => (known.machines.includes(other) ? [] : [`placeholder ${name}: no machine ${other}`])),
  ].map((problem) => `${machine.name}: ${problem}`);
}

import type { Definition, Json } from "#statemachines/definition.ts";
import { levelsOf } from "#statemachines/state-fields.ts";
import { type Frame, placeOf } from "./frame.ts";
import type { ExecutionFacts, Scope } from "./scope.ts";
import { StateError } from "./state-error.ts";

/** The level that a child frame runs: a branch of a Parallel by its index, the one processor of a Map. */
export function levelInside(parent: Frame, scope: Pick<Scope, "level">, index: number) {
  const state = scope.level.States[parent.state];
  const levels = state ? levelsOf(state) : [];
  const found = state?.Type === "Map" ? levels[0] : levels[index];
  if (!found) throw new StateError("States.Runtime", `state ${parent.state} has no level ${index}`);
  return { ...found, isMap: state?.Type === "Map" };
}

const itemOf = (parent: Frame, index: number): { readonly index: number; readonly value: Json } => {
  const { phase } = parent;
  const values = phase.kind === "children" ? (phase.items ?? phase.inputs) : [];
  return { index, value: values[index] ?? null };
};

/** What a frame stands on, from the frames around it. A distributed Map's iterations do not see the variables outside. */
export function scopeOf(
  frame: Frame,
  frames: ReadonlyMap<string, Frame>,
  definition: Definition,
  execution: ExecutionFacts,
  { now, random }: Pick<Scope, "now" | "random">,
  newToken: (frame: Frame) => string,
): Scope {
  const place = placeOf(frame.id);
  if (!place) return { level: definition, execution, outer: {}, item: undefined, now, random, newToken };
  const parent = frames.get(place.parent);
  if (!parent) throw new StateError("States.Runtime", `frame ${frame.id} has no parent`);
  const around = scopeOf(parent, frames, definition, execution, { now, random }, newToken);
  const { level, isolated, isMap } = levelInside(parent, around, place.index);
  return {
    ...around,
    level,
    outer: isolated ? {} : { ...around.outer, ...parent.variables },
    item: isMap ? itemOf(parent, place.index) : around.item,
  };
}

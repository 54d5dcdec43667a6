import type { MachineGraph, MachineTransition } from "#contracts/platform/machine-graph.ts";

/** A transition as it is drawn. `line`: through the layers. `back`: to what was before. `bus`: along the side, with all that lead to the same place. */
export interface Edge extends MachineTransition {
  readonly course: "line" | "back" | "bus";
}

/** What a Parallel or Map leads to follows the ends of its branches: so the branches stand between the two. */
function throughBranches({ states, transitions }: MachineGraph): MachineTransition[] {
  const goesOn = new Set(transitions.flatMap(({ from, kind }) => (kind === "next" || kind === "choice" || kind === "default" ? [from] : [])));
  const endsOf = (container: string) => states.filter(({ name, within }) => within === container && !goesOn.has(name)).map(({ name }) => name);
  return transitions.flatMap((transition) => {
    const ends = transition.kind === "next" ? endsOf(transition.from) : [];
    return ends.length === 0 ? [transition] : ends.map((from) => ({ ...transition, from }));
  });
}

/** Transitions that lead back to a state from which one came, by a walk that takes them in the order of the definition. */
function backEdges(start: readonly string[], transitions: readonly MachineTransition[]): ReadonlySet<MachineTransition> {
  const found = new Set<MachineTransition>();
  const open = new Set<string>();
  const seen = new Set<string>();
  const leaving = Map.groupBy(transitions, ({ from }) => from);
  const walk = (name: string) => {
    seen.add(name);
    open.add(name);
    for (const edge of leaving.get(name) ?? []) {
      if (open.has(edge.to)) found.add(edge);
      else if (!seen.has(edge.to)) walk(edge.to);
    }
    open.delete(name);
  };
  for (const name of start) if (!seen.has(name)) walk(name);
  return found;
}

/** A choice of more ways than these is a switch: it leads into the midst of what another way goes through in order. */
const mostWays = 4;

/** Every transition with its course. What is caught, and what a switch leads to, goes along the side, unless it is the only way there. */
export function edgesOf(graph: MachineGraph): Edge[] {
  const transitions = throughBranches(graph);
  const ways = Map.groupBy(transitions, ({ from, kind }) => (kind === "choice" ? from : ""));
  const isAside = ({ kind, from }: MachineTransition) => kind === "catch" || (kind === "choice" && (ways.get(from)?.length ?? 0) > mostWays);
  const reached = new Set(transitions.flatMap((it) => (isAside(it) ? [] : [it.to])));
  const isLine = (it: MachineTransition) => !isAside(it) || !reached.has(it.to);
  const lines = transitions.filter(isLine);
  const back = backEdges(
    graph.states.map(({ name }) => name),
    lines,
  );
  return transitions.map((it) => ({ ...it, course: back.has(it) ? "back" : isLine(it) ? "line" : "bus" }));
}

import { useChanges } from "../queries.ts";
import { type Experiment, experimentPath } from "./wire.ts";

const counted = (count: number) => `${count} ${count === 1 ? "experiment is" : "experiments are"}`;
const inTrash = (count: number) => `${counted(count)} in the trash, with all runs.`;
const restored = (count: number) => `${counted(count)} restored, with all runs.`;

/** Moves experiments to the trash or back; either can be undone. */
export function useStageChange() {
  const changes = useChanges();
  const move = (experiments: readonly Experiment[], there: "delete" | "restore", back: "delete" | "restore") =>
    changes.mutate({
      requests: experiments.map(({ experiment_id }) => ({
        path: experimentPath(there),
        body: { experiment_id },
        undo: { path: experimentPath(back), body: { experiment_id } },
      })),
      done: there === "delete" ? inTrash : restored,
      undone: there === "delete" ? restored : inTrash,
    });
  return {
    isPending: changes.isPending,
    remove: (experiments: readonly Experiment[]) => move(experiments, "delete", "restore"),
    restore: (experiments: readonly Experiment[]) => move(experiments, "restore", "delete"),
  };
}

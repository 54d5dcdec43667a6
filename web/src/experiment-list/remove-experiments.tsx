import { address } from "../address.ts";
import { ConfirmDialog } from "../parts/confirm-dialog.tsx";
import { useChanges } from "../queries.ts";
import type { Experiment } from "./wire.ts";

interface RemoveExperimentsProps {
  readonly experiments: readonly Experiment[];
  readonly removed: () => void;
}

const mostNamed = 5;
const counted = (count: number) => `${count} ${count === 1 ? "experiment" : "experiments"}`;

/** Removes deleted experiments for good, once their name, or how many they are, has been typed. */
export function RemoveExperiments({ experiments, removed }: RemoveExperimentsProps) {
  const changes = useChanges();
  const [first] = experiments;
  const names = experiments.slice(0, mostNamed).map(({ name }) => name);
  const more = experiments.length - names.length;
  const confirm = () => {
    changes.mutate({
      requests: experiments.map(({ experiment_id }) => ({
        method: "DELETE",
        path: address(["capstan", "v1", "trash", "experiments", experiment_id]),
      })),
      done: (count) => `${counted(count)} deleted for good; files and runs are being removed.`,
    });
    removed();
  };
  return (
    <ConfirmDialog
      action="Delete permanently"
      typed={experiments.length === 1 && first ? first.name : counted(experiments.length)}
      disabled={experiments.length === 0 || changes.isPending}
      question={
        <>
          <p>
            {names.join(", ")}
            {more > 0 && ` and ${more} more`}: all runs with metrics, params, tags and files go, and so do logged models. The name is free at once. This cannot
            be taken back.
          </p>
          <p>What a registered version was made of, or a running execution logs to, is refused and stays.</p>
        </>
      }
      confirm={confirm}
    />
  );
}

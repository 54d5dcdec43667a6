import SpaceBetween from "@cloudscape-design/components/space-between";
import { address } from "../address.ts";
import { ReasonDialog } from "../parts/reason-dialog.tsx";
import { useChange } from "../queries.ts";
import type { RolloutReply } from "./wire.ts";

/** Ends a rollout by hand. After a promotion it can still be rolled back. */
export function RolloutActions({ rollout }: { readonly rollout: RolloutReply }) {
  const change = useChange();
  const { endpointName, rolloutId, status, canary, baseline } = rollout;
  const act = (word: string, done: string) => (reason: string) =>
    change.mutate({ path: address(["capstan", "v1", "endpoints", endpointName, "rollouts", rolloutId, word]), body: { reason }, done });
  const isRunning = status === "running" && !change.isPending;
  const canReturn = (status === "running" || status === "promoted") && !change.isPending;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {rollout.paused ? (
        <ReasonDialog
          action="Resume"
          question="The rollout goes on where it stood; the pause counts as no baking."
          confirm={act("resume", "The rollout goes on.")}
          disabled={!isRunning}
        />
      ) : (
        <ReasonDialog
          action="Pause"
          question={`${canary} keeps its share until you resume, for a day in all. Guardrails still roll it back.`}
          confirm={act("pause", "The rollout is paused.")}
          disabled={!isRunning}
        />
      )}
      <ReasonDialog
        action="Abort"
        question={`All traffic returns to ${baseline} at once.`}
        confirm={act("abort", "The rollout is aborted.")}
        disabled={!isRunning}
      />
      <ReasonDialog
        action="Roll back"
        question={`All traffic returns to ${baseline} and stays there.`}
        confirm={act("roll-back", `All traffic is with ${baseline} again.`)}
        disabled={!canReturn}
      />
      <ReasonDialog
        action="Promote"
        question={`${canary} gets all traffic now, without further steps.`}
        confirm={act("promote", `${canary} has all traffic.`)}
        disabled={!isRunning}
        primary
      />
    </SpaceBetween>
  );
}

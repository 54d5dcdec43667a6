import { address } from "../address.ts";
import { GoTo } from "../parts/go-to.tsx";
import { State } from "../parts/state.tsx";
import { useRead } from "../queries.ts";
import type { RolloutReply } from "./wire.ts";

/** The rollout under way of an endpoint: where it stands, and the way to it. */
export function RolloutLink({ endpoint, rolloutId }: { readonly endpoint: string; readonly rolloutId: string }) {
  const { data } = useRead<{ readonly rollout: RolloutReply }>(address(["capstan", "v1", "endpoints", endpoint, "rollouts", rolloutId]));
  return (
    <span>
      <GoTo href={address(["endpoints", endpoint, "rollouts", rolloutId])}>{data ? `to version ${data.rollout.modelVersion}` : "under way"}</GoTo>
      {data && (
        <>
          {" "}
          <State of={data.rollout.status} />
        </>
      )}
    </span>
  );
}
